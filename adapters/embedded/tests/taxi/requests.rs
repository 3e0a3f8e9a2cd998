//! Requests find their context by its name.
use crate::town::{Town, hail, say};
use runtime::port::work::SystemAtWork;

#[test]
fn a_hail_is_paid_for_and_answered() {
    let town = Town::new();
    assert_eq!(town.hail(), "done");
    town.wait_for("the payment", |town| town.log("payment").len() == 2);
    town.wait_for("the customer's page", |town| {
        let reader = town.host.reader("mypage").expect("it runs");
        reader.rows("myPages@1", kernel::Id(0), 10).expect("it works").len() == 1
    });
}

#[test]
fn a_request_to_a_context_that_does_not_exist_is_unavailable() {
    let town = Town::new();
    let response = town.send("nowhere", hail()).recv().expect("there is a response");
    assert_eq!(say(response), "unavailable, nowhere");
    assert!(town.host.reader("nowhere").is_none() && !town.host.is_running("nowhere"));
    assert!(town.host.start_context("nowhere").is_err());
    assert_eq!(town.host.resume("nowhere", kernel::Id(1), None), Err("there is no context nowhere".into()));
}

#[test]
fn a_request_to_a_context_that_is_stopped_is_unavailable_and_the_others_go_on() {
    let town = Town::new();
    town.host.stop_context("pickup");
    let response = town.send("pickup", hail()).recv().expect("there is a response");
    assert_eq!(say(response), "unavailable, pickup");
    assert_eq!(town.hail(), "done");
}

#[test]
fn a_system_that_drains_finishes_what_is_under_way_and_takes_nothing_new() {
    let town = Town::new();
    let under_way = town.send("catch", hail());
    town.wait_for("the call", |town| !town.log("payment").is_empty());
    assert!(town.host.drain());
    assert_eq!(say(under_way.recv().expect("there is a response")), "done");
    assert_eq!(town.hail(), "unavailable, catch");
}
