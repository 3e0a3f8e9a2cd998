//! Events a consumer can't apply: retried, parked with their reason in the way of their key only, and let go of by an operator.
//!
//! The honest cause is a release that lost a thing's state. A driver's word on it is then refused, through every layer; the
//! mended release has the state again.
use crate::faults::wait::{proved, until};
use crate::trip::{catch, catches};
use kernel::{Commit, Group, Id, Settings, StateChange};
use process::{Nadul, ServerProcess, embedded_only};
use runtime::port::store::{Store, Table};
use serde_json::{Value, json};
use std::sync::Arc;

/// What catch knows of this one from now on; what it knew before.
fn known(nadul: &Nadul, id: u64, state: &str) -> Arc<str> {
    let system = taxi::system(&Settings::defaults(taxi::SETTINGS));
    let tables = Table::all(system.get("catch").expect("a context of taxi"));
    let file = nadul.path().join("data/taxi/catch.db");
    let mut store = None;
    // a process that another test is just starting has our open files, until it is the binary
    until("a store that is nobody else's", || {
        store = sqlite::open(&file, "catch", "taxi", &tables, sqlite::Options::default()).ok();
        store.is_some()
    });
    let mut store = store.expect("it was opened");
    let before = store.state("catch", Id(id)).expect("readable").expect("it is there");
    let states = vec![StateChange { kind: "catch", id: Id(id), body: state.into() }];
    let head = store.head().expect("readable");
    let group = Group { commits: vec![Commit { states, ..Commit::default() }], head, ..Group::default() };
    store.apply(&group).expect("there is room");
    before
}

const QUICK: [&str; 7] =
    ["taxi", "--data", "data", "--set", "runtime.poison_pause_ms=10", "--set", "runtime.poison_retries=2"];

/// So many paid requests; then catch knows nothing of those named any more. What it knew.
fn forgets(nadul: &Nadul, many: usize, lost: &[u64]) -> Vec<Arc<str>> {
    let server = nadul.serve(&QUICK);
    catches(&server, many);
    server.wait_for_count("/taxi/catchReqLists", many as u64);
    server.stop();
    lost.iter().map(|id| known(nadul, *id, "\"new\"")).collect()
}

fn remembers(nadul: &Nadul, lost: &[u64], states: &[Arc<str>]) {
    lost.iter().zip(states).for_each(|(id, state)| drop(known(nadul, *id, state)));
}

fn picks(server: &ServerProcess<'_>, id: u64, driver: &str) {
    server.post("/taxi/pickUps", &json!({ "matchId": id, "driver": driver })).expect_status(201);
}

fn gives_back(server: &ServerProcess<'_>, id: u64) {
    assert_eq!(server.delete(&format!("/taxi/pickUps/{id}")).status, 204);
}

fn parked(server: &ServerProcess<'_>) -> Vec<Value> {
    let answer = server.get("/taxi/operator/contexts/catch/parked").expect_status(200);
    answer["parked"].as_array().expect("a list").clone()
}

/// So many events are set aside, and the first of them is not tried again by itself any more.
fn waits(server: &ServerProcess<'_>, events: usize) {
    server.wait_until("/taxi/operator/contexts/catch/parked", &format!("{events} events"), |answer| {
        let parked = answer.json()["parked"].clone();
        parked.as_array().is_some_and(|list| list.len() == events) && parked[0]["parked"]["attempts"] == 3
    });
}

#[test]
fn a_poison_event_is_in_the_way_of_its_key_only() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let known = forgets(&nadul, 2, &[1]);
    let server = nadul.serve(&QUICK);
    picks(&server, 1, "lee");
    server.wait_for_text("/taxi/operator/contexts/catch/parked", "\"attempts\":3");
    gives_back(&server, 1);
    picks(&server, 1, "park");
    waits(&server, 3);
    picks(&server, 2, "lee");
    server.wait_for_text("/taxi/catches/2", "PickupAssigned");
    assert_eq!(server.get("/taxi/catches/1").json()["status"], "approve");

    let said = server.run(&["parked", "taxi", "--data", "data"]).out;
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines.len() == 3 && lines.iter().all(|line| line.contains("key 1")), "{said}");
    assert!(lines[0].contains("PickupAssigned") && lines[0].contains("Assign was refused: unknown-catch"), "{said}");
    assert!(lines[0].contains("tried 3") && lines[2].contains("tried 0"), "{said}");
    assert!(lines[1].contains("PickupCancelled") && lines[1].contains("waits behind"), "{said}");
    server.wait_for_text("/metrics", "nadul_parked_events{system=\"taxi\",context=\"catch\"} 3");
    server.wait_for_text("/metrics", "nadul_parked_keys{system=\"taxi\",context=\"catch\"} 1");
    let still = server.run(&["parked", "taxi", "replay", "1", "--data", "data"]);
    assert_eq!(still.out, "catch: 0 events let go of\n", "{still:?}");

    let before = parked(&server);
    server.kill();
    let said = nadul.run(&["check", "--data", "data"]);
    assert!(said.code == Some(1) && said.out.contains("catch/1"), "{said:?}");
    remembers(&nadul, &[1], &known);
    let said = nadul.run(&["check", "--data", "data"]);
    let first = "PickupAssigned of key 1 is set aside: Assign was refused: unknown-catch";
    assert!(said.code == Some(1) && said.out.contains(first), "what is owed is no rest: {said:?}");

    let server = nadul.serve(&QUICK);
    assert_eq!(parked(&server), before, "what is parked outlives the process");
    let said = server.run(&["parked", "taxi", "replay", "1", "--data", "data"]);
    assert_eq!(said.out, "catch: 3 events let go of\n", "{said:?}");
    server.wait_for_text("/taxi/catches/1", "PickupAssigned");
    assert_eq!(server.run(&["parked", "taxi", "--data", "data"]).out, "nothing is parked\n");
    server.wait_for_text("/metrics", "nadul_parked_events{system=\"taxi\",context=\"catch\"} 0");
    let log = nadul.run(&["log", "taxi/catch", "--data", "data"]).out;
    let told = log.lines().filter(|line| line.contains("(private)  matchId=1"));
    let told: Vec<&str> = told.filter_map(|line| line.split_whitespace().nth(2)).collect();
    assert_eq!(told, ["CatchMatched", "CatchReopened", "CatchMatched"], "as they happened: {log}");
    proved(server);
}

