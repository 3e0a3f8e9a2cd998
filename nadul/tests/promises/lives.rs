//! The stores of a system know each other: one that is missing, empty or went back in time is noticed at the start.
use crate::five::{ALL, LONG_TIMEOUTS, ListedSystem, is_sound, serve};
use crate::promises::taxi;
use process::{Nadul, ServerProcess, embedded_only};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;

fn file(nadul: &Nadul, system: &ListedSystem, context: &str) -> PathBuf {
    nadul.path().join("data").join(system.name).join(format!("{context}.db"))
}

fn trade(nadul: &Nadul, system: &'static ListedSystem, number: u64) {
    let server = serve(nadul, &[system], &LONG_TIMEOUTS);
    if number == 1 {
        (system.prepare)(&server);
    }
    (system.trade)(&server, number);
    server.wait_until_idle();
    server.stop();
}

/// The start ends with a sentence that names the store and what to do.
fn is_refused(nadul: &Nadul, system: &ListedSystem, context: &str, what: &str) {
    let free = ["--set", "http.gateway_port=0", "--set", "http.context_ports=off"];
    let mut command = nadul.command(&[&["run", system.name, "--data", "data"], &free[..]].concat());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    let mut said = [0; 1];
    let says = child.stdout.take().expect("it is piped").read(&mut said).expect("it can be read");
    let started = says > 0;
    if started {
        child.kill().expect("it runs");
    }
    let output = child.wait_with_output().expect("it has ended");
    let error = String::from_utf8_lossy(&output.stderr);
    let place = format!("{}/{context}: The store of {context} ", system.name);
    let well = !started && error.contains(&place) && error.contains("Restore all stores of the system together");
    assert!(well, "{}, {context} {what}: started: {started}, {error}", system.name);
    let check = nadul.run(&["check", system.name, "--data", "data"]);
    assert!(matches!(check.code, Some(1 | 2)), "{}, {context} {what}: {check:?}", system.name);
}

fn with(path: &Path, bytes: Option<&[u8]>, tried: impl FnOnce()) {
    let now = std::fs::read(path).expect("the store is there");
    match bytes {
        Some(bytes) => std::fs::write(path, bytes).expect("it can be written"),
        None => std::fs::remove_file(path).expect("it can be removed"),
    }
    tried();
    std::fs::write(path, now).expect("it can be written");
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| (path.clone(), std::fs::read(path).expect("a file"))).collect()
}

/// A start that is refused has moved the write-ahead logs of the other stores into their files.
fn put_back(folder: &Path, then: &BTreeMap<PathBuf, Vec<u8>>) {
    for path in files(folder).into_keys().filter(|path| !then.contains_key(path)) {
        std::fs::remove_file(path).expect("it can be removed");
    }
    then.iter().for_each(|(path, bytes)| std::fs::write(path, bytes).expect("it can be written"));
}

fn notices_a_store_of_another_time(system: &'static ListedSystem) {
    let nadul = Nadul::new();
    trade(&nadul, system, 1);
    let contexts = || system.contexts.iter().map(|context| context.name);
    let then: Vec<Vec<u8>> =
        contexts().map(|context| std::fs::read(file(&nadul, system, context)).expect("a store")).collect();
    trade(&nadul, system, 2);
    for (context, then) in contexts().zip(&then) {
        let path = file(&nadul, system, context);
        with(&path, Some(then), || is_refused(&nadul, system, context, "rolled back"));
        with(&path, Some(&[]), || is_refused(&nadul, system, context, "empty"));
        with(&path, None, || is_refused(&nadul, system, context, "missing"));
        assert!(path.metadata().is_ok_and(|file| file.len() > 0));
    }
    let server = serve(&nadul, &[system], &LONG_TIMEOUTS);
    is_sound(&server, system);
    server.kill();
    let folder = nadul.path().join("data").join(system.name);
    let killed = files(&folder);
    for context in contexts() {
        std::fs::remove_file(folder.join(format!("{context}.db-wal"))).expect("a write-ahead log is left");
        is_refused(&nadul, system, context, "without its write-ahead log");
        put_back(&folder, &killed);
    }
    let server = serve(&nadul, &[system], &LONG_TIMEOUTS);
    is_sound(&server, system);
    server.stop();
    nadul.check_data();
}

/// One test a system, so that they run side by side.
macro_rules! each {
    ($($test:ident: $at:literal),*) => { $(
        #[test]
        fn $test() {
            embedded_only!("it works on stores that are files");
            notices_a_store_of_another_time(ALL[$at]);
        }
    )* };
}

each!(in_taxi: 0, in_fruit: 1, in_call_taxi: 2, in_stay: 3, in_bookstore: 4);

/// What a life gives out after the backup, and another life gives out too for something else: a tag of each of two rows, and the id of
/// the newest change of a stream.
fn given_out(server: &ServerProcess<'_>, act: impl Fn(u64)) -> ([String; 2], String) {
    let live = server.stream("/catches", None);
    (1..=2).for_each(|_| drop(live.next()));
    (1..=2).for_each(&act);
    let [_, last] = [live.next().id, live.next().id];
    let tags = [1, 2].map(|id| server.get(&format!("/catches/{id}")).header("etag").to_string());
    (tags, last)
}

