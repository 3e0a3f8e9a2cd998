//! Contexts in processes of their own hear each other over the topic of their system.
use super::load::{Addresses, while_hailing};
use super::stack::Stack;
use super::{TAXI, served};
use kafka_broker::KafkaBroker;
use process::{HttpAnswer, Nadul, WAIT_LIMIT};
use std::time::Instant;

const TOPIC: &str = "taxiteam";
/// Customers who are served while there is no broker.
const WITHOUT: usize = 4;
/// Contexts that hear others.
const READERS: [&str; 4] = ["mypage", "pickup", "payment", "message"];

fn values<'a>(answer: &'a HttpAnswer, metric: &'a str, label: &'a str) -> impl Iterator<Item = f64> + 'a {
    let lines = answer.text.lines().filter(move |line| line.starts_with(metric) && line.contains(label));
    lines.filter_map(|line| line.rsplit(' ').next()?.parse().ok())
}

fn joined(answer: &HttpAnswer) -> f64 {
    values(answer, "nadul_feed_messages_total{", "became=\"joined\"").sum()
}

/// How much each reader has heard over the topic so far, and whether it hears all its sources there.
fn heard(stack: &Stack<'_>) -> [(f64, bool); READERS.len()] {
    READERS.map(|name| {
        stack.at(&format!("taxi/{name}-1"), |process| {
            let metrics = process.get("/metrics");
            let mut ways = values(&metrics, "nadul_feed_reads_log{", "").peekable();
            (joined(&metrics), ways.peek().is_some() && ways.all(|reads_log| reads_log == 0.0))
        })
    })
}

/// Serves customers until each reader hears all its sources over the topic, and has heard more there. How many.
fn serve_until_the_topic_is_heard(stack: &Stack<'_>) -> usize {
    let (before, until) = (heard(stack), Instant::now() + WAIT_LIMIT);
    let goes_on = |((before, _), (now, over_the_topic)): (&(f64, bool), &(f64, bool))| *over_the_topic && now > before;
    for many in 1.. {
        served(&stack.gateway, "kim");
        let now = heard(stack);
        if before.iter().zip(&now).all(goes_on) {
            return many;
        }
        assert!(Instant::now() < until, "the topic is never heard: {now:?} after {before:?}");
    }
    unreachable!("it ends before");
}

#[test]
fn under_load_a_broker_stops_and_a_topic_is_removed_and_nothing_is_lost_or_doubled() {
    let (nadul, broker) = (Nadul::new(), KafkaBroker::start());
    let stack = Stack::over_a_topic(&nadul, "taxi", &TAXI, &broker.bootstrap);
    let (many, account) = while_hailing(&Addresses::of(&[&stack.gateway]), 2, || {
        let at_first = serve_until_the_topic_is_heard(&stack);
        broker.kill();
        for _ in 0..WITHOUT {
            served(&stack.gateway, "lee");
        }
        broker.start_again();
        let again = serve_until_the_topic_is_heard(&stack);
        assert!(broker.topic(TOPIC).remove(), "it was there");
        at_first + WITHOUT + again + serve_until_the_topic_is_heard(&stack)
    });
    account.expect_all_made();
    account.expect_each_once(&stack.gateway, many);
    stack.check();
}
