//! The sandbox: how the provider answers and which contexts run, while the process runs.
use crate::taxi::{hail, set, taxi, trip};
use process::Nadul;
use serde_json::json;

#[test]
fn the_provider_answers_as_it_is_told() {
    let nadul = Nadul::new();
    let served = set(&nadul, &["taxi.payment_timeout_ms=100"]);
    for (mode, status) in
        [("approve", 201), ("decline", 402), ("slow", 503), ("late", 503), ("down", 503), ("approve", 201)]
    {
        let told = served.put("/sandbox/payment", &json!({ "mode": mode }));
        assert_eq!(told.with(200), json!({ "mode": mode }));
        assert_eq!(served.get("/sandbox/payment").with(200), json!({ "mode": mode }));
        assert_eq!(served.post("/catches", &trip("kim")).status, status, "{mode}");
    }
    served.put("/sandbox/payment", &json!({ "mode": "maybe" })).refused(400, "invalid-fields");
    served.put("/sandbox/payment", &json!({})).refused(400, "invalid-fields");
    served.pays("taxi", "decline");
    served.stop();
    let served = taxi(&nadul);
    assert_eq!(served.get("/sandbox/payment").with(200), json!({ "mode": "approve" }), "only while it runs");
}

#[test]
fn contexts_stop_and_start_again() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let path = "/sandbox/contexts/pickup";
    for (sent, running) in [(json!(false), false), (json!(false), false), (json!("true"), true), (json!(true), true)] {
        let told = served.put(path, &json!({ "running": sent }));
        assert_eq!(told.with(200), json!({ "context": "pickup", "running": running }));
        assert_eq!(served.get("/pickUps").status, if running { 200 } else { 503 });
        assert_eq!(served.get(path).with(200)["running"], running);
    }
    served.put("/sandbox/contexts/nobody", &json!({ "running": true })).refused(404, "unknown-path");
    served.put(path, &json!({ "running": "perhaps" })).refused(400, "invalid-fields");
    hail(&served, "kim");
    served.counts("/catchReqLists", 1);
}

#[test]
fn with_several_systems_each_has_a_sandbox_after_its_name() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "fruit", "--data", "data"]);
    served.put("/sandbox/payment", &json!({ "mode": "down" })).refused(404, "unknown-path");
    served.pays("taxi", "decline");
    let order = json!({ "userId": "kim", "prodNm": "사과", "qty": 1, "price": 5, "address": "서울" });
    served.post("/taxi/catches", &trip("kim")).refused(402, "payment-declined");
    served.post("/fruit/orders", &order).with(201);
    served.works("fruit", "mypage", false);
    served.get("/fruit/myPages").refused(503, "unavailable");
    served.get("/taxi/myPages").with(200);
}
