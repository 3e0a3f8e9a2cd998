//! A newer release comes beside an older one: it is given the contexts once it is ready, and not where it can't own them.
use super::load::{Addresses, while_hailing};
use super::{TAXI, stack::Stack};
use crate::trip::catch;
use process::Nadul;

const NEWER: [&str; 2] = ["--set", "cluster.release=1000000000"];

#[test]
fn a_newer_release_is_given_the_context_once_it_is_ready_and_no_request_fails() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let (older, newer) = (stack.owner_of("catch").expect("an owner"), stack.one_that_stands_by("catch"));
    let ((), account) = while_hailing(&Addresses::of(&[&stack.gateway]), 4, || {
        stack.stop(&newer);
        stack.launch_with(&newer, &NEWER);
        stack.wait_for_another_owner("catch", &older);
        catch(&stack.gateway, "kim");
    });
    stack.wait_until_owned_by("catch", &newer); // who gave it away knows its new owner only from its next look on
    account.expect_all_made();
    account.expect_each_once(&stack.gateway, 1);
    stack.check();
}

/// Its account of the database may read what the older one writes, and say that it is there, but own nothing.
#[test]
fn a_newer_release_that_can_not_own_the_context_says_so_and_the_older_one_goes_on() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let (older, newer) = (stack.owner_of("catch").expect("an owner"), stack.one_that_stands_by("catch"));
    let url = stack.database.url_of_a_reader("taxi_catch", &["replicas", "lease"]);
    let ((), account) = while_hailing(&Addresses::of(&[&stack.gateway]), 4, || {
        stack.stop(&newer);
        stack.launch_with(&newer, &[&NEWER[..], &["--set", &format!("postgres.url={url}")]].concat());
        stack.at(&older, |process| {
            process.wait_for_text("/metrics", "nadul_given_away_total{system=\"taxi\",context=\"catch\"} 1");
        });
        stack.at(&newer, |process| {
            process.wait_until("/health/ready", "that it is not ready", |answer| answer.status == 503);
        });
        stack.wait_until_owned_by("catch", &older);
        catch(&stack.gateway, "kim");
    });
    account.expect_all_made();
    account.expect_each_once(&stack.gateway, 1);
    stack.stop(&newer);
    stack.start(&newer);
    stack.check();
}
