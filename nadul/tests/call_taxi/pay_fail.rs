//! The declared fallback: a call that is not paid is recorded as failed, and nothing else happens for it, ever.
use crate::call_taxi::steps::{call, cancel, end, open, open_with, ride, row};
use process::{HttpClient, Nadul, ServerProcess};
use serde_json::{Value, json};

/// Called, and recorded as failed; its id.
#[track_caller]
fn fails(server: &ServerProcess<'_>) -> u64 {
    let answer = server.post("/calls", &ride("kim"));
    assert_eq!(answer.header("location"), format!("/calls/{}", answer.id()));
    assert_eq!(answer.expect_status(201)["callStatus"], "payFail");
    answer.id()
}

/// All that there is of it.
#[track_caller]
fn nothing_else_happens(server: &ServerProcess<'_>, id: u64) {
    let call = json!({ "id": id, "callId": id, "userId": "kim", "userName": "김나들", "distance": 12.5, "fare": 125000,
        "callStatus": "payFail" });
    assert_eq!(row(server, "calls", id), call);
    server.wait_until(&format!("/payments/{id}"), "nothing", |answer| answer.status == 404);
    cancel(server, id).expect_problem(409, "never-paid");
    end(server, id).expect_problem(404, "unknown-drive");
    let mut page = row(server.wait_until_idle(), "callViews", id);
    let history = page.as_object_mut().and_then(|page| page.remove("history")).expect("a history");
    assert_eq!((history.as_array().map(Vec::len), &history[0]["eventType"]), (Some(1), &json!("CallPayFailed")));
    let drive = json!({ "driveId": null, "driverName": null, "taxiNum": null, "driveStatus": null, "payStatus": null });
    let mut whole = call.as_object().cloned().unwrap_or_default();
    whole.extend(drive.as_object().cloned().unwrap_or_default());
    assert_eq!(page, Value::Object(whole));
    let public = |event: &Value| event["published"] == true && event["key"] == id;
    let said: Vec<Value> = server.nadul.log("call-taxi").into_iter().filter(public).collect();
    assert_eq!((said.len(), &said[0]["eventType"]), (1, &json!("CallPayFailed")));
    server.wait_for_count(&format!("/messages?customer=kim&callId={id}"), 1);
    server.wait_for_count("/payments", 0);
    server.wait_for_count("/drives", 0);
}

/// What payment alone knows: held, and voided again.
fn money(server: &ServerProcess<'_>) -> Vec<String> {
    let name = |event: Value| event["eventType"].as_str().unwrap_or_default().to_string();
    server.nadul.log("call-taxi/payment").into_iter().map(name).collect()
}

/// The next call is as good as ever; where payment has little time, a busy machine may need a second one.
#[track_caller]
fn works_again(server: &ServerProcess<'_>) {
    server.set_payment_mode("call-taxi", "approve");
    server.wait_until("/calls", "a call that is paid", |_| {
        server.post("/calls", &ride("lee")).expect_status(201)["callStatus"] == "driveRequest"
    });
    let paid = server.wait_until_idle().rows("payments");
    assert_eq!(paid.len(), 1, "{paid:?}");
    assert_eq!(row(server, "callViews", paid[0]["callId"].as_u64().expect("an id"))["callStatus"], "driveStart");
}

#[test]
fn a_call_whose_payment_is_declined_fails() {
    open(|server| {
        server.set_payment_mode("call-taxi", "decline");
        nothing_else_happens(server, fails(server));
        assert_eq!(money(server), [""; 0]);
        works_again(server);
    });
}

#[test]
fn a_slow_payment_is_waited_for_up_to_its_time() {
    open(|server| {
        server.set_payment_mode("call-taxi", "slow");
        call(server, &ride("lee"));
    });
    open_with(&["call-taxi.payment_timeout_ms=100"], |server| {
        server.set_payment_mode("call-taxi", "slow");
        nothing_else_happens(server, fails(server));
        works_again(server);
    });
}

