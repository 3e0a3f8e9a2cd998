//! The sandbox plays the provider that payment relies on.
use crate::town::Town;
use runtime::port::work::{ProviderMode, SystemAtWork};
use std::time::{Duration, Instant};

#[test]
fn a_provider_that_declines_refuses_without_the_callee() {
    let town = Town::new();
    town.host.set_provider_mode(ProviderMode::Decline);
    assert_eq!(town.hail(), "refused, payment-declined");
    assert!(town.log("payment").is_empty() && town.log("catch").is_empty());
    town.host.set_provider_mode(ProviderMode::Approve);
    assert_eq!(town.hail(), "done");
}

#[test]
fn a_provider_can_not_decline_where_its_context_is_stopped() {
    let town = Town::new();
    town.host.set_provider_mode(ProviderMode::Decline);
    town.host.stop_context("payment");
    assert_eq!(town.hail(), "unavailable, payment");
}

#[test]
fn a_provider_that_is_down_can_not_be_reached() {
    let town = Town::new();
    town.host.set_provider_mode(ProviderMode::Down);
    assert_eq!(town.hail(), "unavailable, payment");
    assert!(town.log("payment").is_empty() && town.log("catch").is_empty());
}

#[test]
fn a_provider_that_is_slow_answers_within_its_time() {
    let town = Town::with(|limits| limits.sandbox_slow_ms = 200, |settings| settings.set("payment_timeout_ms", "5000"));
    town.host.set_provider_mode(ProviderMode::Slow { ms: None });
    let began = Instant::now();
    assert_eq!(town.hail(), "done");
    assert!(began.elapsed() >= Duration::from_millis(200));
}

#[test]
fn a_provider_that_answers_late_has_held_the_money_and_it_is_released() {
    let late = |limits: &mut runtime::limits::Limits| limits.sandbox_late_ms = 60_000;
    let town = Town::with(late, |settings| settings.set("payment_timeout_ms", "500"));
    town.host.set_provider_mode(ProviderMode::Late);
    assert_eq!(town.hail(), "unavailable, payment");
    town.wait_for("the release", |town| town.log("payment").len() == 2);
    assert!(town.log("catch").is_empty());
}

#[test]
fn only_the_way_to_the_provider_is_played() {
    let town = Town::new();
    assert_eq!(town.hail(), "done");
    town.host.set_provider_mode(ProviderMode::Down);
    town.wait_for("the payment", |town| town.log("payment").len() == 2);
}
