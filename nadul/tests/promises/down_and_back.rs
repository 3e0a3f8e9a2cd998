//! Down and back: nobody stops another from what it can do alone, and who comes back handles all it missed, once, in order.
use crate::taxi::{cancel, hail, is_empty, listed, pick, taxi, trip};
use process::{Nadul, Served};
use serde_json::{Value, json};

fn types(nadul: &Nadul, context: &str) -> Vec<Value> {
    nadul.log(&format!("taxi/{context}")).into_iter().map(|event| event["eventType"].clone()).collect()
}

fn ids(served: &Served<'_>, list: &str) -> Vec<u64> {
    served.rows(list).iter().filter_map(|row| row["id"].as_u64()).collect()
}

#[test]
fn requests_are_accepted_while_everybody_but_payment_is_down() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let others = ["pickup", "mypage", "message"];
    others.iter().for_each(|context| served.works("taxi", context, false));
    let made: Vec<u64> = (0..5).map(|_| hail(&served, "kim")).collect();
    cancel(&served, made[0]).with(200);
    served.shows(&format!("/payments/{}", made[0]), "\"Cancel\"");
    served.counts("/payments", 5);
    for path in ["/catchReqLists", "/myPages", "/messages?customer=kim", "/pickUps/1"] {
        let down = served.get(path);
        down.refused(503, "unavailable");
        assert!(!down.header("retry-after").is_empty());
    }
    others.iter().for_each(|context| served.works("taxi", context, true));
    served.counts("/catchReqLists", 4);
    served.counts("/myPages", 5);
    served.counts("/messages?customer=kim", 2);
    served.rests();
    assert_eq!((ids(&served, "catchReqLists"), ids(&served, "myPages")), (made[1..].to_vec(), made));
}

#[test]
fn what_was_missed_is_handled_once_and_in_order() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = listed(&served, "kim");
    served.works("taxi", "message", false);
    served.works("taxi", "mypage", false);
    pick(&served, id).with(201);
    served.delete(&format!("/pickUps/{id}"));
    served.shows(&format!("/catches/{id}"), "approve");
    pick(&served, id).with(201);
    served.shows(&format!("/catches/{id}"), "PickupAssigned");
    for running in [true, false, true] {
        served.works("taxi", "message", running);
        served.works("taxi", "mypage", running);
    }
    let heard = served.counts("/messages?customer=kim", 3).rows();
    let about: Vec<&Value> = heard.iter().map(|message| &message["eventType"]).collect();
    assert_eq!(about, ["PickupAssigned", "PickupCancelled", "PickupAssigned"]);
    let row = served.becomes(&format!("/myPages/{id}"), "all of it", |answer| {
        answer.json()["history"].as_array().is_some_and(|history| history.len() == 5)
    });
    assert_eq!(row.json()["status"], "PickupAssigned");
    served.rests();
    served.counts("/messages?customer=kim", 3);
}

#[test]
fn a_payment_that_was_down_takes_what_it_held_when_it_is_back() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = listed(&served, "kim");
    served.works("taxi", "payment", false);
    served.post("/catches", &trip("kim")).refused(503, "unavailable");
    cancel(&served, id).with(200);
    served.shows(&format!("/myPages/{id}"), "CatchCancelled");
    assert_eq!(served.get(&format!("/myPages/{id}")).json()["paymentStatus"], "PaymentApproved");
    served.works("taxi", "payment", true);
    served.shows(&format!("/myPages/{id}"), "PaymentCancelled");
    served.rests();
    assert_eq!(types(&nadul, "payment").iter().filter(|name| **name == "PaymentCancelled").count(), 1);
    assert_eq!(ids(&served, "catches"), [id]);
}

#[test]
fn views_answer_while_every_other_context_is_down() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = listed(&served, "kim");
    pick(&served, id).with(201);
    served.shows(&format!("/myPages/{id}"), "PickupAssigned");
    let before = served.get("/myPages").json();
    for context in ["catch", "pickup", "payment", "message"] {
        served.works("taxi", context, false);
    }
    assert_eq!(served.get("/myPages").json(), before);
    assert_eq!(served.get(&format!("/myPages/{id}")).with(200)["driver"], "park");
    assert_eq!(served.get("/myPages?customer=kim").rows().len(), 1);
    served.post("/catches", &trip("kim")).refused(503, "unavailable");
    served.get(&format!("/catches/{id}")).refused(503, "unavailable");
}

/// However the contexts come back, a row is whole when it appears.
#[test]
fn a_row_or_a_message_appears_only_with_its_requests_own_event() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    served.works("taxi", "mypage", false);
    served.works("taxi", "message", false);
    let id = listed(&served, "kim");
    pick(&served, id).with(201);
    served.shows(&format!("/catches/{id}"), "PickupAssigned");
    served.works("taxi", "catch", false);
    served.works("taxi", "mypage", true);
    served.works("taxi", "message", true);
    let whole = |path: &str| {
        served.becomes(path, "a row or nothing", |answer| {
            let row = answer.json();
            assert!(answer.status == 404 || (row["customer"] == "kim" && row["price"] == 9000), "{answer:?}");
            answer.status == 200 || answer.status == 404
        })
    };
    (0..20).for_each(|_| drop(whole(&format!("/myPages/{id}"))));
    served.works("taxi", "catch", true);
    served.shows(&format!("/myPages/{id}"), "PickupAssigned");
    assert_eq!(whole(&format!("/myPages/{id}")).status, 200);
    let heard = served.counts("/messages?customer=kim", 1).rows();
    assert_eq!(heard[0]["customer"], "kim");
}

#[test]
fn a_process_that_was_killed_goes_on_where_it_was() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    served.works("taxi", "pickup", false);
    let made: Vec<u64> = (0..3).map(|_| hail(&served, "kim")).collect();
    served.kill();
    let served = taxi(&nadul);
    served.counts("/catchReqLists", 3);
    served.counts("/myPages", 3);
    assert_eq!((ids(&served, "catchReqLists"), ids(&served, "catches")), (made.clone(), made));
    served.stop();
    nadul.is_proved();
}

#[test]
fn with_payment_down_nothing_is_requested_and_nothing_left() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    served.works("taxi", "payment", false);
    served.post("/catches", &trip("kim")).refused(503, "unavailable");
    served.get("/payments").refused(503, "unavailable");
    assert_eq!(served.get("/catches").rows(), Vec::<Value>::new());
    served.works("taxi", "payment", true);
    served.counts("/payments", 0);
    is_empty(&served);
    let told = served.get("/sandbox/contexts/payment").with(200);
    assert_eq!(told, json!({ "context": "payment", "running": true }));
}
