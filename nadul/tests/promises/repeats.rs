//! Repeats: what has happened already is answered like the first time; an Idempotency-Key makes any POST repeatable.
use crate::taxi::{cancel, hail, listed, pick, set, taxi, trip, trip_with};
use process::{Answer, Nadul, Served};
use serde_json::{Value, json};

fn keyed(served: &Served<'_>, path: &str, key: &str, body: &str) -> Answer {
    served.send("POST", path, &[("idempotency-key", key)], body)
}

#[test]
fn a_command_that_has_happened_already_does_nothing() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["--data", "data"]);
    let taxi = served.post("/taxi/catches", &trip("kim")).id();
    let fruit = json!({ "userId": "kim", "prodNm": "사과", "qty": 1, "price": 5, "address": "서울" });
    let fruit = served.post("/fruit/orders", &fruit).id();
    let call = json!({ "userId": "kim", "userName": "Kim", "distance": 1 });
    let (driven, called) = (served.post("/call-taxi/calls", &call).id(), served.post("/call-taxi/calls", &call).id());
    served.shows(&format!("/call-taxi/callViews/{driven}"), "driveStart");
    served.shows(&format!("/fruit/myPages/{fruit}"), "배송시작");
    let commands = [
        ("PATCH", format!("/taxi/catches/{taxi}"), json!({ "status": "Cancel" })),
        ("PATCH", format!("/fruit/deliveries/{fruit}"), json!({ "deliveryStatus": "배송완료" })),
        ("POST", "/call-taxi/drives/end".into(), json!({ "driveId": driven })),
        ("POST", "/call-taxi/calls/cancel".into(), json!({ "callId": called })),
    ];
    for (method, path, body) in commands {
        let told: Vec<Answer> = (0..3).map(|_| served.ask(method, &path, &body)).collect();
        assert!(told.iter().all(|answer| answer.status == 200), "{told:?}");
        assert!(told.iter().all(|answer| answer.json() == told[0].json()), "{told:?}");
    }
    served.shows(&format!("/taxi/myPages/{taxi}"), "PaymentCancelled");
    served.shows(&format!("/call-taxi/callViews/{called}"), "refunded");
    served.shows(&format!("/fruit/myPages/{fruit}"), "배송완료");
    for (system, name) in [
        ("taxi", "CatchCancelled"),
        ("taxi", "PaymentCancelled"),
        ("fruit", "DeliveryCompleted"),
        ("call-taxi", "DriveEnded"),
        ("call-taxi", "CallCancelled"),
        ("call-taxi", "FareRefunded"),
    ] {
        let log = nadul.log(system);
        assert_eq!(log.iter().filter(|event| event["eventType"] == name).count(), 1, "{name}");
    }
    let told = served.get("/taxi/messages?customer=kim").rows();
    assert_eq!(told.len(), 2, "one message for the cancel, one for the refund: {told:?}");
}

#[test]
fn the_same_body_under_the_same_key_gets_the_stored_answer_and_another_is_422() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let body = r#"{"price":9000,"startingPoint":"가","destination":"b","customer":"kim"}"#;
    let first = keyed(&served, "/catches", "k1", body);
    first.with(201);
    let equal = r#"{ "customer":"kim", "destination":"b","startingPoint":"\uac00",
        "price": 9000.0 }"#;
    for again in [body, equal] {
        let told = keyed(&served, "/catches", "k1", again);
        assert_eq!((told.status, &told.text), (201, &first.text));
        for header in ["location", "etag", "content-type"] {
            assert_eq!(told.header(header), first.header(header));
        }
    }
    for other in [trip("lee"), trip("kim"), trip_with("price", "9000"), json!({}), trip_with("price", 0)] {
        keyed(&served, "/catches", "k1", &other.to_string()).refused(422, "idempotency-key-reused");
    }
    keyed(&served, "/catches", "k1", "{").refused(422, "idempotency-key-reused");
    let unfit = keyed(&served, "/catches", "k0", "{}");
    unfit.refused(400, "invalid-fields");
    assert_eq!(
        unfit.json()["errors"].as_array().map(Vec::len),
        Some(4),
        "under a key all that is wrong is told as well"
    );
    let more = keyed(&served, "/catches", "k2", body);
    assert!(more.with(201)["id"] != first.json()["id"], "another key is another request");
    assert_eq!(served.rows("catches").len(), 2);
    cancel(&served, first.id()).with(200);
    assert_eq!(keyed(&served, "/catches", "k1", body).text, first.text, "the first answer, whatever has become of it");
}

