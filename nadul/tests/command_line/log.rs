//! The log: in order of time over all contexts, of one key, behind a position, as JSON lines, and while it happens.
use crate::trip;
use process::{CommandOutput, Nadul};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

fn town(catches: usize) -> Nadul {
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi"]);
    trip::catches(&server, catches);
    server.wait_for_text("/taxi/myPages?customer=kim", &format!("\"totalElements\":{catches}"));
    server.stop();
    nadul
}

fn lines(said: &CommandOutput) -> Vec<Value> {
    said.out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn text<'a>(event: &'a Value, name: &str) -> &'a str {
    event[name].as_str().unwrap_or_default()
}

#[test]
fn events_come_in_order_of_time_with_their_frame() {
    let events = lines(&town(3).run(&["log", "taxi", "--json"]));
    let times: Vec<&str> = events.iter().map(|event| text(event, "timestamp")).collect();
    assert!(times.is_sorted() && times.len() > 12, "{times:?}");
    let paid = events.iter().find(|event| event["eventType"] == "PaymentApproved").expect("a payment");
    for name in ["eventId", "correlationId", "source", "position", "matchId", "price", "customer"] {
        assert!(!paid[name].is_null(), "{name} is missing in {paid}");
    }
    assert_eq!((text(paid, "source"), &paid["price"]), ("payment", &Value::from(9000)));
}

#[test]
fn one_key_and_one_context_and_what_stands_behind_a_position() {
    let nadul = town(3);
    let of_key = lines(&nadul.run(&["log", "taxi", "--key", "2", "--json"]));
    assert!(of_key.len() > 3 && of_key.iter().all(|event| event["key"] == 2), "{of_key:?}");
    let all = lines(&nadul.run(&["log", "taxi/payment", "--json"]));
    let behind = lines(&nadul.run(&["log", "taxi/payment", "--after", "2", "--json"]));
    assert_eq!(behind, all[2..]);
    let said = nadul.run(&["log", "taxi", "--after", "2"]);
    assert!(said.code == Some(2) && said.err.contains("name a context too"), "{said:?}");
}

#[test]
fn people_read_a_line_an_event() {
    let said = town(1).run(&["log", "taxi/catch"]);
    let line = said.out.lines().next().unwrap_or_default();
    assert!(line.contains("  catch@1        CatchRequested  matchId=1  "), "{said:?}");
    assert!(line.contains("customer=\"kim\""), "{said:?}");
}

/// What a customer wrote controls no operator's terminal; a program reads it as it is.
#[test]
fn characters_that_control_a_terminal_are_escaped_for_people() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi"]);
    let customer = "kim\u{9b}31m\u{202e}\u{2028}\u{200b}end";
    trip::catch(&server, customer);
    server.wait_until_idle();
    server.stop();
    let said = nadul.run(&["log", "taxi"]);
    let hidden = |character: &char| "\u{9b}\u{202e}\u{2028}\u{200b}".contains(*character);
    assert_eq!(said.out.chars().find(hidden), None, "{said:?}");
    assert!(said.out.contains(r#"customer="kim\u{9b}31m\u{202e}\u{2028}\u{200b}end""#), "{said:?}");
    let events = lines(&nadul.run(&["log", "taxi", "--json"]));
    assert!(events.iter().any(|event| event["customer"] == customer), "{events:?}");
}

#[test]
fn a_follower_sees_what_happens() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi"]);
    let mut follower =
        nadul.command(&["log", "taxi/catch", "--follow"]).stdout(Stdio::piped()).spawn().expect("starts");
    let mut out = BufReader::new(follower.stdout.take().expect("piped")).lines();
    for id in [trip::catch(&server, "kim"), trip::catch(&server, "lee")] {
        let line = out.next().expect("a line").expect("UTF-8");
        assert!(line.contains(&format!("CatchRequested  matchId={id}")), "{line}");
    }
    let _already_gone = follower.kill();
    let _already_waited = follower.wait();
    server.stop();
}

#[test]
fn nothing_to_read_is_said_so() {
    let said = Nadul::new().run(&["log", "taxi"]);
    assert!(said.code == Some(2) && said.err.contains("holds nothing of taxi"), "{said:?}");
}
