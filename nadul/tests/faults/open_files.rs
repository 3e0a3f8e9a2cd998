//! More clients than the process may have files open: the rest is turned away in words, and whoever runs it is served.
use crate::faults::wait::proved;
use crate::faults::wire::Wire;
use crate::trip::catch;
use process::{HttpAnswer, Nadul};
use std::process::Command;

/// Streams that are asked for: far more than there are files for.
const STREAMS: usize = 300;

#[test]
fn streams_beyond_the_files_are_turned_away_and_the_operator_is_served() {
    let nadul = Nadul::new();
    let server = nadul.serve_through_shell("ulimit -n 300", &["taxi", "--data", "data"]);
    let streams: Vec<(Wire, HttpAnswer)> = (0..STREAMS)
        .map(|_| {
            let mut wire = Wire::open(&server.url);
            wire.send("GET /taxi/myPages HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n");
            let answer = wire.answer().expect("every client is answered");
            (wire, answer)
        })
        .collect();
    let opened = streams.iter().filter(|(_, answer)| answer.status == 200).count();
    assert!(opened > 0 && opened < STREAMS, "{opened}");
    for (_, answer) in streams.iter().filter(|(_, answer)| answer.status != 200) {
        let reason = answer.json()["reason"].clone();
        assert!(
            answer.status == 503 && ["streams-full", "connections-full"].contains(&reason.as_str().unwrap_or("")),
            "{answer:?}"
        );
    }
    for path in ["/health/live", "/health/ready", "/metrics", "/taxi/operator/contexts"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    for command in [
        &["backup", "copy", "--data", "data"][..],
        &["stop", "taxi/pickup", "--data", "data"],
        &["start", "taxi/pickup", "--data", "data"],
    ] {
        let said = server.run(command);
        assert_eq!(said.code, Some(0), "{said:?}");
    }
    drop(streams);
    server.wait_for_count("/taxi/catches", 0);
    catch(&server, "lee");
    proved(server);
}

#[test]
fn the_soft_limit_is_raised_as_far_as_it_may_be() {
    let nadul = Nadul::new();
    let server = nadul.serve_through_shell("ulimit -S -n 64", &["taxi", "--data", "data"]);
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.pid())).expect("it is at work");
    let line = limits.lines().find(|line| line.starts_with("Max open files")).expect("the machine has limits");
    let numbers: Vec<&str> =
        line.split_whitespace().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).collect();
    assert!(numbers.len() == 2 && numbers[0] == numbers[1], "{line}");
    catch(&server, "lee");
    proved(server);
}

#[test]
fn too_few_files_are_told_at_the_start() {
    let nadul = Nadul::new();
    let plain = nadul.command(&["run", "taxi", "--data", "data"]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -n 100; exec \"$0\" \"$@\""]).arg(plain.get_program()).args(plain.get_args());
    let ended = shell.current_dir(nadul.path()).output().expect("there is a shell");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(!ended.status.success() && said.contains("ulimit -n"), "{said}");
}
