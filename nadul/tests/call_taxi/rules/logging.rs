//! What is logged is a setting.
use crate::call_taxi::steps::{call, ride};
use process::{Nadul, embedded_only};

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
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    assert_eq!(logged("error"), [false, false, false]);
    assert_eq!(logged("info"), [true, false, false]);
    assert_eq!(logged("debug"), [true, true, false]);
    assert_eq!(logged("trace"), [true, true, true]);
}
