//! The list of tests that need one process of all contexts is what the tests themselves say. Written anew with `NADUL_ACCEPT=1`.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const SAID: &str = "embedded_only!(";
const BEFORE: &str =
    "<!-- what needs one process: written by the tests, NADUL_ACCEPT=1 cargo test -p nadul --test it stacks -->\n";
const BEHIND: &str = "<!-- end -->\n";

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of tests").flatten().map(|entry| entry.path());
    let of = |path: PathBuf| if path.is_dir() { sources(&path) } else { vec![path] };
    entries.flat_map(of).filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
}

/// `promises::ports::each_context_…` of a file in this folder.
fn name(folder: &Path, file: &Path, test: &str) -> String {
    let module = file.strip_prefix(folder).expect("it lies there").with_extension("");
    let parts = module.iter().map(|part| part.to_string_lossy()).filter(|part| part != "mod");
    let test = if test.starts_with('$') { "*" } else { test }; // a macro's tests
    parts.chain([test.into()]).collect::<Vec<_>>().join("::")
}

/// Each reason with its tests.
fn said(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in sources(folder).iter().filter(|file| !file.ends_with("stacks.rs")) {
        let text = std::fs::read_to_string(file).expect("a source");
        let mut parts = text.split(SAID);
        let mut before = parts.next().unwrap_or_default();
        for part in parts {
            let test = before.rsplit("fn ").next().and_then(|head| head.split('(').next()).expect("it is in a test");
            let reason = part.split('"').nth(1).expect("a reason");
            said.entry(reason.to_string()).or_default().push(name(folder, file, test));
            before = part;
        }
    }
    said.values_mut().for_each(|tests| tests.sort());
    said
}

#[test]
fn what_needs_one_process_is_listed_with_its_reason() {
    let folder = tidy::root().join("nadul/tests");
    let row = |(reason, tests): (&String, &Vec<String>)| {
        let tests: Vec<String> = tests.iter().map(|test| format!("`{test}`")).collect();
        format!("| {reason} | {} |\n", tests.join(" "))
    };
    let rows: String = said(&folder).iter().map(row).collect();
    let table = format!("\n| why | tests |\n|---|---|\n{rows}\n");
    let page = std::fs::read_to_string(folder.join("README.md")).expect("a page");
    let (head, rest) = page.split_once(BEFORE).expect("its place begins");
    let (_, tail) = rest.split_once(BEHIND).expect("its place ends");
    let now = format!("{head}{BEFORE}{table}{BEHIND}{tail}");
    if crate::accept::is_wanted() {
        std::fs::write(folder.join("README.md"), &now).expect("a page can be written");
    }
    assert!(page == now || crate::accept::is_wanted(), "tests say otherwise; write the list anew with NADUL_ACCEPT=1");
}
