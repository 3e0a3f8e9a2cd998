//! Nobody reads what it prints: a run serves on and ends orderly all the same, and other commands end quietly.
use crate::trip;
use process::{HttpClient, Nadul, WAIT_LIMIT};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, pipe};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const RUN: [&str; 8] =
    ["run", "taxi", "--data", "data", "--set", "http.gateway_port=0", "--set", "http.context_ports=off"];
const LOG_ALL: [&str; 2] = ["--set", "http.access_log_every=1"];

/// Killed when it goes, unless it has ended.
struct Unread<'a> {
    nadul: &'a Nadul,
    child: Child,
}

impl Unread<'_> {
    fn start(nadul: &Nadul, mut command: Command) -> Unread<'_> {
        Unread { nadul, child: command.spawn().expect("the binary starts") }
    }

    /// As the note in its folder says, once it is there.
    fn client(&self) -> HttpClient {
        let note = || fs::read_to_string(self.nadul.path().join("data/running.json")).ok();
        let url = wait_for(|| serde_json::from_str::<Value>(&note()?).ok()?["url"].as_str().map(str::to_string));
        HttpClient::at(&url)
    }

    /// Every request under way is finished, and nothing is left to void. What a policy has still to read it reads at the next start.
    fn ends_orderly(mut self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(sent.expect("there is a kill").success());
        let status = wait_for(|| self.child.try_wait().expect("it can be waited for"));
        assert_eq!(status.code(), Some(0));
        assert!(!self.nadul.path().join("data/running.json").exists(), "it ended before it had finished");
        let checked = self.nadul.run(&["check", "--data", "data"]);
        let mut notes = checked.out.lines().filter(|line| line.contains("note"));
        assert!(checked.code == Some(0) && notes.all(|note| note.contains("it has read to")), "{checked:?}");
    }
}

impl Drop for Unread<'_> {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _already_waited = self.child.wait();
    }
}

fn wait_for<T>(mut find: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = find() {
            return found;
        }
        assert!(start.elapsed() < WAIT_LIMIT, "it never comes");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn hail(client: &HttpClient) {
    client.post("/taxi/catches", &trip::trip("kim")).expect("an answer").expect_status(201);
}

#[test]
fn a_run_whose_output_nobody_reads_serves_on() {
    let nadul = Nadul::new();
    let mut command = nadul.command(&[&RUN[..], &LOG_ALL].concat());
    let (out, err) = (pipe().expect("a pipe").1, pipe().expect("a pipe").1); // the readers are gone at once
    command.stdout(out).stderr(err);
    let run = Unread::start(&nadul, command);
    let client = run.client();
    (0..3).for_each(|_| hail(&client));
    run.ends_orderly();
}

#[test]
fn a_run_whose_reader_goes_away_ends_orderly() {
    let nadul = Nadul::new();
    let mut command = nadul.command(&RUN);
    command.stdout(Stdio::piped());
    let mut run = Unread::start(&nadul, command);
    let out = BufReader::new(run.child.stdout.take().expect("piped"));
    assert_eq!(out.lines().take(3).filter_map(Result::ok).count(), 3);
    hail(&run.client());
    run.ends_orderly();
}

#[test]
fn a_run_whose_reader_reads_nothing_serves_on() {
    let nadul = Nadul::new();
    let (_reader, writer) = pipe().expect("a pipe");
    let mut command = nadul.command(&[&RUN[..], &LOG_ALL].concat());
    command.stdout(writer.try_clone().expect("a handle")).stderr(writer);
    let run = Unread::start(&nadul, command);
    let client = run.client();
    let asks = std::thread::spawn(move || {
        // far more lines than a pipe holds
        for _ in 0..1500 {
            client.request("GET", "/taxi/catches", &[], "").expect("an answer").expect_status(200);
        }
        hail(&client);
    });
    wait_for(|| asks.is_finished().then_some(()));
    asks.join().expect("every request is answered");
    run.ends_orderly();
}

#[test]
fn a_command_whose_output_nobody_reads_says_nothing_of_it() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    trip::catch(&server, "kim");
    server.wait_until_idle();
    let commands: [&[&str]; 4] =
        [&["log", "taxi"], &["log", "taxi", "--follow"], &["settings"], &["board", "taxi", "--format", "json"]];
    for command in commands {
        let (out, mut child) = (pipe().expect("a pipe").1, nadul.command(&[command, &["--data", "data"]].concat()));
        let child = child.stdout(out).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let ended = child.wait_with_output().expect("it ends");
        assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]), "{command:?}");
    }
    server.stop();
}

#[test]
fn a_mistake_that_nobody_reads_has_its_exit_code() {
    let nadul = Nadul::new();
    let (reader, err) = pipe().expect("a pipe");
    drop(reader);
    let status = nadul.command(&["log", "taxi"]).stderr(err).status().expect("the binary starts");
    assert_eq!(status.code(), Some(2));
}

#[test]
fn a_follower_whose_reader_goes_away_ends_though_nothing_happens() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    trip::catch(&server, "kim");
    server.wait_until_idle();
    let mut command = nadul.command(&["log", "taxi/catch", "--follow", "--data", "data"]);
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the binary starts");
    let mut out = BufReader::new(child.stdout.take().expect("piped"));
    out.read_line(&mut String::new()).expect("a line");
    drop(out);
    let start = Instant::now();
    while child.try_wait().expect("it can be waited for").is_none() {
        if start.elapsed() > WAIT_LIMIT {
            let _already_gone = child.kill();
            panic!("it follows for nobody");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    server.stop();
}
