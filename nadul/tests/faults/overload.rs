//! Far more is asked than can be done: the rest is told to come back, memory stays bounded, and it recovers at once.
use crate::faults::wait::proved;
use crate::faults::wire::{Wire, post};
use crate::trip::{catch, trip};
use process::{HttpAnswer, Nadul, ServerProcess};
use serde_json::json;

/// What it takes in at once: a tenth of what is offered.
const SMALL: [&str; 11] = [
    "taxi",
    "--data",
    "data",
    "--set",
    "runtime.queue_max=8",
    "--set",
    "runtime.sagas_max=8",
    "--set",
    "runtime.calls_max=8",
    "--set",
    "http.requests_max=16",
];
/// As `http.requests_max` says, and `http.bodies_max` where bodies are large.
const INSIDE: usize = 16;
const CONNECTIONS: usize = 160;
/// StreamEvent on each connection without waiting for an answer.
const EACH: usize = 40;
/// What a process may need beyond what it needed at rest.
const MEMORY_MAX_KB: u64 = 96 << 10;

/// The most memory it ever had.
fn peak_kb(server: &ServerProcess<'_>) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).expect("it is at work");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).expect("the machine counts memory")
}

/// Everybody sends all they have, then reads what was answered.
fn flood(url: &str) -> Vec<HttpAnswer> {
    let request = post("/taxi/catches", &trip("kim").to_string());
    std::thread::scope(|scope| {
        let customer = || {
            let mut wire = Wire::open(url);
            assert!(wire.send(request.repeat(EACH)));
            (0..EACH).map(|_| wire.answer().expect("every request is answered")).collect::<Vec<_>>()
        };
        let customers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(customer)).collect();
        customers.into_iter().flat_map(|customer| customer.join().expect("a customer ends")).collect()
    })
}

#[test]
fn ten_times_too_much_is_turned_away_politely_and_nothing_is_lost_or_doubled() {
    let nadul = Nadul::new();
    let server = nadul.serve(&SMALL);
    catch(&server, "lee");
    let before = peak_kb(&server);
    let answers = flood(&server.url);
    catch(&server, "lee");
    let (done, turned_away): (Vec<&HttpAnswer>, Vec<&HttpAnswer>) =
        answers.iter().partition(|answer| answer.status == 201);
    for answer in &turned_away {
        assert!(answer.status == 503 && !answer.header("retry-after").is_empty(), "{answer:?}");
        assert!(["overloaded", "unavailable"].contains(&answer.problem().as_str()), "{answer:?}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    assert!(done.len() > CONNECTIONS && turned_away.len() > CONNECTIONS, "{} {}", done.len(), turned_away.len());
    let mut ids: Vec<u64> = done.iter().map(|answer| answer.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), done.len(), "an id was given twice");
    for list in ["catches", "payments", "catchReqLists", "myPages"] {
        server.wait_for_count(&format!("/taxi/{list}?size=1"), ids.len() as u64 + 2);
    }
    for id in &ids {
        assert_eq!(server.get(&format!("/taxi/catches/{id}")).id(), *id, "what was promised is gone");
    }
    let grown = peak_kb(&server) - before;
    assert!(grown < MEMORY_MAX_KB, "{grown} KB more than before");
    proved(server);
}

/// If everybody were let in, as many large bodies as there are connections would have to be kept.
#[test]
fn large_bodies_take_bounded_memory_and_turn_others_away() {
    const BODY: usize = 1 << 20;
    let nadul = Nadul::new();
    let server = nadul.serve(
        &[&SMALL[..], &["--set", &format!("http.body_bytes_max={BODY}"), "--set", "http.bodies_max=16"]].concat(),
    );
    catch(&server, "lee");
    let before = peak_kb(&server);
    let whole = post("/taxi/catches", &json!({ "pad": "x".repeat(BODY - 64) }).to_string());
    let mut wires: Vec<Wire> = (0..CONNECTIONS).map(|_| Wire::open(&server.url)).collect();
    for wire in &mut wires {
        let _turned_away_meanwhile = wire.send(&whole[..whole.len() - 1]);
    }
    let answers: Vec<HttpAnswer> = wires.iter_mut().filter_map(|wire| wire.send("}").then(|| wire.answer())?).collect();
    let inside = answers.iter().filter(|answer| answer.status == 400).count();
    let outside = answers.iter().filter(|answer| answer.status == 503 && answer.problem() == "overloaded").count();
    assert!(inside >= INSIDE && inside + outside == answers.len(), "{inside} inside, {outside} outside");
    catch(&server, "lee");
    let grown = peak_kb(&server) - before;
    assert!(grown < MEMORY_MAX_KB, "{grown} KB more than before");
    proved(server);
}
