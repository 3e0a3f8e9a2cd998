//! Names of public types: one name, one meaning.
//!
//! A type of the mechanism (kernel, runtime, adapters, the binary, testkit) has a name no other type of the mechanism has.
//! A business may use any word of its own, also one that another business uses, but none of the mechanism's.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Names that modules have by convention: who reads `catch::Event` or `backup::Arguments` knows what it is by its module.
pub const BY_CONVENTION: &[&str] = &[
    "Arguments", // of a subcommand
    "Command",   // what an aggregate is told
    "Event",     // what an aggregate says has happened
    "Published", // the events of a context that others may match
    "Refusal",   // a rule's no
    "Row",       // what a view or a collection shows of one id
    "Status",    // how far one aggregate is
];

/// The public types of a file, tests aside.
pub fn declared(text: &str) -> Vec<String> {
    let code = text.lines().take_while(|line| !line.starts_with("mod tests {"));
    code.filter_map(|line| {
        let mut words = line.trim_start().strip_prefix("pub ")?.split(|c: char| !c.is_alphanumeric() && c != '_');
        matches!(words.next()?, "struct" | "enum" | "trait" | "type").then(|| words.next().map(str::to_string))?
    })
    .collect()
}

/// Names with more than one meaning, each with the files that declare them.
pub fn twice(files: &[(PathBuf, String)]) -> BTreeMap<String, Vec<PathBuf>> {
    let mut found: BTreeMap<String, BTreeSet<&PathBuf>> = BTreeMap::new();
    for (path, text) in files.iter().filter(|(path, _)| in_sources(path)) {
        let names = declared(text).into_iter().filter(|name| !BY_CONVENTION.contains(&name.as_str()));
        for name in names {
            found.entry(name).or_default().insert(path);
        }
    }
    let doubled = |paths: &BTreeSet<&PathBuf>| paths.len() > 1 && paths.iter().any(|path| !of_a_business(path));
    let named = |(name, paths): (String, BTreeSet<&PathBuf>)| (name, paths.into_iter().cloned().collect());
    found.into_iter().filter(|(_, paths)| doubled(paths)).map(named).collect()
}

fn in_sources(path: &Path) -> bool {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.contains(&"src".into()) && !parts.iter().any(|part| *part == "tests" || *part == "tests.rs")
}

fn of_a_business(path: &Path) -> bool {
    path.starts_with("systems") || path.starts_with("docs")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twice_in(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> = files.iter().map(|(path, text)| (PathBuf::from(path), text.to_string())).collect();
        twice(&files).into_keys().collect()
    }

    #[test]
    fn public_types_are_found_whatever_they_are() {
        let text = "pub struct A<T>(T);\n    pub enum B {}\npub trait C: D {}\npub type E = u8;\nstruct F;\npub fn g() {}\n#[cfg(test)]\nmod tests {\n    pub struct H;";
        assert_eq!(declared(text), ["A", "B", "C", "E"]);
    }

    #[test]
    fn a_name_of_the_mechanism_stands_once() {
        let (one, other) = (("kernel/src/a.rs", "pub struct Page;"), ("runtime/src/b.rs", "pub enum Page {}"));
        assert_eq!(twice_in(&[one, other]), ["Page"]);
        assert_eq!(twice_in(&[one, ("systems/taxi/src/b.rs", "pub struct Page;")]), ["Page"]);
    }

    #[test]
    fn two_businesses_may_have_the_same_word() {
        let text = "pub struct Order;";
        assert!(twice_in(&[("systems/fruit/src/a.rs", text), ("systems/bookstore/src/b.rs", text)]).is_empty());
    }

    #[test]
    fn tests_and_names_by_convention_are_left_out() {
        assert!(
            twice_in(&[("kernel/src/a.rs", "pub struct A;"), ("kernel/src/a/tests.rs", "pub struct A;")]).is_empty()
        );
        assert!(
            twice_in(&[("kernel/src/a.rs", "pub trait Event {}"), ("nadul/src/b.rs", "pub enum Event {}")]).is_empty()
        );
    }
}
