//! More clients than the process may have files open: the rest is turned away in words, and whoever runs it is served.
use crate::faults::wait::{proved, until};
use crate::faults::wire::Wire;
use crate::trip::catch;
use process::{HttpAnswer, Nadul, ServerProcess, embedded_only};
use std::fs::DirEntry;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn streams_beyond_the_files_are_turned_away_and_the_operator_is_served() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    asks_for_more_streams_than_files(300, 300);
}

#[test]
fn so_they_are_under_the_usual_limit_of_an_account() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    asks_for_more_streams_than_files(1024, 1100);
}

fn asks_for_more_streams_than_files(files: usize, streams: usize) {
    let nadul = Nadul::new();
    let server = nadul.serve_through_shell(&format!("ulimit -n {files}"), &["taxi", "--data", "data"]);
    let asked = streams;
    let streams: Vec<(Wire, HttpAnswer)> = (0..asked)
        .map(|_| {
            let mut wire = Wire::open(&server.url);
            wire.send("GET /taxi/myPages HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n");
            let answer = wire.answer().expect("every client is answered");
            (wire, answer)
        })
        .collect();
    let opened = streams.iter().filter(|(_, answer)| answer.status == 200).count();
    assert!(opened > 0 && opened < asked, "{opened}");
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
    let open: Vec<_> = streams.into_iter().filter(|(_, answer)| answer.status == 200).collect();
    server.wait_until("/taxi/catches", "room for others", |answer| answer.status == 200);
    catch(&server, "lee");
    drop(open);
    catch(&server, "kim");
    proved(server);
}

#[test]
fn with_no_file_left_a_client_is_told_so_and_the_operator_is_served() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    catch(&server, "lee");
    let (files, _, clients) = filled(&server);
    let (_, last) = clients.last().expect("there are clients");
    assert_eq!((last.status, last.json()["reason"].as_str()), (503, Some("connections-full")), "{last:?}");
    for path in ["/health/live", "/health/ready", "/metrics", "/taxi/operator/contexts"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    drop(clients);
    files.limit(1000);
    server.wait_for_count("/taxi/catches", 1);
    catch(&server, "kim");
    proved(server);
}

/// Something else in the process may take the file that is kept for the next client, and give it back later.
#[test]
fn a_client_is_told_so_again_once_the_file_that_is_kept_for_it_is_back() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    catch(&server, "lee");
    let kept = Files::of(&server).kept();
    let (files, full, clients) = filled(&server);
    files.limit(4);
    let mut wire = asking(&server);
    until("the file that is kept is gone", || files.kept() < kept);
    files.limit(full);
    assert_eq!(wire.answer().map(|answer| answer.status), Some(503));
    assert_eq!(server.get("/health/live").status, 200);
    drop(clients);
    files.limit(1000);
    server.wait_for_count("/taxi/catches", 1);
    catch(&server, "kim");
    proved(server);
}

/// Lets a process open no more files than it has open now, and connects clients until none is left for another one.
fn filled(server: &ServerProcess<'_>) -> (Files, usize, Vec<(Wire, HttpAnswer)>) {
    let files = Files::of(server);
    let full = files.highest() + 1;
    files.limit(full);
    let clients = (0..full + 8).map(|_| stream(server)).collect();
    (files, full, clients)
}

/// The files a process has open, and may.
struct Files {
    pid: u32,
}

impl Files {
    fn of(server: &ServerProcess<'_>) -> Files {
        Files { pid: server.pid() }
    }

    fn open(&self) -> impl Iterator<Item = DirEntry> {
        std::fs::read_dir(format!("/proc/{}/fd", self.pid)).expect("it is at work").flatten()
    }

    fn highest(&self) -> usize {
        let numbers = self.open().filter_map(|file| file.file_name().to_str()?.parse().ok());
        numbers.max().expect("some are open")
    }

    /// Those that stand for nothing, so that another can take their place.
    fn kept(&self) -> usize {
        self.open().filter(|file| std::fs::read_link(file.path()).is_ok_and(|to| to == Path::new("/dev/null"))).count()
    }

    fn limit(&self, files: usize) {
        let set = format!("--nofile={files}:");
        let limit = Command::new("prlimit").args(["--pid", &self.pid.to_string(), &set]).status();
        assert!(limit.expect("there is a prlimit").success());
    }
}

/// A client who asks for a stream.
fn asking(server: &ServerProcess<'_>) -> Wire {
    let mut wire = Wire::open(&server.url);
    wire.send("GET /taxi/catches HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n");
    wire
}

fn stream(server: &ServerProcess<'_>) -> (Wire, HttpAnswer) {
    let mut wire = asking(server);
    let answer = wire.answer().expect("every client is answered");
    (wire, answer)
}

/// Whatever it is that finds no file left: nobody is sent to look for permissions.
#[test]
fn a_command_without_files_says_what_it_lacks() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    nadul.serve(&["taxi", "--data", "data"]).stop();
    let mut told = 0;
    for files in 4..32 {
        let words = format!("ulimit -n {files}");
        let check =
            nadul.command_through_shell(&words, &["check", "--data", "data"]).output().expect("there is a shell");
        let said = String::from_utf8_lossy(&[check.stdout, check.stderr].concat()).into_owned();
        assert!(!said.contains("Let this user"), "{files}: {said}");
        assert!(
            check.status.success() || said.contains("open files") || said.contains("files open"),
            "{files}: {said}"
        );
        told += usize::from(said.contains("ulimit -n"));
    }
    assert!(told > 0, "with some numbers a store is what can't be opened");
}

#[test]
fn the_soft_limit_is_raised_as_far_as_it_may_be() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
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
fn too_few_files_are_told_before_anything_is_made() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let mut shell = nadul.command_through_shell("ulimit -n 100", &["run", "taxi", "--data", "data"]);
    let mut child = shell.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("there is a shell");
    let says = child.stdout.take().expect("it is piped").read(&mut [0]).expect("it can be read");
    if says > 0 {
        child.kill().expect("it runs");
    }
    let ended = child.wait_with_output().expect("it has ended");
    let error = String::from_utf8_lossy(&ended.stderr);
    assert!(says == 0 && !ended.status.success() && error.contains("ulimit -n"), "{error}");
    assert!(!nadul.path().join("data").exists(), "nothing was made");
}
