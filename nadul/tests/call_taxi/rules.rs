//! Rules: a cancelled call stays cancelled, the view answers alone, and what is logged is a setting.
use crate::rank::{call, cancel, driven, end, open, ride, row, said};
use process::{Nadul, bare};
use serde_json::json;

#[test]
fn a_cancelled_call_stays_cancelled_whatever_the_drive_does_later() {
    open(|served| {
        let id = driven(served, "kim");
        cancel(served, id).with(200);
        // at once, and when drive has heard of it
        end(served, id).refused(409, "drive-off");
        end(served.rests(), id).refused(409, "drive-off");
        assert_eq!(row(served, "calls", id)["callStatus"], "requestCancel");
        let page = row(served, "callViews", id);
        assert_eq!((&page["callStatus"], &page["driveStatus"]), (&json!("requestCancel"), &json!("requestCancel")));
        assert_eq!((said(served, "DriveEnded"), said(served, "FareRefunded")), (0, 1));
    });
}

#[test]
fn the_view_answers_while_call_drive_and_payment_are_down() {
    open(|served| {
        let id = driven(served, "kim");
        let page = row(served.rests(), "callViews", id);
        let down = ["call", "drive", "payment"];
        down.iter().for_each(|context| served.works("call-taxi", context, false));
        assert_eq!(row(served, "callViews", id), page);
        assert_eq!(served.get("/callViews?userId=kim").rows().into_iter().map(bare).collect::<Vec<_>>(), [page]);
        served.get("/messages?customer=kim").with(200);
        served.get(&format!("/calls/{id}")).refused(503, "unavailable");
        down.iter().for_each(|context| served.works("call-taxi", context, true));
    });
}

/// Which of these words a process has in its log after one call, at this level.
fn logged(level: &str) -> [bool; 3] {
    let nadul = Nadul::new();
    let level = format!("call-taxi.log_level={level}");
    let set = ["--set", &level, "--set", "http.access_log_every=1"];
    let served = nadul.serve_after("exec 2>log", &[&["call-taxi", "--data", "data"], &set[..]].concat());
    call(&served, &ride("kim"));
    served.rests().get("/drives/1").with(200);
    served.stop();
    let log = std::fs::read_to_string(nadul.path().join("log")).expect("a log");
    ["path=\"/calls\"", "event=FarePaid", "asks: hold the money"].map(|word| log.contains(word))
}

#[test]
fn the_log_level_changes_what_is_logged() {
    assert_eq!(logged("error"), [false, false, false]);
    assert_eq!(logged("info"), [true, false, false]);
    assert_eq!(logged("debug"), [true, true, false]);
    assert_eq!(logged("trace"), [true, true, true]);
}
