//! Rules: a cancelled call stays cancelled, the view answers alone, and what is logged is a setting.
use crate::call_taxi::steps::{call, cancel, driven, end, far, open, ride, row, said};
use process::{Nadul, ServerProcess};
use serde_json::json;

#[test]
fn a_cancelled_call_stays_cancelled_whatever_the_drive_does_later() {
    open(|server| {
        let id = driven(server, "kim");
        cancel(server, id).expect_status(200);
        // at once, and when drive has heard of it
        end(server, id).expect_problem(409, "drive-off");
        end(server.wait_until_idle(), id).expect_problem(409, "drive-off");
        assert_eq!(row(server, "calls", id)["callStatus"], "requestCancel");
        let page = row(server, "callViews", id);
        assert_eq!((&page["callStatus"], &page["driveStatus"]), (&json!("requestCancel"), &json!("requestCancel")));
        assert_eq!((said(server, "DriveEnded"), said(server, "FareRefunded")), (0, 1));
    });
}

/// Which of these words a process has in its log after one call, at this level.
fn logged(level: &str) -> [bool; 3] {
    let nadul = Nadul::new();
    let level = format!("call-taxi.log_level={level}");
    let set = ["--set", &level, "--set", "http.access_log_every=1"];
    let server = nadul.serve_through_shell("exec 2>log", &[&["call-taxi", "--data", "data"], &set[..]].concat());
    call(&server, &ride("kim"));
    server.wait_until_idle().get("/drives/1").expect_status(200);
    server.stop();
    let log = std::fs::read_to_string(nadul.path().join("log")).expect("a log");
    ["path=\"/calls\"", "event=FarePaid", "call hold the money"].map(|word| log.contains(word))
}

#[test]
fn the_log_level_changes_what_is_logged() {
    assert_eq!(logged("error"), [false, false, false]);
    assert_eq!(logged("info"), [true, false, false]);
    assert_eq!(logged("debug"), [true, true, false]);
    assert_eq!(logged("trace"), [true, true, true]);
}

#[test]
fn what_drive_said_while_call_was_down_is_heard_once_in_order() {
    open(|server| {
        let (ended, running) = (driven(server, "kim"), driven(server, "kim"));
        server.stop_context("call-taxi", "drive");
        let too_far = call(server, &far("kim"));
        server.wait_for_count("/payments", 3);
        server.stop_context("call-taxi", "call");
        server.post("/calls", &ride("lee")).expect_problem(503, "unavailable");
        cancel(server, running).expect_problem(503, "unavailable");
        server.start_context("call-taxi", "drive");
        end(server, ended).expect_status(200);
        server.wait_for_text(&format!("/drives/{too_far}"), "requestCancel");
        server.wait_for_text(&format!("/callViews/{ended}"), "driveComplete");
        server.start_context("call-taxi", "call");
        server.wait_until_idle();
        for (id, status) in [(ended, "driveComplete"), (running, "driveStart"), (too_far, "requestCancel")] {
            assert_eq!(row(server, "calls", id)["callStatus"], status);
        }
        assert_eq!((keys_of(server, "CallCancelled"), keys_of(server, "FareRefunded")), (vec![too_far], vec![too_far]));
    });
}

/// The calls of whom this was said, in that order.
fn keys_of(server: &ServerProcess<'_>, name: &str) -> Vec<u64> {
    let said = server.nadul.log("call-taxi").into_iter().filter(|event| event["eventType"] == name);
    said.filter_map(|event| event["key"].as_u64()).collect()
}
