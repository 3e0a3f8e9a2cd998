//! The plain questions, and what is said to bad ones.
use crate::support::{KEYS, Mailboxes, Process, SYSTEM, SourceLog, client, runtime};
use kernel::Life;
use remote::{Signer, Unanswered};
use runtime::port::peers::PROTOCOL;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

/// What a raw request is answered, headers and all.
pub fn raw(runtime: &Runtime, process: &Process, request: &[u8]) -> String {
    let asking = async {
        let mut stream = TcpStream::connect(process.address).await.expect("it listens");
        stream.write_all(request).await.expect("it reads");
        let mut answer = vec![];
        stream.read_to_end(&mut answer).await.expect("an answer");
        String::from_utf8(answer).expect("text")
    };
    runtime.block_on(async { tokio::time::timeout(Duration::from_secs(10), asking).await.expect("an answer in time") })
}

fn authorization(issuer: &str, context: &str) -> String {
    let header = Signer::new(KEYS.clone(), SYSTEM, issuer).authorization(context).expect("signed");
    header.to_str().expect("text").to_string()
}

fn get(runtime: &Runtime, process: &Process, path: &str) -> String {
    let token = authorization("catch", "source");
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: {token}\r\n\r\n");
    raw(runtime, process, request.as_bytes())
}

fn post(runtime: &Runtime, process: &Process, media_type: &str, body: &str) -> String {
    let (token, length) = (authorization("catch", "source"), body.len());
    let head = format!(
        "POST /internal/messages HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: {token}\r\n\
         content-type: {media_type}\r\ncontent-length: {length}\r\n\r\n"
    );
    raw(runtime, process, format!("{head}{body}").as_bytes())
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).expect("a status line")
}

fn source(runtime: &Runtime) -> (Arc<SourceLog>, Process) {
    let log = Arc::new(SourceLog::new(vec![]));
    let process = Process::start(runtime, log.clone(), &["source"]);
    (log, process)
}

#[test]
fn head_status_replicas_and_yours_are_answered() {
    let runtime = runtime();
    let ((log, process), client) = (source(&runtime), client(&runtime, "gateway"));
    let head = runtime.block_on(client.head(&process.url, "source")).expect("answered");
    assert_eq!(head.life, Life::random(1));
    let status = runtime.block_on(client.status(&process.url, "source")).expect("answered");
    assert_eq!((status.queue, status.parked_events), (2, 0));
    let ownership = runtime.block_on(client.replicas(&format!("{}/", process.url), "source")).expect("answered");
    assert_eq!((ownership.epoch, ownership.owner.expect("one").id.as_str()), (3, "one"));
    assert_eq!(runtime.block_on(client.yours(&process.url, "source")), Ok(()));
    assert_eq!(*log.given_to_this.lock().expect("sound"), ["source"]);
}

#[test]
fn nobody_there_is_told_from_an_unknown_outcome() {
    let runtime = runtime();
    let ((_, process), client) = (source(&runtime), client(&runtime, "gateway"));
    let url = process.url.clone();
    process.stop(&runtime);
    let answer = runtime.block_on(client.yours(&url, "source"));
    assert!(matches!(answer, Err(Unanswered::Untouched(_))), "{answer:?}");
}

#[test]
fn bad_input_gets_a_clear_problem() {
    let runtime = runtime();
    let (_, process) = source(&runtime);
    for (path, expected) in [
        ("/internal/log?context=source", "400"),
        ("/internal/log?context=source&after=-1", "400"),
        ("/internal/log?context=source&after=99999999999999999999", "400"),
        ("/internal/head", "400"),
        ("/internal/head?context=other", "401"),
        ("/internal/nothing", "404"),
        ("/internal/messages", "405"),
        ("/internal/log?context=source&after=0", "200"),
    ] {
        let answer = get(&runtime, &process, path);
        assert_eq!(status(&answer), expected, "{path}: {answer}");
        assert!(expected == "200" || expected == "405" || answer.contains("application/problem+json"), "{answer}");
    }
}

#[test]
fn a_process_without_the_context_says_404() {
    let runtime = runtime();
    let process = Process::start(&runtime, Arc::new(Mailboxes(vec![])), &["source"]);
    for path in ["head?context=source", "replicas?context=source", "log?context=source&after=0"] {
        assert_eq!(status(&get(&runtime, &process, &format!("/internal/{path}"))), "404", "{path}");
    }
}

#[test]
fn a_log_that_can_t_be_read_is_503_with_its_reason() {
    let runtime = runtime();
    let (log, process) = source(&runtime);
    log.is_late.store(true, std::sync::atomic::Ordering::Relaxed);
    let answer = get(&runtime, &process, "/internal/log?context=source&after=0");
    assert_eq!(status(&answer), "503");
    assert!(answer.contains("its store is away"), "{answer}");
}

fn message(from: &str, to: &str, protocol: u16) -> String {
    format!(r#"{{"protocol":{protocol},"from":"{from}","to":"{to}","message":{{"RangeVoided":{{"by":"x","to":9}}}}}}"#)
}

#[test]
fn bad_messages_get_a_clear_problem_and_nothing_is_taken() {
    let runtime = runtime();
    let counting = Arc::new(crate::broken::Counting::default());
    let process = Process::start(&runtime, counting, &["source"]);
    let json = "application/json";
    let good = message("catch", "source", PROTOCOL);
    let (forged, astray) = (message("other", "source", PROTOCOL), message("catch", "other", PROTOCOL));
    let many = format!("[{}]", vec![good.as_str(); 257].join(","));
    let large = format!("[{}]", " ".repeat((4 << 20) - 1)); // one byte more than there is room for
    for (media_type, body, expected) in [
        ("text/plain", "[]", "415"),
        (json, "", "400"),
        (json, "{", "400"),
        (json, "{}", "400"),
        (json, &many, "413"),
        (json, &large, "413"),
        (json, &format!("[{good},{forged}]"), "401"),
        (json, &format!("[{good},{astray}]"), "401"),
    ] {
        let answer = post(&runtime, &process, media_type, body);
        assert_eq!(status(&answer), expected, "{media_type} {}: {answer}", &body[..body.len().min(200)]);
    }
}

#[test]
fn each_message_of_a_list_has_its_outcome() {
    let runtime = runtime();
    let counting = Arc::new(crate::broken::Counting::default());
    let process = Process::start(&runtime, counting, &["source"]);
    let (good, newer) = (message("catch", "source", PROTOCOL), message("catch", "source", PROTOCOL + 1));
    let answer =
        post(&runtime, &process, "application/json; charset=utf-8", &format!(r#"[{good},{newer},{{"a":1}},{good}]"#));
    assert_eq!(status(&answer), "200");
    assert!(answer.ends_with(r#"["taken","unreadable","unreadable","taken"]"#), "{answer}");
}
