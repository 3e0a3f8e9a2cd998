//! People who sign in at the gateway of many processes: who asks goes along with what is passed on, called and heard.
use super::TAXI;
use super::stack::Stack;
use crate::access::token;
use crate::trip::trip;
use process::{HttpAnswer, HttpClient, Nadul};
use serde_json::{Value, json};

fn status(person: &HttpClient, method: &str, path: &str, body: &Value) -> u16 {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    person.request(method, path, &[], &body).expect("an answer").status
}

#[test]
fn everybody_finds_their_own_whichever_process_has_it() {
    let nadul = Nadul::new();
    let stack = Stack::signed_in(&nadul, "taxi", &TAXI);
    let person = |name: &str, role: &str| HttpClient::at(&stack.gateway.url).signed_in(&token(&nadul, name, role, &[]));
    let (kim, lee) = (person("kim", "customer"), person("lee", "customer"));
    let (han, jun) = (person("han", "driver"), person("jun", "driver"));
    let many = |count: u64| move |answer: &HttpAnswer| answer.json()["page"]["totalElements"] == count;

    assert_eq!(status(&HttpClient::at(&stack.gateway.url), "GET", "/taxi/catches", &Value::Null), 401);
    let hailed = kim.post("/taxi/catches", &trip("kim")).expect("an answer");
    let id = hailed.created_id();
    assert_eq!(status(&han, "POST", "/taxi/catches", &trip("han")), 403);
    han.wait_until("/taxi/catchReqLists", "the request", many(1));
    let picked = han.post("/taxi/pickUps", &json!({ "matchId": id })).expect("an answer");
    assert_eq!(picked.expect_status(201)["driver"], "han");
    let path = format!("/taxi/myPages/{id}");
    kim.wait_until(&path, "the match", |answer| answer.text.contains("\"status\":\"PickupAssigned\""));
    kim.wait_until("/taxi/messages", "what it was told", many(2));
    for list in ["catches", "payments", "myPages", "messages"] {
        lee.wait_until(&format!("/taxi/{list}"), "nothing of others", many(0));
    }
    assert_eq!(status(&lee, "GET", &path, &Value::Null), 404);
    assert_eq!(status(&lee, "PATCH", &format!("/taxi/catches/{id}"), &json!({"status": "Cancel"})), 404);
    let matched = format!("/taxi/pickUps/{id}");
    assert_eq!(status(&jun, "GET", &matched, &Value::Null), 404);
    assert_eq!(status(&jun, "DELETE", &matched, &Value::Null), 404);
    assert_eq!(status(&han, "DELETE", &matched, &Value::Null), 204);
    stack.gateway.wait_until_idle();
    stack.gateway.cluster().stop_all();
    nadul.check_data();
}
