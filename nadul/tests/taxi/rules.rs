//! What holds whatever goes wrong: payment failing, pickup down, a cancel against everything.
use crate::hailing::{cancelled, hail, listed, matched, pick, taxi, trip};
use process::Nadul;
use serde_json::{Value, json};

#[test]
fn an_unpaid_request_is_nowhere() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "--data", "data", "--set", "taxi.payment_timeout_ms=100"]);
    let lists = ["catches", "payments", "catchReqLists", "myPages", "pickUps"];
    for (mode, status) in [("decline", 402), ("late", 503), ("down", 503)] {
        served.pays("taxi", mode);
        assert_eq!(served.post("/catches", &trip("kim")).status, status, "{mode}");
    }
    served.pays("taxi", "approve");
    served.rests();
    lists.iter().for_each(|list| assert_eq!(served.rows(list), Vec::<Value>::new(), "{list}"));
    let log = nadul.log("taxi");
    assert!(log.iter().all(|event| event["published"] == false), "an unpaid request was spoken of: {log:?}");
    served.stop();
    nadul.is_proved();
}

const BREAKER: [&str; 4] = ["--set", "runtime.breaker_failures=2", "--set", "runtime.breaker_open_ms=1500"];

/// How often catch's way to payment turned somebody away by itself.
fn turned_away(operator: &Value) -> u64 {
    let contexts = operator["contexts"].as_array().into_iter().flatten();
    let upstreams = contexts.flat_map(|context| context["upstreams"].as_array().into_iter().flatten());
    upstreams.filter_map(|upstream| upstream["turnedAway"].as_u64()).sum()
}

#[test]
fn when_payment_keeps_failing_the_customer_is_turned_away_politely() {
    let nadul = Nadul::new();
    let served = nadul.serve(&[&["taxi", "--data", "data"][..], &BREAKER].concat());
    served.pays("taxi", "down");
    for _ in 0..3 {
        served.post("/catches", &trip("kim")).refused(503, "unavailable");
    }
    served.becomes("/operator/contexts", "somebody turned away", |answer| turned_away(&answer.json()) > 0);
    let ko = [("accept-language", "ko")];
    let away = served.send("POST", "/catches", &ko, &trip("kim").to_string());
    away.refused(503, "unavailable");
    let seconds: u64 = away.header("retry-after").parse().expect("whole seconds");
    assert!((1..=2).contains(&seconds), "{away:?}");
    assert!(away.text.contains("다시 시도해 주세요"), "{away:?}");
    served.pays("taxi", "approve");
    let door = served.door();
    let tried = || door.post("/catches", &trip("lee")).expect("an answer").status == 201;
    served.becomes("/health/ready", "payment asked again", |_| tried());
    served.rests();
    served.counts("/payments", 1);
    served.counts("/catches?customer=lee", 1);
    served.counts("/catches?customer=kim", 0);
}

#[test]
fn while_pickup_is_down_requests_are_paid_and_then_each_is_listed_once() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    served.works("taxi", "pickup", false);
    let ids: Vec<u64> = (0..5).map(|_| hail(&served, "kim")).collect();
    served.counts("/payments", 5);
    served.counts("/myPages", 5);
    served.get("/catchReqLists").refused(503, "unavailable");
    served.works("taxi", "pickup", true);
    served.counts("/catchReqLists", 5);
    served.rests();
    let open: Vec<u64> = served.rows("catchReqLists").iter().filter_map(|row| row["id"].as_u64()).collect();
    assert_eq!(open, ids);
}

#[test]
fn a_cancelled_request_is_never_revived() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let (open, taken) = (listed(&served, "kim"), matched(&served, "lee", "park"));
    cancelled(&served, open);
    cancelled(&served, taken);
    pick(&served, open, "choi").refused(409, "not-open");
    served.delete(&format!("/pickUps/{taken}")).refused(404, "no-match");
    pick(&served, taken, "choi").refused(409, "not-open");
    served.rests();
    for id in [open, taken] {
        assert_eq!(served.get(&format!("/catches/{id}")).json()["status"], "Cancel");
        let approve = served.patch(&format!("/catches/{id}"), &json!({ "status": "approve" }));
        approve.refused(409, "status-not-yours");
    }
    served.counts("/catchReqLists", 0);
}
