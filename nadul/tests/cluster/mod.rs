//! A system as many processes: every context has two, a gateway stands before them, and any of them may go at any time.
pub mod backup;
mod behind;
mod database;
mod heard;
mod killed;
mod load;
mod many;
mod operator;
mod releases;
mod settings;
mod signed_in;
mod stack;
mod tls;

use crate::trip::{catch, trip};
use load::{Addresses, while_hailing};
use process::{EventStream, HttpAnswer, Nadul, ServerProcess, WAIT_LIMIT};
use serde_json::{Value, json};
use stack::Stack;
use std::time::Instant;

const TAXI: [&str; 5] = ["catch", "pickup", "payment", "mypage", "message"];

/// Hailed, paid, picked by a driver, and seen so on every page.
fn served(gateway: &ServerProcess<'_>, customer: &str) -> u64 {
    served_by(gateway, customer, |path, body| gateway.post(path, body))
}

/// The same by somebody who comes again as long as something is down.
fn served_at_last(gateway: &ServerProcess<'_>, customer: &str) -> u64 {
    let until = Instant::now() + WAIT_LIMIT;
    served_by(gateway, customer, |path, body| {
        loop {
            let answer = gateway.post(path, body);
            if answer.status != 503 || Instant::now() > until {
                return answer;
            }
            answer.expect_problem(503, "unavailable");
        }
    })
}

fn served_by(gateway: &ServerProcess<'_>, customer: &str, post: impl Fn(&str, &Value) -> HttpAnswer) -> u64 {
    let answer = post("/taxi/catches", &trip(customer));
    answer.expect_status(201);
    let id = answer.id();
    gateway.wait_for_text(&format!("/taxi/catchReqLists/{id}"), "\"id\"");
    post("/taxi/pickUps", &json!({ "matchId": id, "driver": "han" })).expect_status(201);
    gateway.wait_for_text(&format!("/taxi/myPages/{id}"), "\"status\":\"PickupAssigned\"");
    id
}

#[test]
fn a_system_as_many_processes_serves_like_one() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let id = served(&stack.gateway, "kim");
    // any process answers any request of its system
    for name in stack.names() {
        stack.at(&name, |process| {
            process.get(&format!("/taxi/catches/{id}")).expect_status(200);
            process.post("/taxi/catches", &trip(&name)).expect_status(201);
        });
    }
    stack.gateway.wait_for_count("/taxi/myPages", 1 + stack.names().len() as u64);
    stack.check();
}

#[test]
fn every_process_streams_what_another_one_writes() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let streams =
        stack.names().into_iter().map(|name| stack.at(&name, |process| process.stream("/taxi/catches", None)));
    let streams: Vec<EventStream> = streams.collect();
    for customer in ["kim", "lee", "han"] {
        served(&stack.gateway, customer);
        streams.iter().for_each(|stream| drop(stream.wait_for(customer)));
    }
}

#[test]
fn an_owner_that_is_killed_is_followed_and_no_request_of_its_clients_fails() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let owner = stack.owner_of("catch").expect("an owner");
    let ((), account) = while_hailing(&Addresses::of(&[&stack.gateway]), 4, || {
        stack.kill(&owner);
        stack.wait_for_another_owner("catch", &owner);
    });
    account.expect_all_made();
    account.expect_each_once(&stack.gateway, 0);
    stack.check();
}

/// Who calls a context that is gone is told so politely, and nothing is half done.
#[test]
fn an_owner_that_others_call_is_killed_and_followed() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let owner = stack.owner_of("payment").expect("an owner");
    let ((), account) = while_hailing(&Addresses::of(&[&stack.gateway]), 4, || {
        stack.kill(&owner);
        stack.wait_for_another_owner("payment", &owner);
    });
    account.expect_others_to_be_unavailable();
    account.expect_known();
    account.expect_each_once(&stack.gateway, 0);
    stack.start(&owner);
    stack.wait_for_owners();
    served(&stack.gateway, "kim");
    stack.check();
}

