//! The sandbox: how the provider answers and which contexts run, while the process runs.
use crate::promises::taxi::{hail, set, taxi, trip};
use process::{Nadul, embedded_only};
use serde_json::json;

#[test]
fn the_provider_answers_as_it_is_told() {
    let nadul = Nadul::new();
    let server = set(&nadul, &["taxi.payment_timeout_ms=100"]);
    for (mode, status) in
        [("approve", 201), ("decline", 402), ("slow", 503), ("late", 503), ("down", 503), ("approve", 201)]
    {
        let told = server.put("/sandbox/payment", &json!({ "mode": mode }));
        assert_eq!(told.expect_status(200), json!({ "mode": mode }));
        assert_eq!(server.get("/sandbox/payment").expect_status(200), json!({ "mode": mode }));
        assert_eq!(server.post("/catches", &trip("kim")).status, status, "{mode}");
    }
    let slow = json!({ "mode": "slow", "ms": 400 });
    assert_eq!(server.put("/sandbox/payment", &slow).expect_status(200), slow);
    assert_eq!(server.get("/sandbox/payment").expect_status(200), slow);
    for ms in [json!(0), json!(-1), json!("soon"), json!(600_001)] {
        server.put("/sandbox/payment", &json!({ "mode": "slow", "ms": ms })).expect_problem(400, "invalid-fields");
    }
    assert_eq!(server.get("/sandbox/payment").expect_status(200), slow, "nothing of a bad request is kept");
    server.put("/sandbox/payment", &json!({ "mode": "maybe" })).expect_problem(400, "invalid-fields");
    server.put("/sandbox/payment", &json!({})).expect_problem(400, "invalid-fields");
    server.set_payment_mode("taxi", "decline");
    server.stop();
    let server = taxi(&nadul);
    assert_eq!(server.get("/sandbox/payment").expect_status(200), json!({ "mode": "approve" }), "only while it runs");
}

#[test]
fn contexts_stop_and_start_again() {
    embedded_only!("a context of many stops with its processes");
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    let path = "/sandbox/contexts/pickup";
    for (sent, running) in [(json!(false), false), (json!(false), false), (json!("true"), true), (json!(true), true)] {
        let told = server.put(path, &json!({ "running": sent }));
        assert_eq!(told.expect_status(200), json!({ "context": "pickup", "running": running }));
        assert_eq!(server.get("/pickUps").status, if running { 200 } else { 503 });
        assert_eq!(server.get(path).expect_status(200)["running"], running);
    }
    server.put("/sandbox/contexts/nobody", &json!({ "running": true })).expect_problem(404, "unknown-path");
    server.put(path, &json!({ "running": "perhaps" })).expect_problem(400, "invalid-fields");
    hail(&server, "kim");
    server.wait_for_count("/catchReqLists", 1);
}

#[test]
fn with_several_systems_each_has_a_sandbox_after_its_name() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "fruit", "--data", "data"]);
    server.put("/sandbox/payment", &json!({ "mode": "down" })).expect_problem(404, "unknown-path");
    server.set_payment_mode("taxi", "decline");
    let order = json!({ "userId": "kim", "prodNm": "사과", "qty": 1, "price": 5, "address": "서울" });
    server.post("/taxi/catches", &trip("kim")).expect_problem(402, "payment-declined");
    server.post("/fruit/orders", &order).expect_status(201);
    server.stop_context("fruit", "mypage");
    server.get("/fruit/myPages").expect_problem(503, "unavailable");
    server.get("/taxi/myPages").expect_status(200);
}
