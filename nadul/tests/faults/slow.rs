//! Clients that are slow, silent or deaf: they are let go in time, and others are server meanwhile.
use crate::faults::wait::proved;
use crate::faults::wire::Wire;
use crate::trip::{catch, catches};
use process::Nadul;

const TAXI: [&str; 3] = ["taxi", "--data", "data"];
const CLIENTS: usize = 150;

fn serve<'a>(nadul: &'a Nadul, setting: &str) -> process::ServerProcess<'a> {
    nadul.serve(&[&TAXI[..], &["--set", setting]].concat())
}

#[test]
fn heads_that_never_end_are_let_go() {
    let nadul = Nadul::new();
    let server = serve(&nadul, "http.header_timeout_ms=500");
    let mut wires: Vec<Wire> = (0..CLIENTS).map(|_| Wire::open(&server.url)).collect();
    for wire in &mut wires {
        assert!(wire.send("POST /taxi/catches HTTP/1.1\r\nhost: localhost\r\nx-slow: "));
    }
    catches(&server, 3);
    for wire in &mut wires {
        let _let_go_meanwhile = wire.send("a");
        assert!(wire.answer().is_none_or(|answer| answer.status == 408));
        assert!(wire.answer().is_none(), "it is not let go");
    }
    proved(server);
}

#[test]
fn bodies_that_never_end_are_told_so() {
    let nadul = Nadul::new();
    let server = serve(&nadul, "http.body_timeout_ms=500");
    let mut wires: Vec<Wire> = (0..CLIENTS).map(|_| Wire::open(&server.url)).collect();
    for wire in &mut wires {
        assert!(wire.send("POST /taxi/catches HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{\"price\":"));
    }
    catches(&server, 3);
    for wire in &mut wires {
        let _told_meanwhile = wire.send("1");
        wire.answer().expect("an answer").expect_problem(408, "body-too-slow");
    }
    server.wait_for_count("/taxi/catches", 3);
    proved(server);
}

#[test]
fn clients_that_say_nothing_are_in_nobodys_way() {
    let nadul = Nadul::new();
    let server = serve(&nadul, "http.header_timeout_ms=500");
    let mut wires: Vec<Wire> = (0..2 * CLIENTS).map(|_| Wire::open(&server.url)).collect();
    catches(&server, 3);
    assert!(wires.iter_mut().all(|wire| wire.answer().is_none()), "they are let go");
    proved(server);
}

#[test]
fn streams_that_are_never_read_hold_up_nobody() {
    let nadul = Nadul::new();
    let server = serve(&nadul, "http.drain_ms=500");
    let mut deaf: Vec<Wire> = (0..50).map(|_| Wire::open(&server.url)).collect();
    for wire in &mut deaf {
        assert!(wire.send("GET /taxi/myPages HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n"));
    }
    let live = server.stream("/taxi/myPages", None);
    catches(&server, 200);
    let last = catch(&server, "lee");
    live.wait_for(&format!("\"id\":{last}"));
    server.wait_for_count("/taxi/myPages?size=1", 201);
    proved(server);
}