#[test]
fn a_hold_that_turns_up_late_is_voided() {
    open_with(&["call-taxi.payment_timeout_ms=600"], |server| {
        server.set_payment_mode("call-taxi", "late");
        nothing_else_happens(server, fails(server));
        assert_eq!(money(server), ["MoneyHeld", "MoneyVoided"]);
        works_again(server);
    });
}

#[test]
fn a_call_whose_payment_is_down_fails() {
    open(|server| {
        server.set_payment_mode("call-taxi", "down");
        let provider = fails(server);
        server.set_payment_mode("call-taxi", "approve");
        server.stop_context("call-taxi", "payment");
        let context = fails(server);
        server.start_context("call-taxi", "payment");
        [provider, context].iter().for_each(|id| nothing_else_happens(server, *id));
        assert_eq!(money(server), [""; 0]);
        works_again(server);
    });
}

fn circuit(server: &ServerProcess<'_>) -> Value {
    let find = |all: &Value, name: &str, what: &str| {
        all.as_array().and_then(|all| all.iter().find(|one| one[name] == what)).cloned().unwrap_or_default()
    };
    let call = find(&server.get("/operator/contexts").json()["contexts"], "context", "call");
    find(&call["upstreams"], "name", "payment")
}

/// Calls that fail until payment is given a rest.
fn overload(server: &ServerProcess<'_>) {
    server.set_payment_mode("call-taxi", "down");
    server.wait_until("/operator/contexts", "a circuit that is not closed", |_| {
        fails(server);
        circuit(server)["state"] != "closed" // open, or on trial again
    });
    server.set_payment_mode("call-taxi", "approve");
}

#[test]
fn while_the_circuit_is_open_calls_fail_without_asking_payment() {
    open_with(&["runtime.breaker_open_ms=600000"], |server| {
        overload(server);
        nothing_else_happens(server, fails(server));
        assert_eq!(money(server), [""; 0]);
    });
}

#[test]
fn calls_are_driven_again_after_payment_had_its_rest() {
    open_with(&["runtime.breaker_open_ms=50"], |server| {
        overload(server);
        works_again(server);
    });
}

/// The call was told to have failed, and its fare was still to be voided.
#[test]
fn killed_after_a_call_failed_its_late_hold_is_voided_all_the_same() {
    let nadul = Nadul::new();
    let set = ["--set", "call-taxi.payment_timeout_ms=50", "--set", "runtime.undo_retry_ms=60000"];
    let first = nadul.serve(&[&["call-taxi", "--data", "data"], &set[..]].concat());
    first.set_payment_mode("call-taxi", "late");
    let told = first.post("/calls", &ride("kim")).expect_status(201);
    assert_eq!(told["callStatus"], "payFail");
    first.kill();
    let second = nadul.serve(&["call-taxi", "--data", "data"]);
    second.wait_until("/payments/1", "nothing", |answer| answer.status == 404);
    second.wait_until_idle();
    assert_eq!(row(&second, "calls", 1)["callStatus"], "payFail");
    second.wait_for_count("/payments", 0);
    second.stop();
    nadul.check_data();
}

/// The fallback is an answer too: whoever wants another try takes another key.
#[test]
fn a_call_that_failed_under_a_key_stays_failed() {
    open(|server| {
        server.set_payment_mode("call-taxi", "decline");
        let first = once(&server.client(), "k1");
        assert_eq!(first["callStatus"], "payFail");
        server.set_payment_mode("call-taxi", "approve");
        assert_eq!(once(&server.client(), "k1"), first);
        assert_eq!(once(&server.client(), "k2")["callStatus"], "driveRequest");
        server.wait_for_count("/calls", 2);
    });
}

/// The same call, sent under one key.
fn once(client: &HttpClient, key: &str) -> Value {
    let headers = [("idempotency-key", key)];
    client.request("POST", "/calls", &headers, &ride("kim").to_string()).expect("an answer").expect_status(201)
}
