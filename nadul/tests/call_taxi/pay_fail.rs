//! The declared fallback: a call that is not paid is recorded as failed, and nothing else happens for it, ever.
use crate::rank::{call, cancel, end, open, open_with, ride, row};
use process::Served;
use serde_json::{Value, json};

/// Called, and recorded as failed; its id.
#[track_caller]
fn fails(served: &Served<'_>) -> u64 {
    let answer = served.post("/calls", &ride("kim"));
    assert_eq!(answer.header("location"), format!("/calls/{}", answer.id()));
    assert_eq!(answer.with(201)["callStatus"], "payFail");
    answer.id()
}

/// All that there is of it.
#[track_caller]
fn nothing_else_happens(served: &Served<'_>, id: u64) {
    let call = json!({ "id": id, "callId": id, "userId": "kim", "userName": "김나들", "distance": 12.5, "fare": 125000,
        "callStatus": "payFail" });
    assert_eq!(row(served, "calls", id), call);
    served.becomes(&format!("/payments/{id}"), "nothing", |answer| answer.status == 404);
    cancel(served, id).refused(409, "never-paid");
    end(served, id).refused(404, "unknown-drive");
    let mut page = row(served.rests(), "callViews", id);
    let history = page.as_object_mut().and_then(|page| page.remove("history")).expect("a history");
    assert_eq!((history.as_array().map(Vec::len), &history[0]["eventType"]), (Some(1), &json!("CallPayFailed")));
    let drive = json!({ "driveId": null, "driverName": null, "taxiNum": null, "driveStatus": null, "payStatus": null });
    let mut whole = call.as_object().cloned().unwrap_or_default();
    whole.extend(drive.as_object().cloned().unwrap_or_default());
    assert_eq!(page, Value::Object(whole));
    let public = |event: &Value| event["published"] == true && event["key"] == id;
    let said: Vec<Value> = served.nadul.log("call-taxi").into_iter().filter(public).collect();
    assert_eq!((said.len(), &said[0]["eventType"]), (1, &json!("CallPayFailed")));
    served.counts(&format!("/messages?customer=kim&callId={id}"), 1);
    served.counts("/payments", 0);
    served.counts("/drives", 0);
}

/// What payment alone knows: held, and voided again.
fn money(served: &Served<'_>) -> Vec<String> {
    let name = |event: Value| event["eventType"].as_str().unwrap_or_default().to_string();
    served.nadul.log("call-taxi/payment").into_iter().map(name).collect()
}

/// The next call is as good as ever; where payment has little time, a busy machine may need a second one.
#[track_caller]
fn works_again(served: &Served<'_>) {
    served.pays("call-taxi", "approve");
    served.becomes("/calls", "a call that is paid", |_| {
        served.post("/calls", &ride("lee")).with(201)["callStatus"] == "driveRequest"
    });
    let paid = served.rests().rows("payments");
    assert_eq!(paid.len(), 1, "{paid:?}");
    assert_eq!(row(served, "callViews", paid[0]["callId"].as_u64().expect("an id"))["callStatus"], "driveStart");
}

#[test]
fn a_call_whose_payment_is_declined_fails() {
    open(|served| {
        served.pays("call-taxi", "decline");
        nothing_else_happens(served, fails(served));
        assert_eq!(money(served), [""; 0]);
        works_again(served);
    });
}

#[test]
fn a_slow_payment_is_waited_for_up_to_its_time() {
    open(|served| {
        served.pays("call-taxi", "slow");
        call(served, &ride("lee"));
    });
    open_with(&["call-taxi.payment_timeout_ms=100"], |served| {
        served.pays("call-taxi", "slow");
        nothing_else_happens(served, fails(served));
        works_again(served);
    });
}

#[test]
fn a_hold_that_turns_up_late_is_voided() {
    open_with(&["call-taxi.payment_timeout_ms=600"], |served| {
        served.pays("call-taxi", "late");
        nothing_else_happens(served, fails(served));
        assert_eq!(money(served), ["MoneyHeld", "MoneyVoided"]);
        works_again(served);
    });
}

#[test]
fn a_call_whose_payment_is_down_fails() {
    open(|served| {
        served.pays("call-taxi", "down");
        let provider = fails(served);
        served.pays("call-taxi", "approve");
        served.works("call-taxi", "payment", false);
        let context = fails(served);
        served.works("call-taxi", "payment", true);
        [provider, context].iter().for_each(|id| nothing_else_happens(served, *id));
        assert_eq!(money(served), [""; 0]);
        works_again(served);
    });
}

fn circuit(served: &Served<'_>) -> Value {
    let find = |all: &Value, name: &str, what: &str| {
        all.as_array().and_then(|all| all.iter().find(|one| one[name] == what)).cloned().unwrap_or_default()
    };
    let call = find(&served.get("/operator/contexts").json()["contexts"], "context", "call");
    find(&call["upstreams"], "name", "payment")
}

/// Calls that fail until payment is given a rest.
fn overload(served: &Served<'_>) {
    served.pays("call-taxi", "down");
    served.becomes("/operator/contexts", "a circuit that is not closed", |_| {
        fails(served);
        circuit(served)["state"] != "closed" // open, or on trial again
    });
    served.pays("call-taxi", "approve");
}

#[test]
fn while_the_circuit_is_open_calls_fail_without_asking_payment() {
    open_with(&["runtime.breaker_open_ms=600000"], |served| {
        overload(served);
        nothing_else_happens(served, fails(served));
        assert_eq!(money(served), [""; 0]);
    });
}

#[test]
fn calls_are_driven_again_after_payment_had_its_rest() {
    open_with(&["runtime.breaker_open_ms=50"], |served| {
        overload(served);
        works_again(served);
    });
}