#[test]
fn a_key_belongs_to_its_route() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = listed(&served, "kim");
    let body = trip("lee").to_string();
    let made = keyed(&served, "/catches", "k", &body);
    let pick = json!({ "matchId": id, "driver": "park" }).to_string();
    let picked = keyed(&served, "/pickUps", "k", &pick);
    assert_eq!((made.status, picked.status), (201, 201));
    let other_spelling = keyed(&served, "/taxi/catches", "k", &body);
    assert_eq!(other_spelling.with(201)["id"], made.json()["id"], "the same route under its other spelling");
    let again = keyed(&served, "/pickUps", "k", &pick);
    assert_eq!((again.status, again.text), (201, picked.text), "without the key this would be 409");
}

#[test]
fn a_stored_answer_survives_a_kill() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let body = trip("kim").to_string();
    let first = keyed(&served, "/catches", "k", &body);
    first.with(201);
    served.kill();
    let served = taxi(&nadul);
    let again = keyed(&served, "/catches", "k", &body);
    assert_eq!((again.status, &again.text, again.header("etag")), (201, &first.text, first.header("etag")));
    keyed(&served, "/catches", "k", &trip("lee").to_string()).refused(422, "idempotency-key-reused");
    assert_eq!(served.rows("catches").len(), 1);
}

#[test]
fn a_refused_request_may_be_tried_again_under_its_key() {
    let nadul = Nadul::new();
    let served = set(&nadul, &["taxi.payment_timeout_ms=100"]);
    let body = trip("kim").to_string();
    for (mode, status) in [("decline", 402), ("late", 503), ("down", 503), ("approve", 201)] {
        served.pays("taxi", mode);
        assert_eq!(keyed(&served, "/catches", "k", &body).status, status, "{mode}");
    }
    pick(&served, 999).refused(404, "unknown-request");
    assert_eq!(served.rows("catches").len(), 1);
    served.rests();
    served.counts("/payments", 1);
}

#[test]
fn a_repeat_while_the_first_is_under_way_waits_for_it() {
    let nadul = Nadul::new();
    let served = set(&nadul, &["taxi.payment_timeout_ms=4000"]);
    served.pays("taxi", "slow");
    let body = trip("kim").to_string();
    let told = served
        .at_once(8, |door, _| door.ask("POST", "/catches", &[("idempotency-key", "k")], &body).expect("an answer"));
    assert!(told.iter().all(|answer| answer.status == 201 && answer.text == told[0].text), "{told:?}");
    assert_eq!(served.rows("catches").len(), 1);
    served.counts("/payments", 1);
    let mixed = served.at_once(8, |door, at| {
        let body = trip(&format!("c{}", at % 2)).to_string();
        door.ask("POST", "/catches", &[("idempotency-key", "other")], &body).expect("an answer")
    });
    let (made, refused): (Vec<_>, Vec<_>) = mixed.iter().partition(|answer| answer.status == 201);
    assert!(made.len() == 4 && made.iter().all(|answer| answer.text == made[0].text), "{mixed:?}");
    assert!(refused.iter().all(|answer| answer.status == 422), "{mixed:?}");
    assert_eq!(served.rows("catches").len(), 2);
}

#[test]
fn a_key_that_is_none_is_400_and_answers_are_kept_for_24_hours() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let body = trip("kim").to_string();
    for key in [" ", &"k".repeat(201)] {
        keyed(&served, "/catches", key, &body).refused(400, "invalid-idempotency-key");
    }
    keyed(&served, "/catches", &"k".repeat(200), &body).with(201);
    let said = nadul.run(&["settings", "runtime", "--json"]);
    let all: Vec<Value> = serde_json::from_str(&said.out).expect("JSON");
    let hours = all.iter().find(|setting| setting["name"] == "idempotency_hours").expect("it is one");
    assert_eq!(hours["value"], "24");
    let id = hail(&served, "lee");
    let key = [("idempotency-key", "k")];
    for _ in 0..2 {
        served.send("PATCH", &format!("/catches/{id}"), &key, r#"{"status":"Cancel"}"#).with(200);
    }
}
