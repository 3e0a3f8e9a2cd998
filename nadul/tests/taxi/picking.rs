//! What a driver may do: pick a request from the list, and give it back.
use crate::hailing::{cancelled, hail, listed, matched, pick, taxi};
use process::{Nadul, bare};
use serde_json::json;

#[test]
fn a_driver_names_the_request_and_all_else_comes_from_it() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = listed(&served, "kim");
    let sent = json!({ "matchId": id.to_string(), "driver": "park", "price": 1, "customer": "nobody", "id": 9 });
    let answer = served.post("/pickUps", &sent);
    let made = bare(answer.with(201));
    assert_eq!(
        made,
        json!({ "id": id, "matchId": id, "driver": "park", "customer": "kim", "startingPoint": "서울역",
            "destination": "김포공항", "price": 15000 })
    );
    assert_eq!(answer.header("location"), format!("/pickUps/{id}"));
    assert_eq!(bare(served.get(&format!("/pickUps/{id}")).with(200)), made);
    served.post("/pickUps", &json!({ "matchId": id })).refused(400, "invalid-fields");
    served.post("/pickUps", &json!({ "matchId": "x", "driver": "park" })).refused(400, "invalid-fields");
}

#[test]
fn what_is_not_on_the_open_list_is_not_picked() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    pick(&served, 999, "park").refused(404, "unknown-request");
    let taken = matched(&served, "kim", "park");
    pick(&served, taken, "choi").refused(409, "not-open");
    let gone = listed(&served, "lee");
    cancelled(&served, gone);
    pick(&served, gone, "choi").refused(409, "not-open");
    served.pays("taxi", "decline");
    served.post("/catches", &crate::hailing::trip("han")).refused(402, "payment-declined");
    for unpaid in gone + 1..gone + 4 {
        pick(&served, unpaid, "choi").refused(404, "unknown-request");
    }
}

/// However long the way from a payment to the list is, a driver who is early is told 404 and nothing else.
#[test]
fn a_request_not_listed_yet_is_unknown_to_drivers() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    served.works("taxi", "pickup", false);
    let ids: Vec<u64> = (0..50).map(|_| hail(&served, "kim")).collect();
    let last = ids[49];
    served.works("taxi", "pickup", true);
    let mut early = pick(&served, last, "park");
    while early.status != 201 {
        early.refused(404, "unknown-request");
        early = pick(&served, last, "park");
    }
}

#[test]
fn of_two_drivers_at_once_exactly_one_wins() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    for _ in 0..10 {
        let id = listed(&served, "kim");
        let body = |at: usize| json!({ "matchId": id, "driver": format!("d{at}") });
        let told = served.at_once(2, |door, at| door.post("/pickUps", &body(at)).expect("an answer"));
        let mut statuses: Vec<u16> = told.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{told:?}");
        let winner = told.iter().find(|answer| answer.status == 201).expect("one");
        assert_eq!(served.get(&format!("/pickUps/{id}")).json()["driver"], winner.json()["driver"]);
    }
}

#[test]
fn a_driver_gives_a_match_back_and_another_takes_over() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = matched(&served, "kim", "park");
    let gone = served.delete(&format!("/pickUps/{id}"));
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    served.get(&format!("/pickUps/{id}")).refused(404, "unknown-id");
    served.shows(&format!("/catchReqLists/{id}"), "\"id\"");
    served.shows(&format!("/catches/{id}"), "\"status\":\"approve\"");
    served.shows(&format!("/myPages/{id}"), "\"status\":\"PaymentApproved\"");
    served.delete(&format!("/pickUps/{id}")).refused(404, "no-match");
    served.delete("/pickUps/999").refused(404, "no-match");
    pick(&served, id, "choi").with(201);
    served.shows(&format!("/myPages/{id}"), "choi");
}