#[test]
fn what_is_skipped_is_remembered_with_its_reason() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let known = forgets(&nadul, 1, &[1]);
    let server = nadul.serve(&QUICK);
    picks(&server, 1, "lee");
    gives_back(&server, 1);
    picks(&server, 1, "park");
    waits(&server, 3);
    server.stop();
    remembers(&nadul, &[1], &known);
    let server = nadul.serve(&QUICK);
    let said =
        server.run(&["parked", "taxi/catch", "skip", "1", "--reason", "the driver was never there", "--data", "data"]);
    assert_eq!(said.out, "catch: 3 events let go of\n", "{said:?}");
    server.wait_for_text("/taxi/catches/1", "PickupAssigned");
    server.stop();
    let said = nadul.run(&["check", "--data", "data"]);
    assert!(said.code == Some(0) && said.out.contains("the driver was never there"), "{said:?}");
}

#[test]
fn with_too_many_keys_parked_the_consumer_stops_and_goes_on_when_they_are_let_go() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let known = forgets(&nadul, 3, &[1, 2]);
    let few = [&QUICK[..], &["--set", "runtime.parked_keys_max=1"]].concat();
    let server = nadul.serve(&few);
    picks(&server, 1, "lee");
    waits(&server, 1);
    picks(&server, 2, "lee");
    let why = "policies stopped reading pickup: 1 keys are parked";
    server.wait_for_text("/taxi/operator/contexts", why);
    server.wait_for_text("/metrics", "nadul_consumer_stopped{system=\"taxi\",context=\"catch\"} 1");
    picks(&server, 3, "lee");
    server.wait_for_text("/taxi/myPages/3", "PickupAssigned");
    assert_eq!(server.get("/taxi/catches/3").json()["status"], "approve", "it reads no further");
    catch(&server, "hong");
    server.kill();
    remembers(&nadul, &[1], &known[..1]);
    let server = nadul.serve(&few);
    server.wait_for_text("/taxi/operator/contexts", why);
    let said = server.run(&["parked", "taxi", "replay", "1", "--data", "data"]);
    assert_eq!(said.out, "catch: 1 events let go of\n", "{said:?}");
    server.wait_for_text("/taxi/catches/1", "PickupAssigned");
    server.wait_for_text("/taxi/catches/3", "PickupAssigned");
    server.wait_for_text("/taxi/operator/contexts/catch/parked", "\"key\":2");
    server.wait_for_text("/metrics", "nadul_consumer_stopped{system=\"taxi\",context=\"catch\"} 0");
    server.stop();
    remembers(&nadul, &[2], &known[1..]);
    let server = nadul.serve(&few);
    assert_eq!(server.run(&["parked", "taxi", "replay", "2", "--data", "data"]).code, Some(0));
    server.wait_for_text("/taxi/catches/2", "PickupAssigned");
    proved(server);
}

#[test]
fn what_this_release_can_not_read_is_in_the_way_of_itself_only() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let known = forgets(&nadul, 2, &[1]);
    drop(self::known(&nadul, 1, "\"Teleported\""));
    let server = nadul.serve(&QUICK);
    picks(&server, 1, "lee");
    server.wait_for_text("/taxi/operator/contexts/catch/parked", "catch 1 can't be read: unknown variant `Teleported`");
    waits(&server, 1);
    server.patch("/taxi/catches/1", &json!({ "status": "Cancel" })).expect_problem(503, "unavailable");
    picks(&server, 2, "lee");
    server.wait_for_text("/taxi/catches/2", "PickupAssigned");
    catch(&server, "hong");
    server.stop();
    remembers(&nadul, &[1], &known);
    let server = nadul.serve(&QUICK);
    assert_eq!(server.run(&["parked", "taxi", "replay", "1", "--data", "data"]).code, Some(0));
    server.wait_for_text("/taxi/catches/1", "PickupAssigned");
    proved(server);
}
