//! At the same instant: cancels and ends, cancels and starts, the same thing many times.
use crate::rank::{call, driven, open, ride, row, said};
use process::{Answer, Door, Served};
use serde_json::{Value, json};

const TIMES: u64 = 40;

fn cancels(door: &Door, id: u64) -> Answer {
    door.post("/calls/cancel", &json!({ "callId": id })).expect("an answer")
}

fn ends(door: &Door, id: u64) -> Answer {
    door.post("/drives/end", &json!({ "driveId": id })).expect("an answer")
}

/// How call, payment, drive and the view see it.
fn sides(served: &Served<'_>, id: u64) -> [Value; 6] {
    let page = row(served, "callViews", id);
    let of = |collection: &str, status: &str| row(served, collection, id)[status].clone();
    let seen = ["callStatus", "payStatus", "driveStatus"].map(|status| page[status].clone());
    let kept = [of("calls", "callStatus"), of("payments", "payStatus"), of("drives", "driveStatus")];
    let [a, b, c] = seen;
    let [d, e, f] = kept;
    [a, b, c, d, e, f]
}

#[test]
fn of_a_cancel_and_an_end_at_the_same_instant_one_wins_on_all_sides() {
    open(|served| {
        let ids: Vec<u64> = (0..TIMES).map(|_| call(served, &ride("kim"))).collect();
        served.rests();
        let race = |id: u64| {
            let told = served.at_once(2, |door, at| if at == 0 { cancels(door, id) } else { ends(door, id) });
            [told[0].status, told[1].status]
        };
        let told: Vec<[u16; 2]> = ids.iter().map(|id| race(*id)).collect();
        served.rests();
        for (id, told) in ids.iter().zip(told) {
            let ended = match told {
                [200, 409] => ["requestCancel", "refunded", "requestCancel"],
                [409, 200] => ["driveComplete", "paid", "end"],
                other => panic!("call {id}: {other:?}"),
            };
            assert_eq!(sides(served, *id), [ended, ended].concat()[..], "call {id}: {told:?}");
        }
        assert_eq!(said(served, "CallCancelled") + said(served, "DriveEnded"), ids.len());
        assert_eq!(said(served, "FareRefunded"), said(served, "CallCancelled"));
    });
}

#[test]
fn a_cancel_that_races_the_start_of_the_drive_ends_cancelled_on_both_sides() {
    open(|served| {
        let ids = served.at_once(TIMES as usize, |door, at| {
            let id = door.post("/calls", &ride(&format!("c{at}"))).expect("an answer").id();
            assert_eq!(cancels(door, id).with(200)["callStatus"], "requestCancel");
            id
        });
        served.rests();
        for id in &ids {
            let page = row(served, "callViews", *id);
            let drive = served.get(&format!("/drives/{id}"));
            assert_eq!((&page["callStatus"], &page["payStatus"]), (&json!("requestCancel"), &json!("refunded")));
            let status = if drive.status == 404 { Value::Null } else { json!("requestCancel") };
            assert_eq!((&page["driveStatus"], &drive.json()["driveStatus"]), (&status, &status));
            let at = |name: &str| page["history"].to_string().find(name);
            assert!(at("DriveStarted") < at("CallCancelled"), "it started after the cancel: {page}");
        }
        assert_eq!(said(served, "DriveStarted"), said(served, "DriveCancelled"));
    });
}

#[test]
fn of_many_cancels_at_once_one_is_done_and_all_are_told_so() {
    open(|served| {
        let id = driven(served, "kim");
        for answer in served.at_once(20, |door, _| cancels(door, id)) {
            assert_eq!(answer.with(200)["callStatus"], "requestCancel");
        }
        served.rests();
        ["CallCancelled", "FareRefunded", "DriveCancelled"].iter().for_each(|name| assert_eq!(said(served, name), 1));
        served.counts("/messages?customer=kim", 6);
    });
}

#[test]
fn of_many_ends_at_once_one_is_done_and_all_are_told_so() {
    open(|served| {
        let id = driven(served, "kim");
        for answer in served.at_once(50, |door, _| ends(door, id)) {
            assert_eq!(answer.with(200)["driveStatus"], "end");
        }
        served.rests();
        assert_eq!(said(served, "DriveEnded"), 1);
        served.counts("/messages?customer=kim", 4);
    });
}

/// The same call, sent under one key.
fn once(door: &Door, key: &str) -> Value {
    let headers = [("idempotency-key", key)];
    door.ask("POST", "/calls", &headers, &ride("kim").to_string()).expect("an answer").with(201)
}

#[test]
fn the_same_call_sent_many_times_at_once_is_one_call() {
    open(|served| {
        let told = served.at_once(20, |door, _| once(door, "k1"));
        assert!(told.iter().all(|row| *row == told[0]), "{told:?}");
        served.rests();
        assert_eq!(once(&served.door(), "k1"), told[0]);
        for collection in ["calls", "payments", "drives", "callViews"] {
            served.counts(&format!("/{collection}"), 1);
        }
    });
}

/// The fallback is an answer too: whoever wants another try takes another key.
#[test]
fn a_call_that_failed_under_a_key_stays_failed() {
    open(|served| {
        served.pays("call-taxi", "decline");
        let first = once(&served.door(), "k1");
        assert_eq!(first["callStatus"], "payFail");
        served.pays("call-taxi", "approve");
        assert_eq!(once(&served.door(), "k1"), first);
        assert_eq!(once(&served.door(), "k2")["callStatus"], "driveRequest");
        served.counts("/calls", 2);
    });
}

#[test]
fn the_same_cancel_and_the_same_end_under_a_key_are_one() {
    open(|served| {
        let (cancelled, ended) = (driven(served, "kim"), driven(served, "kim"));
        let told = served.at_once(20, |door, at| {
            let (path, body) = match at % 2 {
                0 => ("/calls/cancel", json!({ "callId": cancelled })),
                _ => ("/drives/end", json!({ "driveId": ended })),
            };
            door.ask("POST", path, &[("idempotency-key", "k1")], &body.to_string()).expect("an answer").with(200)
        });
        assert!(told.iter().skip(2).zip(&told).all(|(later, first)| later == first), "{told:?}");
        served.rests();
        assert_eq!((said(served, "CallCancelled"), said(served, "DriveEnded")), (1, 1));
    });
}
