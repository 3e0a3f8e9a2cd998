//! Killed again and again under customers who call, cancel, are driven, go too far or do not pay.
use crate::rank::{PATIENT, driven, far, is_empty, ride, row};
use process::{Door, Nadul, Served};
use serde_json::{Value, json};

const KILLS: usize = 20;
const CUSTOMERS: usize = 8;

/// One customer's visit as far as it was answered.
#[derive(Debug)]
struct Visit {
    id: u64,
    placed: String,
    cancel: Option<u16>,
    end: Option<u16>,
}

/// Calls; then cancels, or arrives, or both, or waits.
fn visit(door: &Door, at: usize) -> Option<Visit> {
    let wanted = if at == 0 { far("c0") } else { ride(&format!("c{at}")) };
    let called = door.post("/calls", &wanted)?;
    let (id, placed) = (called.id(), called.with(201)["callStatus"].as_str().unwrap_or_default().to_string());
    let cancel = || Some(door.post("/calls/cancel", &json!({ "callId": id }))?.status);
    let end = || Some(door.post("/drives/end", &json!({ "driveId": id }))?.status);
    let (end, cancel) = match id % 4 {
        0 => (None, cancel()),
        1 => (end(), None),
        2 => (end(), cancel()),
        _ => (None, None),
    };
    Some(Visit { id, placed, cancel, end })
}

fn served(nadul: &Nadul) -> Served<'_> {
    nadul.serve(&["call-taxi", "--data", "data", "--set", PATIENT[0], "--set", PATIENT[1]])
}

#[test]
fn what_was_answered_stays_so_and_the_fares_are_conserved() {
    let nadul = Nadul::new();
    let mut visits = vec![];
    for kill in 0..KILLS {
        let served = served(&nadul);
        // every fifth life is one of cards that are declined
        served.pays("call-taxi", if kill % 5 == 4 { "decline" } else { "approve" });
        visits.extend(served.killed_under(CUSTOMERS, 1 + kill * 7 % 40, visit));
        let said = nadul.run(&["check", "--data", "data"]);
        assert_eq!(said.code, Some(0), "after kill {kill}: {said:?}");
    }
    let served = served(&nadul);
    served.rests();
    visits.iter().for_each(|visit| was_kept(&served, visit));
    is_conserved(&served);
    served.stop();
    nadul.is_proved();
}

fn was_kept(served: &Served<'_>, visit: &Visit) {
    let page = row(served, "callViews", visit.id);
    let status = page["callStatus"].as_str().unwrap_or_default();
    let may_be: &[&str] = match (visit.placed.as_str(), visit.cancel, visit.end) {
        ("payFail", None | Some(409), None | Some(404)) => &["payFail"],
        ("driveRequest", Some(200), None | Some(404 | 409)) => &["requestCancel"],
        ("driveRequest", None | Some(409), Some(200)) => &["driveComplete"],
        ("driveRequest", None, None | Some(404 | 409)) => &["driveStart", "driveComplete", "requestCancel"],
        other => panic!("{other:?} of {visit:?}"),
    };
    assert!(may_be.contains(&status), "{visit:?} is {status}");
}

/// Paid and not refunded = fare of the calls neither cancelled nor failed; a drive is completed or under way for each of those, and no other.
fn is_conserved(served: &Served<'_>) {
    let sum = |rows: &[Value], status: &str, words: &[&str]| {
        let counted = rows.iter().filter(|row| words.iter().any(|word| row[status] == *word));
        counted.map(|row| row["fare"].as_i64().expect("a fare")).sum::<i64>()
    };
    let (calls, payments, drives) = (served.rows("calls"), served.rows("payments"), served.rows("drives"));
    let owed = sum(&calls, "callStatus", &["driveStart", "driveComplete"]);
    assert!(owed > 0 && calls.iter().any(|call| call["callStatus"] == "payFail"));
    assert_eq!(sum(&payments, "payStatus", &["paid"]), owed);
    assert_eq!(sum(&drives, "driveStatus", &["start", "end"]), owed);
    assert_eq!(sum(&payments, "payStatus", &["refunded"]), sum(&calls, "callStatus", &["requestCancel"]));
    let ids = |rows: &[Value]| rows.iter().map(|row| row["callId"].as_u64().expect("an id")).collect::<Vec<_>>();
    let paid_for: Vec<Value> = calls.iter().filter(|call| call["callStatus"] != "payFail").cloned().collect();
    assert_eq!(ids(&payments), ids(&paid_for));
    let seen = |row: &Value| (row["callId"].clone(), row["callStatus"].clone(), row["fare"].clone());
    let views: Vec<_> = served.rows("callViews").iter().map(seen).collect();
    assert_eq!(views, calls.iter().map(seen).collect::<Vec<_>>());
}

/// Payment answers late here, so that the fare is held while nobody knows yet whether there will be a call.
#[test]
fn killed_between_its_hold_and_its_call_nothing_is_left() {
    let nadul = Nadul::new();
    let first = served(&nadul);
    first.pays("call-taxi", "late");
    let door = first.door();
    std::thread::scope(|threads| {
        let asked = threads.spawn(|| door.post("/calls", &ride("kim")));
        first.shows("/payments/1", "paid");
        first.kill();
        assert!(asked.join().expect("who asked is there").is_none(), "a call was promised");
    });
    let second = served(&nadul);
    second.becomes("/payments/1", "nothing", |answer| answer.status == 404);
    is_empty(second.rests());
    driven(&second, "kim");
    second.rests();
    second.stop();
    nadul.is_proved();
}

/// The call was told to have failed, and its fare was still to be voided.
#[test]
fn killed_after_a_call_failed_its_late_hold_is_voided_all_the_same() {
    let nadul = Nadul::new();
    let set = ["--set", "call-taxi.payment_timeout_ms=50", "--set", "runtime.undo_retry_ms=60000"];
    let first = nadul.serve(&[&["call-taxi", "--data", "data"], &set[..]].concat());
    first.pays("call-taxi", "late");
    let told = first.post("/calls", &ride("kim")).with(201);
    assert_eq!(told["callStatus"], "payFail");
    first.kill();
    let second = served(&nadul);
    second.becomes("/payments/1", "nothing", |answer| answer.status == 404);
    second.rests();
    assert_eq!(row(&second, "calls", 1)["callStatus"], "payFail");
    second.counts("/payments", 0);
    second.stop();
    nadul.is_proved();
}