fn number(given: &str) -> &str {
    given.trim_matches('"').split_once('.').expect("a number and its life").0
}

#[test]
fn what_a_lost_life_gave_out_fits_nothing_after_a_backup_comes_to_life() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = taxi::taxi(&nadul);
    (1..=2).for_each(|id| assert_eq!(taxi::listed(&server, "kim"), id));
    let said = server.run(&["backup", "backup", "--data", "data"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let (lost_tags, lost_change) = given_out(&server, |id| taxi::cancel(&server, id).expect_success());
    server.stop();
    std::fs::remove_dir_all(nadul.path().join("data")).expect("it can be removed");
    std::fs::rename(nadul.path().join("backup"), nadul.path().join("data")).expect("it can be renamed");
    fits_nothing(&nadul, &lost_tags, &lost_change);
}

/// An image of a disk has its files where they were, under the numbers they had.
#[test]
fn what_a_lost_life_gave_out_fits_nothing_after_the_image_of_a_disk_is_restored() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = taxi::taxi(&nadul);
    (1..=2).for_each(|id| assert_eq!(taxi::listed(&server, "kim"), id));
    server.wait_until_idle();
    let restored = ["restored", "taxi", "--data", "data"];
    let said = server.run(&restored);
    assert!(said.code == Some(2) && said.err.contains("has the data folder"), "{said:?}");
    server.stop();
    let (folder, elsewhere) = (nadul.path().join("data/taxi"), nadul.run(&["restored", "taxi", "--data", "nothing"]));
    assert!(elsewhere.code == Some(2) && elsewhere.err.contains("holds nothing of taxi"), "{elsewhere:?}");
    let image = files(&folder);
    let server = taxi::taxi(&nadul);
    let (lost_tags, lost_change) = given_out(&server, |id| taxi::cancel(&server, id).expect_success());
    server.stop();
    put_back(&folder, &image);
    let said = nadul.run(&restored);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "taxi: 5 stores begin another life when they work again\n"));
    fits_nothing(&nadul, &lost_tags, &lost_change);
}

fn fits_nothing(nadul: &Nadul, lost_tags: &[String; 2], lost_change: &str) {
    let server = taxi::taxi(nadul);
    let (tags, change) = given_out(&server, |id| taxi::pick(&server, id).expect_success());
    assert_eq!(number(lost_change), number(&change), "the same number stands for another change");
    for (id, (lost, tag)) in (1..).zip(lost_tags.iter().zip(&tags)) {
        assert_eq!(number(lost), number(tag), "the same number stands for another row");
        let path = format!("/catches/{id}");
        let read = server.request_with("GET", &path, &[("if-none-match", lost)], "");
        assert_eq!(read.expect_status(200)["status"], "PickupAssigned");
        let cancel = |tag: &str| server.request_with("PATCH", &path, &[("if-match", tag)], r#"{"status":"Cancel"}"#);
        cancel(lost).expect_problem(412, "stale-version");
        assert_eq!(server.get(&path).header("etag"), tag, "its sender never saw this row");
        assert_eq!(server.request_with("GET", &path, &[("if-none-match", tag)], "").status, 304);
    }
    let resumed = server.stream("/catches", Some(lost_change));
    (1..=2).for_each(|id| assert_eq!(resumed.next().data["id"], id, "it begins again with the rows there are"));
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

#[test]
fn a_store_that_joins_others_at_work_is_one_that_they_have_worked_with() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = taxi::taxi(&nadul);
    let store = nadul.path().join("data/taxi/pickup.db");
    taxi::listed(&server, "kim");
    server.stop_context("taxi", "pickup");
    let then = std::fs::read(&store).expect("a store");
    server.start_context("taxi", "pickup");
    taxi::listed(&server, "lee");
    server.wait_until_idle().stop_context("taxi", "pickup");
    let join = || server.put("/taxi/sandbox/contexts/pickup", &json!({ "running": true }));
    with(&store, Some(&then), || join().expect_problem(503, "unavailable"));
    with(&store, None, || join().expect_problem(503, "unavailable"));
    join().expect_status(200);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

#[test]
fn all_stores_of_a_backup_work_together_again() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    for system in ALL {
        trade(&nadul, system, 1);
    }
    let backup = nadul.run(&["backup", "backup", "--data", "data"]);
    assert_eq!(backup.code, Some(0), "{backup:?}");
    for system in ALL {
        trade(&nadul, system, 2);
    }
    std::fs::remove_dir_all(nadul.path().join("data")).expect("it can be removed");
    std::fs::rename(nadul.path().join("backup"), nadul.path().join("data")).expect("it can be renamed");
    for _ in 0..2 {
        let server = serve(&nadul, &ALL, &LONG_TIMEOUTS);
        ALL.into_iter().for_each(|system| is_sound(&server, system));
        server.stop();
    }
    nadul.check_data();
}
