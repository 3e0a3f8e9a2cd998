//! A consumer that was away: it reads what it has missed from the logs of its sources, in order, while its system works on.
use super::load::{Addresses, while_hailing};
use super::{TAXI, many, stack::Stack};
use process::Nadul;

/// Each request makes two that others hear of.
const EVENTS_EACH: usize = 2;

#[test]
fn a_consumer_that_was_away_for_long_catches_up_under_load() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let addresses = Addresses::of(&[&stack.gateway]);
    let away = ["mypage", "message"];
    away.iter().for_each(|context| stack.gateway.stop_context("taxi", context));
    let events = many::of("NADUL_TEST_BEHIND", 1000) as u64;
    let enough = events.div_ceil(EVENTS_EACH as u64);
    let is_enough = |answer: &process::HttpAnswer| answer.json()["page"]["totalElements"].as_u64() >= Some(enough);
    let ((), missed) = while_hailing(&addresses, 8, || {
        let until = std::time::Instant::now() + std::time::Duration::from_secs(600);
        while !is_enough(&stack.gateway.get("/taxi/payments?size=1")) {
            assert!(std::time::Instant::now() < until, "too slow to fall behind");
        }
    });
    missed.expect_all_made();
    let ((), meanwhile) = while_hailing(&addresses, 2, || {
        away.iter().for_each(|context| stack.gateway.start_context("taxi", context));
        stack.gateway.wait_until("/taxi/myPages?size=1", "what it has missed", is_enough);
    });
    meanwhile.expect_all_made();
    meanwhile.expect_each_once(&stack.gateway, missed.made.len());
    stack.check();
}
