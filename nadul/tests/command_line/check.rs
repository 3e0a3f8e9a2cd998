//! Check: clean stores, stores after kill −9, stores a broken disk has spoiled, and no store at all.
use crate::trip;
use process::{HttpAnswer, Nadul, embedded_only};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A folder in which some requests were server.
fn town() -> Nadul {
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    trip::catches(&server, 5);
    server.wait_for_text("/taxi/myPages?customer=kim", "\"totalElements\":5");
    server.stop();
    nadul
}

/// Every file below a folder, byte for byte.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files = entries.flat_map(|path| match path.is_dir() {
        true => bytes(&path),
        false => BTreeMap::from([(path.clone(), std::fs::read(&path).unwrap_or_default())]),
    });
    files.collect()
}

const CHECK: [&str; 3] = ["check", "--data", "data"];

fn spoil(nadul: &Nadul, context: &str, change: &str) {
    let store = nadul.path().join(format!("data/taxi/{context}.db"));
    let connection = rusqlite::Connection::open(store).expect("a store is a SQLite file");
    assert_eq!(connection.execute(change, []).expect("the change can be made"), 1, "{change}");
}

#[test]
fn a_clean_store_holds_and_keeps_every_byte() {
    embedded_only!("it works on stores that are files");
    let nadul = town();
    let before = bytes(&nadul.path().join("data"));
    let said = nadul.run(&CHECK);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
    assert!(said.out.starts_with("taxi holds: "), "{said:?}");
    assert_eq!(bytes(&nadul.path().join("data")), before);
}

#[test]
fn a_killed_process_leaves_what_holds_and_check_keeps_every_byte() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    trip::catches(&server, 5);
    server.kill();
    let stores = || {
        let all = bytes(&nadul.path().join("data"));
        all.into_iter().filter(|(path, _)| !path.to_string_lossy().ends_with("-shm")).collect::<BTreeMap<_, _>>()
    };
    let before = stores();
    let said = nadul.run(&CHECK);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("it was at work"), "{said:?}");
    assert!(stores() == before, "check has changed a store");
}

#[test]
fn a_spoiled_state_is_named() {
    embedded_only!("it works on stores that are files");
    let nadul = town();
    spoil(&nadul, "payment", "UPDATE states_1 SET body = replace(body, '9000', '1') WHERE id = 3");
    let said = nadul.run(&[&CHECK[..], &["--json"]].concat());
    assert_eq!(said.code, Some(1), "{said:?}");
    let reports: Value = serde_json::from_str(&said.out).expect("JSON");
    let findings = reports[0]["findings"].as_array().expect("findings").clone();
    let has = |what: &str, place: &str| findings.iter().any(|f| f["what"] == what && f["place"] == place);
    assert!(has("state", "payment/3") && has("uneven", "money/3") && has("ledger", "ledger money"), "{said:?}");
}

#[test]
fn a_running_system_names_the_request_that_breaks_a_rule() {
    embedded_only!("it works on stores that are files");
    let nadul = town();
    spoil(&nadul, "payment", "UPDATE states_1 SET body = replace(body, '9000', '1') WHERE id = 3");
    let ledger = "json_set(body, '$.books.money', json_extract(body, '$.books.money') + 8999)";
    spoil(&nadul, "payment", &format!("UPDATE head SET body = {ledger}"));
    let server = nadul.serve(&["taxi", "--data", "data"]);
    let is_noticed = |answer: &HttpAnswer| answer.json()["broken"][0]["rule"] == "money";
    server.wait_until("/taxi/operator/contexts", "the rule is broken", is_noticed);
    // 503 while a context is still writing what it found at its start
    let told = |rule: &str| {
        let path = format!("/taxi/operator/rules/{rule}");
        server.wait_until(&path, "its accounts", |answer| answer.status == 200).json()
    };
    let said = told("money");
    assert_eq!((said["accounts"].as_array().map(Vec::len), &said["more"]), (Some(1), &Value::Bool(false)), "{said:#}");
    let account = &said["accounts"][0];
    assert_eq!(
        (account["account"].as_u64(), account["amount"].as_i64().map(i64::abs)),
        (Some(3), Some(8999)),
        "{said:#}"
    );
    assert_eq!(account["contexts"]["payment"].as_i64().map(i64::abs), Some(1), "{said:#}");
    assert_eq!(told("holds")["accounts"], serde_json::json!([]));
    server.get("/taxi/operator/rules/nothing").expect_problem(404, "unknown-path");
    server.stop();
}

#[test]
fn a_lost_event_is_named() {
    embedded_only!("it works on stores that are files");
    let nadul = town();
    spoil(&nadul, "catch", "DELETE FROM log WHERE position = 2");
    let said = nadul.run(&CHECK);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("catch log@2: expected position 2, found 3"), "{said:?}");
    assert!(said.out.contains("mypage myPages@1/2"), "the view has a row nobody asked for: {said:?}");
}

#[test]
fn a_spoiled_row_is_named() {
    embedded_only!("it works on stores that are files");
    let nadul = town();
    spoil(&nadul, "catch", "UPDATE rows_1 SET body = replace(body, 'kim', 'lee') WHERE id = 4");
    let said = nadul.run(&CHECK);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("broken      catch catches/4: it should show "), "{said:?}");
}

#[test]
fn what_can_not_be_read_is_told_apart_from_what_is_broken() {
    embedded_only!("it works on stores that are files");
    let nadul = town();
    std::fs::write(nadul.path().join("data/taxi/pickup.db"), "letters from home").expect("a file");
    let said = nadul.run(&CHECK);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.out.contains("unreadable  pickup store: ") && said.out.contains("not a SQLite file"), "{said:?}");
    std::fs::remove_file(nadul.path().join("data/taxi/pickup.db")).expect("it can go");
    let said = nadul.run(&CHECK);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.out.contains("There is no store"), "{said:?}");
}

#[test]
fn a_folder_without_stores_is_said_so() {
    let nadul = Nadul::new();
    let said = nadul.run(&CHECK);
    assert_eq!((said.code, said.err.as_str()), (Some(2), "nadul: there is no data folder data\n"));
    std::fs::create_dir(nadul.path().join("data")).expect("a folder");
    let said = nadul.run(&CHECK);
    assert!(said.code == Some(2) && said.err.contains("holds nothing of any system"), "{said:?}");
    let said = nadul.run(&["check", "stay", "--data", "data"]);
    assert_eq!(said.code, Some(2), "{said:?}");
}
