//! The broker's jars, in the folder of what is built: fetched once, and again when their list changes.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Maven is to fetch.
const LIST: &str = include_str!("../pom.xml");

/// # Panics
/// Where Maven is missing, or can't reach its repository.
pub(crate) fn folder() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let built = test.ancestors().nth(3).expect("cargo puts a test three folders deep"); // target/debug/deps/…
    let (jars, list) = (built.join("kafka"), built.join("kafka/pom.xml"));
    let one_at_a_time = fs::File::create(built.join("kafka.lock")).expect("a file beside what is built");
    one_at_a_time.lock().expect("a lock that the tests beside this one wait for, in this process and in others");
    if fs::read_to_string(&list).is_ok_and(|fetched| fetched == LIST) {
        return jars;
    }
    // The list is written last: a fetch that was cut off is done again.
    let _was_never_there = fs::remove_dir_all(&jars);
    fs::create_dir_all(&jars).expect("a folder beside what is built");
    fetch(&jars);
    fs::write(list, LIST).expect("a file in it");
    jars
}

fn fetch(folder: &Path) {
    let list = folder.join("to-fetch.xml");
    fs::write(&list, LIST).expect("a file in a folder of our own");
    let mut maven = Command::new("mvn");
    maven.args(["--quiet", "--batch-mode", "-f"]).arg(list);
    maven.arg("dependency:copy-dependencies").arg(format!("-DoutputDirectory={}", folder.display()));
    let fetched = maven.output().expect("Maven, and Java 17: apt-get install maven openjdk-17-jre-headless");
    assert!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stdout));
}
