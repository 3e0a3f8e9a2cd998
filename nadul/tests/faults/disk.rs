//! A disk that gets full under a running process: nothing that was answered is lost, it says so, and it goes on when there is room.
//!
//! Room is what the machine lets a file of the process grow to: past it a write fails as on a full disk, and a word of an
//! operator gives it back.
use crate::trip::{catch, catches, trip};
use crate::wait::{proved, until};
use process::{Nadul, Served};
use serde_json::json;
use std::process::Command;

const TAXI: [&str; 3] = ["taxi", "--data", "data"];

/// Each file of the process may grow to so many KiB, its log too, which begins with `log.txt` as it is.
fn small(kib: u64) -> String {
    format!("trap '' XFSZ; ulimit -S -f {}; exec 2>>log.txt", kib * 2)
}

fn room(served: &Served<'_>, bytes: &str) {
    let limit =
        Command::new("prlimit").args(["--pid", &served.pid().to_string(), &format!("--fsize={bytes}:")]).status();
    assert!(limit.expect("there is a prlimit").success());
}

/// Customers are served until there is no room; how many were.
fn fill(served: &Served<'_>) -> u64 {
    for told in 0..1000 {
        let answer = served.post("/taxi/catches", &trip("kim"));
        if answer.status != 201 {
            answer.refused(503, "unavailable");
            assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
            return told;
        }
    }
    panic!("the disk is never full");
}

fn total(served: &Served<'_>, collection: &str) -> u64 {
    served.get(&format!("/taxi/{collection}?size=1")).json()["page"]["totalElements"].as_u64().expect("a total")
}

#[test]
fn a_full_disk_costs_nothing_that_was_answered_and_passes() {
    let nadul = Nadul::new();
    let served = nadul.serve_after(&small(768), &TAXI);
    let told = fill(&served);
    assert!(told > 0);
    served.shows("/taxi/operator/contexts", "The disk failed under data/taxi/");
    let failing = |answer: &process::Answer| {
        answer.text.lines().any(|line| line.starts_with("nadul_store_failing") && line.ends_with(" 1"))
    };
    served.becomes("/metrics", "a store that fails", failing);
    let log = std::fs::read_to_string(nadul.path().join("log.txt")).expect("its log");
    assert!(log.contains("the store failed") && log.contains("Check the disk"), "{log}");
    for _ in 0..5 {
        served.post("/taxi/catches", &trip("kim")).refused(503, "unavailable");
        assert_eq!(total(&served, "catches"), told, "what was answered is there, and can be read");
    }
    room(&served, "unlimited");
    until("there is room", || served.post("/taxi/catches", &trip("kim")).status == 201);
    for list in ["catches", "payments", "catchReqLists", "myPages"] {
        served.counts(&format!("/taxi/{list}?size=1"), told + 1);
    }
    served.becomes("/taxi/operator/contexts", "no fault", |answer| !answer.text.contains("The disk failed"));
    proved(served);
}

#[test]
fn a_process_killed_on_a_full_disk_goes_on_when_there_is_room() {
    let nadul = Nadul::new();
    let served = nadul.serve_after(&small(640), &TAXI);
    let told = fill(&served);
    served.kill();
    let said = nadul.run(&["check", "--data", "data"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let served = nadul.serve(&TAXI);
    catch(&served, "lee");
    for list in ["catches", "payments", "catchReqLists", "myPages"] {
        served.counts(&format!("/taxi/{list}?size=1"), told + 1);
    }
    proved(served);
}

#[test]
fn a_backup_that_finds_no_room_leaves_nothing_half() {
    let nadul = Nadul::new();
    let served = nadul.serve_after("trap '' XFSZ", &TAXI);
    catches(&served, 5);
    served.rests();
    room(&served, "65536");
    let said = served.run(&["backup", "copy", "--data", "data"]);
    assert!(said.code == Some(1) && said.err.contains("taxi/catch: The disk failed under"), "{said:?}");
    let left: Vec<_> = std::fs::read_dir(nadul.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["data"]);
    room(&served, "unlimited");
    let said = served.run(&["backup", "copy", "--data", "data"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(nadul.run(&["check", "--data", "copy"]).code, Some(0));
    proved(served);
}

#[test]
fn a_log_that_can_not_be_written_stops_nobody() {
    let nadul = Nadul::new();
    let whole = "x".repeat(4 << 20);
    nadul.file("log.txt", &whole);
    let served = nadul.serve_after(&small(4 << 10), &[&TAXI[..], &["--set", "http.access_log_every=1"]].concat());
    catches(&served, 5);
    served.counts("/taxi/myPages", 5);
    assert_eq!(std::fs::metadata(nadul.path().join("log.txt")).expect("it is there").len(), whole.len() as u64);
    proved(served);
}

#[test]
fn below_the_reserve_nobody_new_is_served_while_undo_and_refund_go_on() {
    let nadul = Nadul::new();
    let served = nadul.serve(&[&TAXI[..], &["--set", "taxi.payment_timeout_ms=100"]].concat());
    let (cancelled, unlisted) = (catch(&served, "kim"), catch(&served, "lee"));
    served.counts("/taxi/myPages", 2);
    served.works("taxi", "pickup", false);
    let other = catch(&served, "park");
    served.pays("taxi", "late");
    served.post("/taxi/catches", &trip("choi")).refused(503, "unavailable");
    served.works("taxi", "payment", false);
    served.patch(&format!("/taxi/catches/{cancelled}"), &json!({ "status": "Cancel" })).with(200);
    served.kill();

    let served = nadul.serve(&[&TAXI[..], &["--set", "runtime.disk_reserve_mb=1000000"]].concat());
    let refused = served.post("/taxi/catches", &trip("hong"));
    refused.refused(503, "unavailable");
    assert_eq!(refused.header("retry-after"), "10");
    served.shows(&format!("/taxi/myPages/{cancelled}"), "PaymentCancelled");
    served.shows(&format!("/taxi/catchReqLists/{other}"), "price");
    served.shows(&format!("/taxi/catchReqLists/{unlisted}"), "price");
    served.shows("/health/ready", "\"status\":\"ready\"");
    served.counts("/taxi/payments", 3);
    served.counts("/taxi/catches?customer=hong", 0);
    proved(served);
}