#[test]
fn an_owner_that_stands_still_is_followed_and_writes_nothing_when_it_wakes_up() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let owner = stack.owner_of("catch").expect("an owner");
    let ((), account) = while_hailing(&Addresses::of(&[&stack.gateway]), 4, || {
        stack.at(&owner, |process| {
            process.signal("-STOP");
        });
        stack.wait_for_another_owner("catch", &owner);
        stack.at(&owner, |process| {
            process.signal("-CONT");
            process.wait_for_text("/metrics", "nadul_seat{system=\"taxi\",context=\"catch\",role=\"follower\"} 1");
        });
    });
    account.expect_all_made();
    account.expect_each_once(&stack.gateway, 0);
    stack.check();
}

#[test]
fn every_process_is_restarted_and_no_request_fails() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let ((), account) = while_hailing(&Addresses::of(&[&stack.gateway]), 4, || {
        for name in stack.names().iter().cycle().take(many::of("NADUL_TEST_RESTARTS", stack.names().len())) {
            stack.stop(name);
            stack.start(name);
            stack.wait_for_owners();
        }
    });
    account.expect_all_made();
    account.expect_each_once(&stack.gateway, 0);
    stack.check();
}

/// A gateway looks for processes by itself more seldom than a request waits: who waits for an owner has it looked for.
#[test]
fn a_context_that_is_given_away_is_found_by_those_who_wait_for_it() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let gateway = stack.a_gateway_with(&["cluster.find_ms=4000", "http.handover_hold_ms=1500"]);
    let ((), account) = while_hailing(&Addresses::of(&[&gateway]), 4, || {
        for _ in 0..2 {
            let owner = stack.owner_of("catch").expect("an owner");
            stack.stop(&owner);
            stack.wait_for_another_owner("catch", &owner);
            catch(&gateway, "kim");
            stack.start(&owner);
        }
    });
    account.expect_all_made();
    account.expect_each_once(&gateway, 2);
    gateway.stop();
    stack.check();
}

/// Whoever stands before it has time to hear that it goes.
#[test]
fn a_gateway_that_is_told_to_stop_says_so_and_answers_still() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 1);
    let mut gateway = stack.a_gateway_with(&["cluster.linger_ms=60000"]);
    gateway.signal("-TERM");
    gateway.wait_until("/health/ready", "not ready", |answer| answer.status == 503);
    catch(&gateway, "kim");
    gateway.signal("-TERM"); // once more ends at once
    gateway.wait_for_exit();
    stack.check();
}

/// Each context has its store where its settings say; a file and a memory have one process. A page that was kept in memory is made
/// again by the next process.
#[test]
fn contexts_with_stores_of_different_kinds_are_processes_of_one_system() {
    let nadul = Nadul::new();
    let stack = Stack::mixed(&nadul, "taxi", &["catch"], &["pickup", "payment", "message"], &["mypage"]);
    let id = served(&stack.gateway, "kim");
    stack.gateway.get(&format!("/taxi/payments/{id}")).expect_status(200);
    assert_eq!(stack.database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'taxi%'"), "1");
    let page = stack.gateway.get(&format!("/taxi/myPages/{id}")).expect_status(200);
    stack.stop("taxi/mypage-1");
    stack.start("taxi/mypage-1");
    stack.wait_for_owners();
    stack.gateway.wait_for_text(&format!("/taxi/myPages/{id}"), "\"status\":\"PickupAssigned\"");
    assert_eq!(stack.gateway.get(&format!("/taxi/myPages/{id}")).expect_status(200), page);
    assert!(!nadul.path().join("data-taxi-mypage-1/taxi/mypage.db").exists());
    let places = [
        ("NADUL_POSTGRES_CONTEXTS", "taxi/catch"),
        ("NADUL_POSTGRES_URL", &stack.database.url),
        ("NADUL_MEMORY_CONTEXTS", "taxi/mypage"),
    ];
    let copied = nadul.run_with(&places, &["backup", "copy", "taxi", "--data", "data-taxi-payment-1"]);
    let log = |of: &str| nadul.run_with(&places, &["log", of, "--data", "data-taxi-pickup-1"]);
    let on_postgres = log("taxi/catch");
    assert!(on_postgres.code == Some(0) && on_postgres.out.contains("kim"), "{on_postgres:?}");
    let in_memory = log("taxi/mypage");
    assert!(in_memory.code == Some(2) && in_memory.err.contains("is in the memory of its process"), "{in_memory:?}");
    assert!(copied.code == Some(2) && copied.err.contains("it is one of several (nadul serve); end it"), "{copied:?}");
    stack.gateway.stop();
}
