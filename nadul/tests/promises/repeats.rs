//! Repeats: what has happened already is answered like the first time; an Idempotency-Key makes any POST repeatable.
use crate::promises::taxi::{cancel, hail, listed, pick, set, taxi, trip, trip_with};
use process::{HttpAnswer, Nadul, ServerProcess};
use serde_json::{Value, json};

fn keyed(server: &ServerProcess<'_>, path: &str, key: &str, body: &str) -> HttpAnswer {
    server.request_with("POST", path, &[("idempotency-key", key)], body)
}

#[test]
fn a_key_makes_a_post_repeatable() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    the_same_body_under_the_same_key_gets_the_stored_answer_and_another_is_422(&server);
    a_key_belongs_to_its_route(&server);
    a_key_that_is_none_is_400_and_answers_are_kept_for_24_hours(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn the_same_body_under_the_same_key_gets_the_stored_answer_and_another_is_422(server: &ServerProcess) {
    let body = r#"{"price":9000,"startingPoint":"가","destination":"b","customer":"kim"}"#;
    let first = keyed(server, "/catches", "k1", body);
    first.expect_status(201);
    let equal = r#"{ "customer":"kim", "destination":"b","startingPoint":"\uac00",
        "price": 9000.0 }"#;
    for again in [body, equal] {
        let told = keyed(server, "/catches", "k1", again);
        assert_eq!((told.status, &told.text), (201, &first.text));
        for header in ["location", "etag", "content-type"] {
            assert_eq!(told.header(header), first.header(header));
        }
    }
    for other in [trip("lee"), trip("kim"), trip_with("price", "9000"), json!({}), trip_with("price", 0)] {
        keyed(server, "/catches", "k1", &other.to_string()).expect_problem(422, "idempotency-key-reused");
    }
    keyed(server, "/catches", "k1", "{").expect_problem(422, "idempotency-key-reused");
    let unfit = keyed(server, "/catches", "k0", "{}");
    unfit.expect_problem(400, "invalid-fields");
    assert_eq!(
        unfit.json()["errors"].as_array().map(Vec::len),
        Some(4),
        "under a key all that is wrong is told as well"
    );
    let more = keyed(server, "/catches", "k2", body);
    assert!(more.expect_status(201)["id"] != first.json()["id"], "another key is another request");
    assert_eq!(server.rows("catches").len(), 2);
    cancel(server, first.id()).expect_status(200);
    assert_eq!(keyed(server, "/catches", "k1", body).text, first.text, "the first answer, whatever has become of it");
}

fn a_key_belongs_to_its_route(server: &ServerProcess) {
    let id = listed(server, "kim");
    let body = trip("lee").to_string();
    let made = keyed(server, "/catches", "k", &body);
    let pick = json!({ "matchId": id, "driver": "park" }).to_string();
    let picked = keyed(server, "/pickUps", "k", &pick);
    assert_eq!((made.status, picked.status), (201, 201));
    let other_spelling = keyed(server, "/taxi/catches", "k", &body);
    assert_eq!(other_spelling.expect_status(201)["id"], made.json()["id"], "the same route under its other spelling");
    let again = keyed(server, "/pickUps", "k", &pick);
    assert_eq!((again.status, again.text), (201, picked.text), "without the key this would be 409");
}

fn a_key_that_is_none_is_400_and_answers_are_kept_for_24_hours(server: &ServerProcess) {
    let body = trip("kim").to_string();
    for key in [" ", &"k".repeat(201)] {
        keyed(server, "/catches", key, &body).expect_problem(400, "invalid-idempotency-key");
    }
    keyed(server, "/catches", &"k".repeat(200), &body).expect_status(201);
    let said = server.nadul.run(&["settings", "runtime", "--json"]);
    let all: Vec<Value> = serde_json::from_str(&said.out).expect("JSON");
    let hours = all.iter().find(|setting| setting["name"] == "idempotency_hours").expect("it is one");
    assert_eq!(hours["value"], "24");
    let id = hail(server, "lee");
    let key = [("idempotency-key", "k")];
    for _ in 0..2 {
        server.request_with("PATCH", &format!("/catches/{id}"), &key, r#"{"status":"Cancel"}"#).expect_status(200);
    }
}

#[test]
fn a_refused_request_may_be_tried_again_under_its_key() {
    let nadul = Nadul::new();
    let server = set(&nadul, &["taxi.payment_timeout_ms=100"]);
    let body = trip("kim").to_string();
    for (mode, status) in [("decline", 402), ("late", 503), ("down", 503), ("approve", 201)] {
        server.set_payment_mode("taxi", mode);
        assert_eq!(keyed(&server, "/catches", "k", &body).status, status, "{mode}");
    }
    pick(&server, 999).expect_problem(404, "unknown-request");
    assert_eq!(server.rows("catches").len(), 1);
    server.wait_until_idle();
    server.wait_for_count("/payments", 1);
}

#[test]
fn a_repeat_while_the_first_is_under_way_waits_for_it() {
    let nadul = Nadul::new();
    let server = set(&nadul, &["taxi.payment_timeout_ms=4000"]);
    server.set_payment_mode("taxi", "slow");
    let body = trip("kim").to_string();
    let told = server.at_once(8, |client, _| {
        client.request("POST", "/catches", &[("idempotency-key", "k")], &body).expect("an answer")
    });
    assert!(told.iter().all(|answer| answer.status == 201 && answer.text == told[0].text), "{told:?}");
    assert_eq!(server.rows("catches").len(), 1);
    server.wait_for_count("/payments", 1);
    let mixed = server.at_once(8, |client, at| {
        let body = trip(&format!("c{}", at % 2)).to_string();
        client.request("POST", "/catches", &[("idempotency-key", "other")], &body).expect("an answer")
    });
    let (made, refused): (Vec<_>, Vec<_>) = mixed.iter().partition(|answer| answer.status == 201);
    assert!(made.len() == 4 && made.iter().all(|answer| answer.text == made[0].text), "{mixed:?}");
    assert!(refused.iter().all(|answer| answer.status == 422), "{mixed:?}");
    assert_eq!(server.rows("catches").len(), 2);
}
