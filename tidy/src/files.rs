//! What a source file looks like, what it is called, and what some folders never say.
use std::path::{Path, PathBuf};

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] =
    &["base", "common", "commons", "core", "helper", "helpers", "manager", "misc", "shared", "types", "util", "utils"];

/// What a folder never says, and where it may be said all the same: absences the architecture rests on.
pub const ABSENT: &[(&[&str], &[&str], &[&str])] = &[
    (
        &["kernel/src", "runtime/src", "systems"],
        &["async fn", "async move", ".await", "std::fs", "std::net", "std::process"],
        &[],
    ),
    (&["kernel/src"], &["use crate::{"], &[]), // what a file stands on is named by its own module
    (&["kernel/src", "systems"], &["SystemTime", "Instant::now", "std::thread", "Mutex", "RwLock", "rand::"], &[]),
    (
        &["kernel/src", "kernel/macros/src", "runtime/src", "systems"],
        &["StatusCode", "http::", "status: u16", "status: 4", "status: 5", "because(4", "because(5"],
        &[],
    ),
    // a driver is given its time and never blocks: a thread runs it in the product, the simulation runs it from one seed
    (&["runtime/src"], &["SystemTime", "Instant::now", "thread::", "Condvar", "mpsc"], &[]),
    // the product and the simulation run contexts by the driver alone, so that they run the same code
    (&["adapters/embedded/src", "testkit/src/simulation"], &["Machine::open", "machine.step", "machine.flush"], &[]),
    // the runtime knows no business
    (&["runtime/src"], &["\"payment\"", "\"money\""], &[]),
];

/// Every file with this ending under a folder, as paths from `root`; build products and fetched modules aside.
pub fn below(root: &Path, folder: &str, ending: &str) -> Vec<PathBuf> {
    let (mut found, mut next) = (vec![], vec![root.join(folder)]);
    while let Some(folder) = next.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if name.starts_with('.') || ["target", "node_modules"].contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                next.push(path);
            } else if name.ends_with(ending) {
                found.push(path.strip_prefix(root).expect("found below the root").to_path_buf());
            }
        }
    }
    found.sort();
    found
}

/// The first line says what the file is.
pub fn opening(path: &Path, text: &str) -> Option<String> {
    let said = text.lines().next().and_then(|line| line.strip_prefix("//! ")).is_some_and(|line| line.len() > 10);
    (!said).then(|| format!("{} does not open with a //! sentence", path.display()))
}

/// No file and no folder has an empty name.
pub fn naming(path: &Path) -> Option<String> {
    let parts = path.with_extension("");
    let empty = parts.iter().find(|part| EMPTY_NAMES.contains(&part.to_string_lossy().as_ref()))?;
    Some(format!("{} is called {}, which says nothing", path.display(), empty.to_string_lossy()))
}

/// What a file of these folders says although it should not, tests and comments aside.
pub fn absence(path: &Path, text: &str) -> Vec<String> {
    let within = |folders: &[&str]| folders.iter().any(|folder| path.starts_with(folder));
    let in_test = path.iter().any(|part| part == "tests");
    let rules = ABSENT.iter().filter(|(folders, _, unless)| within(folders) && !within(unless) && !in_test);
    let code: Vec<(usize, &str)> = text
        .lines()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
        .collect();
    let said =
        |word: &'static str| code.iter().filter(move |(_, line)| line.contains(word)).map(move |(at, _)| (*at, word));
    rules
        .flat_map(|(_, words, _)| words.iter().flat_map(|word| said(word)))
        .map(|(at, word)| format!("{}:{at} says {word}", path.display()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_its_sentence_is_found() {
        assert!(opening(Path::new("a.rs"), "//! What this file is.\nuse x;").is_none());
        assert!(opening(Path::new("a.rs"), "use x;").is_some());
        assert!(opening(Path::new("a.rs"), "//! \nuse x;").is_some());
        assert!(opening(Path::new("a.rs"), "").is_some());
    }

    #[test]
    fn an_empty_name_is_found_in_files_and_folders() {
        assert!(naming(Path::new("kernel/src/event.rs")).is_none());
        assert!(naming(Path::new("kernel/src/utils.rs")).is_some());
        assert!(naming(Path::new("kernel/common/event.rs")).is_some());
    }

    #[test]
    fn a_forbidden_word_is_found_where_it_is_forbidden() {
        assert_eq!(
            absence(Path::new("runtime/src/store.rs"), "//! x\nlet t = Instant::now();"),
            ["runtime/src/store.rs:2 says Instant::now"]
        );
        assert_eq!(absence(Path::new("runtime/src/driver/mod.rs"), "std::thread::sleep(pause)").len(), 1);
        assert_eq!(absence(Path::new("testkit/src/simulation/world.rs"), "Machine::open(system)").len(), 1);
        assert!(absence(Path::new("adapters/embedded/src/clock.rs"), "let t = Instant::now();").is_empty());
        assert!(absence(Path::new("systems/taxi/src/catch.rs"), "// not Instant::now").is_empty());
        assert_eq!(absence(Path::new("systems/taxi/src/catch.rs"), "std::fs::read(x)").len(), 1);
        assert_eq!(absence(Path::new("kernel/src/route.rs"), "use crate::{Id, Name};").len(), 1);
        assert_eq!(absence(Path::new("kernel/src/refusal.rs"), "pub status: u16,").len(), 1);
        assert_eq!(absence(Path::new("systems/taxi/src/catch.rs"), "#[because(409, en = [])]").len(), 1);
        assert!(absence(Path::new("adapters/http/src/status.rs"), "StatusCode::CONFLICT").is_empty());
        assert!(absence(Path::new("adapters/sqlite/src/lib.rs"), "std::fs::read(x)").is_empty());
    }
}
