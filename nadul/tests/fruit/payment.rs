//! Payment declined, slow, late, down and overloaded: nothing of the order is left, and the next one is as good as ever.
use crate::shop::{is_empty, open, open_with, order, sent};
use process::{Answer, Served};
use serde_json::{Value, json};

#[track_caller]
fn told_when_to_come_back(answer: &Answer) {
    answer.refused(503, "unavailable");
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{answer:?}");
}

/// What payment alone knows: held, and voided again.
fn money(served: &Served<'_>) -> Vec<String> {
    let private = |event: &Value| event["published"] == false;
    let name = |event: Value| event["eventType"].as_str().unwrap_or_default().to_string();
    served.nadul.log("fruit/payment").into_iter().filter(private).map(name).collect()
}

/// The next order is as good as ever; where payment has little time, a busy machine may need a second one.
#[track_caller]
fn works_again(served: &Served<'_>) {
    served.pays("fruit", "approve");
    served.becomes("/orders", "an order", |_| served.post("/orders", &order("lee")).status == 201);
    served.rests();
    served.counts("/deliveries", 1);
    served.counts("/orders?userId=kim", 0);
}

#[test]
fn a_declined_payment_leaves_no_order() {
    open(|served| {
        served.pays("fruit", "decline");
        for (language, why) in [("ko", "결제가 거절되었습니다."), ("en", "The payment was declined.")] {
            let headers = [("accept-language", language)];
            let answer = served.door().ask("POST", "/orders", &headers, &order("kim").to_string());
            let answer = answer.expect("an answer");
            answer.refused(402, "payment-declined");
            assert!(answer.json()["detail"].as_str().is_some_and(|detail| detail.starts_with(why)), "{answer:?}");
        }
        is_empty(served.rests());
        works_again(served);
    });
}

#[test]
fn a_slow_payment_is_waited_for() {
    open(|served| {
        served.pays("fruit", "slow");
        sent(served, "kim");
    });
}

#[test]
fn a_payment_slower_than_its_time_leaves_no_order() {
    open_with(&["fruit.payment_timeout_ms=100"], |served| {
        served.pays("fruit", "slow");
        told_when_to_come_back(&served.post("/orders", &order("kim")));
        is_empty(served.rests());
        works_again(served);
    });
}

#[test]
fn what_was_held_too_late_is_voided() {
    open_with(&["fruit.payment_timeout_ms=600"], |served| {
        served.pays("fruit", "late");
        told_when_to_come_back(&served.post("/orders", &order("kim")));
        served.becomes("/payments/1", "nothing", |answer| answer.status == 404);
        assert_eq!(money(served), ["MoneyHeld", "MoneyVoided"]);
        is_empty(served.rests());
        works_again(served);
    });
}

#[test]
fn while_payment_is_down_nothing_is_ordered() {
    open(|served| {
        served.pays("fruit", "down");
        told_when_to_come_back(&served.post("/orders", &order("kim")));
        is_empty(served.rests());
        works_again(served);
    });
}

fn circuit(served: &Served<'_>) -> Value {
    let contexts = served.get("/operator/contexts").json()["contexts"].clone();
    let order = contexts.as_array().and_then(|all| all.iter().find(|context| context["context"] == "order").cloned());
    let upstreams = order.unwrap_or_default()["upstreams"].clone();
    upstreams.as_array().and_then(|all| all.iter().find(|to| to["name"] == "payment").cloned()).unwrap_or_default()
}

/// Orders until payment is given a rest.
fn overload(served: &Served<'_>) {
    served.pays("fruit", "slow");
    served.becomes("/operator/contexts", "a circuit that is not closed", |_| {
        served.at_once(8, |door, _| told_when_to_come_back(&door.post("/orders", &order("kim")).expect("an answer")));
        circuit(served)["state"] != "closed" // open, or on trial again
    });
    served.pays("fruit", "approve");
}

#[test]
fn while_payment_is_overloaded_customers_are_asked_to_come_back() {
    open_with(&["fruit.payment_timeout_ms=50", "runtime.breaker_open_ms=600000"], |served| {
        overload(served);
        let answer = served.post("/orders", &order("kim"));
        told_when_to_come_back(&answer);
        served
            .becomes("/operator/contexts", "nobody on the way to payment", |_| circuit(served)["inFlight"] == json!(0));
        is_empty(served.rests());
    });
}

#[test]
fn orders_are_taken_again_after_payment_had_its_rest() {
    open_with(&["fruit.payment_timeout_ms=50", "runtime.breaker_open_ms=50"], |served| {
        overload(served);
        works_again(served);
        served.counts("/payments", 1);
    });
}
