//! A cancel in doubt: call's disk keeps it from saying what became of the stop it has asked drive for.
use crate::rank::{PATIENT, cancel, driven, end, open_with, row};
use process::Served;
use rusqlite::Connection;

/// What a cancel is told that is sent while call's store is held, so that drive has stopped and nobody knows yet what for.
fn cancelled_in_doubt(served: &Served<'_>, id: u64, meanwhile: impl FnOnce()) -> u16 {
    served.rests();
    let store = Connection::open(served.nadul.path().join("data/call-taxi/call.db")).expect("call has a store");
    store.execute_batch("BEGIN IMMEDIATE").expect("call is at rest");
    std::thread::scope(|threads| {
        let cancelling = threads.spawn(|| cancel(served, id).status);
        served.becomes("/health/live", "a stop", |_| {
            let log = served.nadul.log("call-taxi/drive");
            log.iter().any(|event| event["eventType"] == "StopHeld" && event["key"] == id)
        });
        meanwhile();
        store.execute_batch("ROLLBACK").expect("it was held until now");
        cancelling.join().expect("who cancels is told")
    })
}

#[test]
fn an_end_waits_for_the_outcome_of_a_cancel_and_past_its_time_comes_back_later() {
    open_with(&[PATIENT[0], PATIENT[1], "http.request_timeout_ms=1500"], |served| {
        let id = driven(served, "kim");
        let told = cancelled_in_doubt(served, id, || {
            let answer = end(served, id);
            assert_eq!(answer.status, 503, "{answer:?}");
            assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{answer:?}");
            assert_eq!(row(served, "drives", id)["driveStatus"], "start");
        });
        assert!([200, 503].contains(&told), "{told}");
        served.shows(&format!("/calls/{id}"), "requestCancel");
        end(served, id).refused(409, "drive-off");
    });
}
