//! A disk that gets full under a running process: nothing that was answered is lost, it says so, and it goes on when there is room.
//!
//! Room is what the machine lets a file of the process grow to: past it a write fails as on a full disk, and a word of an
//! operator gives it back.
use crate::faults::wait::{proved, until};
use crate::trip::{catch, catches, trip};
use process::{Nadul, ServerProcess, embedded_only};
use serde_json::json;
use std::process::Command;

const TAXI: [&str; 3] = ["taxi", "--data", "data"];

/// Each file of the process may grow to so many KiB, its log too, which begins with `log.txt` as it is.
fn small(kib: u64) -> String {
    format!("trap '' XFSZ; ulimit -S -f {}; exec 2>>log.txt", kib * 2)
}

fn room(server: &ServerProcess<'_>, bytes: &str) {
    let limit =
        Command::new("prlimit").args(["--pid", &server.pid().to_string(), &format!("--fsize={bytes}:")]).status();
    assert!(limit.expect("there is a prlimit").success());
}

/// Customers are served until a store has no room; how many were. A request may also be turned away because the machine is busy.
fn fill(server: &ServerProcess<'_>) -> u64 {
    let mut served = 0;
    for _ in 0..1000 {
        let answer = server.post("/taxi/catches", &trip("kim"));
        if answer.status == 201 {
            served += 1;
            continue;
        }
        let code = answer.problem();
        assert!(answer.status == 503 && ["unavailable", "outcome-unknown"].contains(&code.as_str()), "{answer:?}");
        assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
        if server.get("/taxi/operator/contexts").text.contains("The disk failed under data/taxi/") {
            return served;
        }
    }
    panic!("the disk is never full");
}

fn total(server: &ServerProcess<'_>, collection: &str) -> u64 {
    server.get(&format!("/taxi/{collection}?size=1")).json()["page"]["totalElements"].as_u64().expect("a total")
}

#[test]
fn a_full_disk_costs_nothing_that_was_answered_and_passes() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve_through_shell(&small(768), &TAXI);
    let told = fill(&server);
    assert!(told > 0);
    server.wait_for_text("/taxi/operator/contexts", "The disk failed under data/taxi/");
    let failing = |answer: &process::HttpAnswer| {
        answer.text.lines().any(|line| line.starts_with("nadul_store_failing") && line.ends_with(" 1"))
    };
    server.wait_until("/metrics", "a store that fails", failing);
    let log = std::fs::read_to_string(nadul.path().join("log.txt")).expect("its log");
    assert!(log.contains("the store failed") && log.contains("Check the disk"), "{log}");
    for _ in 0..5 {
        server.post("/taxi/catches", &trip("kim")).expect_problem(503, "unavailable");
        assert_eq!(total(&server, "catches"), told, "what was answered is there, and can be read");
    }
    room(&server, "unlimited");
    until("there is room", || server.post("/taxi/catches", &trip("kim")).status == 201);
    for list in ["catches", "payments", "catchReqLists", "myPages"] {
        server.wait_for_count(&format!("/taxi/{list}?size=1"), told + 1);
    }
    server.wait_until("/taxi/operator/contexts", "no fault", |answer| !answer.text.contains("The disk failed"));
    proved(server);
}

#[test]
fn a_process_killed_on_a_full_disk_goes_on_when_there_is_room() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve_through_shell(&small(640), &TAXI);
    let told = fill(&server);
    server.kill();
    let said = nadul.run(&["check", "--data", "data"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let server = nadul.serve(&TAXI);
    catch(&server, "lee");
    for list in ["catches", "payments", "catchReqLists", "myPages"] {
        server.wait_for_count(&format!("/taxi/{list}?size=1"), told + 1);
    }
    proved(server);
}

#[test]
fn a_backup_that_finds_no_room_leaves_nothing_half() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve_through_shell("trap '' XFSZ", &TAXI);
    catches(&server, 5);
    server.wait_until_idle();
    room(&server, "65536");
    let said = server.run(&["backup", "copy", "--data", "data"]);
    assert!(said.code == Some(1) && said.err.contains("taxi/catch.db: The disk failed under"), "{said:?}");
    let left: Vec<_> = std::fs::read_dir(nadul.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["data"]);
    room(&server, "unlimited");
    let said = server.run(&["backup", "copy", "--data", "data"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(nadul.run(&["check", "--data", "copy"]).code, Some(0));
    proved(server);
}

#[test]
fn a_log_that_can_not_be_written_stops_nobody() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let whole = "x".repeat(4 << 20);
    nadul.file("log.txt", &whole);
    let server =
        nadul.serve_through_shell(&small(4 << 10), &[&TAXI[..], &["--set", "http.access_log_every=1"]].concat());
    catches(&server, 5);
    server.wait_for_count("/taxi/myPages", 5);
    assert_eq!(std::fs::metadata(nadul.path().join("log.txt")).expect("it is there").len(), whole.len() as u64);
    proved(server);
}

#[test]
fn below_the_reserve_nobody_new_is_served_while_undo_and_refund_go_on() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve(&[&TAXI[..], &["--set", "taxi.payment_timeout_ms=100"]].concat());
    let (cancelled, unlisted) = (catch(&server, "kim"), catch(&server, "lee"));
    server.wait_for_count("/taxi/myPages", 2);
    server.stop_context("taxi", "pickup");
    let other = catch(&server, "park");
    server.set_payment_mode("taxi", "late");
    server.post("/taxi/catches", &trip("choi")).expect_problem(503, "unavailable");
    server.stop_context("taxi", "payment");
    server.patch(&format!("/taxi/catches/{cancelled}"), &json!({ "status": "Cancel" })).expect_status(200);
    server.kill();

    let server = nadul.serve(&[&TAXI[..], &["--set", "runtime.disk_reserve_mb=1000000"]].concat());
    let refused = server.post("/taxi/catches", &trip("hong"));
    refused.expect_problem(503, "unavailable");
    assert_eq!(refused.header("retry-after"), "10");
    server.wait_for_text(&format!("/taxi/myPages/{cancelled}"), "PaymentCancelled");
    server.wait_for_text(&format!("/taxi/catchReqLists/{other}"), "price");
    server.wait_for_text(&format!("/taxi/catchReqLists/{unlisted}"), "price");
    server.wait_for_text("/health/ready", "\"status\":\"ready\"");
    server.wait_for_count("/taxi/payments", 3);
    server.wait_for_count("/taxi/catches?customer=hong", 0);
    proved(server);
}
