//! A cancel in doubt: call's disk keeps it from saying what became of the stop it has asked drive for.
use crate::rank::{PATIENT, cancel, driven, end, open_with, row};
use process::{Nadul, Served};
use rusqlite::Connection;
use serde_json::json;

/// Keeps call from committing, as a disk that takes long does, until it goes.
fn held(served: &Served<'_>) -> Connection {
    let call = Connection::open(served.nadul.path().join("data/call-taxi/call.db")).expect("call has a store");
    call.execute_batch("BEGIN IMMEDIATE").expect("call is at rest");
    call
}

/// Drive has stopped, and nobody knows yet what for.
fn stops(served: &Served<'_>) {
    served.becomes("/health/live", "a stop", |_| {
        served.nadul.log("call-taxi/drive").iter().any(|event| event["eventType"] == "StopHeld")
    });
}

#[test]
fn an_end_waits_for_the_outcome_of_a_cancel_and_past_its_time_comes_back_later() {
    open_with(&[PATIENT[0], PATIENT[1], "http.request_timeout_ms=1500"], |served| {
        let id = driven(served, "kim");
        let call = held(served.rests());
        std::thread::scope(|threads| {
            let cancelling = threads.spawn(|| cancel(served, id).status);
            stops(served);
            let answer = end(served, id);
            assert_eq!(answer.status, 503, "{answer:?}");
            assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{answer:?}");
            assert_eq!(row(served, "drives", id)["driveStatus"], "start");
            drop(call);
            let told = cancelling.join().expect("who cancels is told");
            assert!([200, 503].contains(&told), "{told}");
        });
        served.shows(&format!("/calls/{id}"), "requestCancel");
        end(served, id).refused(409, "drive-off");
    });
}

#[test]
fn a_cancel_killed_in_doubt_never_was_and_the_drive_goes_on() {
    let nadul = Nadul::new();
    let first = nadul.serve(&["call-taxi", "--data", "data"]);
    let id = driven(&first, "kim");
    let call = held(first.rests());
    let door = first.door();
    std::thread::scope(|threads| {
        let cancelling = threads.spawn(|| door.post("/calls/cancel", &json!({ "callId": id })));
        stops(&first);
        first.kill();
        assert!(cancelling.join().expect("who cancels is there").is_none(), "a cancel was promised");
    });
    drop(call);
    let said = nadul.run(&["check", "--data", "data"]);
    assert!(said.code == Some(0) && said.out.contains("the next start voids it"), "{said:?}");
    let second = nadul.serve(&["call-taxi", "--data", "data"]);
    end(&second, id).with(200);
    second.shows(&format!("/calls/{id}"), "driveComplete");
    assert_eq!(cancel(second.rests(), id).status, 409);
    second.stop();
    nadul.is_proved();
}
