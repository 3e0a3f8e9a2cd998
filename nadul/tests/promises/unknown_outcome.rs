//! A payment that does not answer is neither paid nor unpaid: the caller gets 503 and the hold is voided, across crashes.
use crate::taxi::{hail, is_empty, set, taxi, trip};
use crate::under_way::{TOO_SHORT, held};
use process::Nadul;
use serde_json::json;

#[test]
fn a_payment_that_answers_too_late_is_voided() {
    let nadul = Nadul::new();
    let served = set(&nadul, &["taxi.payment_timeout_ms=100"]);
    for mode in ["late", "slow", "late"] {
        served.pays("taxi", mode);
        let away = served.post("/catches", &trip("kim"));
        away.refused(503, "unavailable");
        assert!(away.header("retry-after").parse::<u64>().is_ok(), "{away:?}");
    }
    served.pays("taxi", "approve");
    served.becomes("/operator/contexts", "every undo acknowledged", |answer| {
        answer.text.matches("\"undoing\":0").count() == 5
    });
    (1..=3).for_each(|id| {
        served.becomes(&format!("/payments/{id}"), "nothing", |answer| answer.status == 404);
    });
    is_empty(&served);
    let id = hail(&served, "lee");
    served.shows(&format!("/myPages/{id}"), "PaymentApproved");
    served.counts("/payments", 1);
    served.stop();
    nadul.is_proved();
}

/// Killed while the hold stands and its answer is on its way: after the next start it is gone.
#[test]
fn a_hold_whose_caller_was_killed_is_voided_after_the_next_start() {
    let nadul = Nadul::new();
    let served = set(&nadul, &[&format!("taxi.payment_timeout_ms={TOO_SHORT}")]);
    served.pays("taxi", "late");
    let (hold, customer) = held(&served, "/catches", &trip("kim"), "/payments");
    served.kill();
    assert_ne!(customer.join().expect("it ends").status, 201, "nobody was told that it was requested");
    let served = taxi(&nadul);
    served.becomes(&format!("/payments/{}", hold.id()), "nothing", |answer| answer.status == 404);
    is_empty(&served);
    hail(&served, "lee");
    served.counts("/myPages", 1);
    served.stop();
    nadul.is_proved();
}

#[test]
fn a_void_waits_for_a_payment_that_is_down() {
    let nadul = Nadul::new();
    let served = set(&nadul, &[&format!("taxi.payment_timeout_ms={TOO_SHORT}")]);
    served.pays("taxi", "late");
    let (hold, customer) = held(&served, "/catches", &trip("kim"), "/payments");
    served.works("taxi", "payment", false);
    customer.join().expect("it ends").refused(503, "unavailable");
    served.pays("taxi", "approve");
    served.kill();
    let served = taxi(&nadul);
    served.becomes(&format!("/payments/{}", hold.id()), "nothing", |answer| answer.status == 404);
    is_empty(&served);
    served.stop();
    nadul.is_proved();
}

/// call-taxi says what its caller gets instead: a call that is recorded as failed, and never anything more.
#[test]
fn the_declared_fallback_stands_in_for_the_503() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["call-taxi", "--data", "data", "--set", "call-taxi.payment_timeout_ms=100"]);
    served.pays("call-taxi", "late");
    let call = json!({ "userId": "kim", "userName": "Kim", "distance": 1 });
    let failed = served.post("/calls", &call);
    assert_eq!(failed.with(201)["callStatus"], "payFail");
    served.pays("call-taxi", "approve");
    served.shows(&format!("/callViews/{}", failed.id()), "payFail");
    served.becomes(&format!("/payments/{}", failed.id()), "nothing", |answer| answer.status == 404);
    served.rests();
    served.counts("/payments", 0);
    served.counts("/drives", 0);
    served.stop();
    nadul.is_proved();
}
