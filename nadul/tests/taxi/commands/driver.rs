//! What a driver may do: pick a request from the list, and give it back.
use crate::taxi::steps::{cancelled, hail, listed, matched, pick, taxi};
use process::{Nadul, ServerProcess, without_links};
use serde_json::json;

#[test]
fn a_driver_picks_from_the_list_and_gives_back() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    what_is_not_on_the_open_list_is_not_picked(&server);
    a_driver_names_the_request_and_all_else_comes_from_it(&server);
    of_many_drivers_at_once_exactly_one_wins(&server);
    a_driver_gives_a_match_back_and_another_takes_over(&server);
    the_driver_who_has_a_match_is_answered_like_the_first_time(&server);
    a_request_not_listed_yet_is_unknown_to_drivers(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn what_is_not_on_the_open_list_is_not_picked(server: &ServerProcess) {
    pick(server, 999, "park").expect_problem(404, "unknown-request");
    let taken = matched(server, "kim", "park");
    pick(server, taken, "choi").expect_problem(409, "not-open");
    let gone = listed(server, "lee");
    cancelled(server, gone);
    pick(server, gone, "choi").expect_problem(409, "not-open");
    server.set_payment_mode("taxi", "decline");
    server.post("/catches", &crate::taxi::steps::trip("han")).expect_problem(402, "payment-declined");
    server.set_payment_mode("taxi", "approve");
    for unpaid in gone + 1..gone + 4 {
        pick(server, unpaid, "choi").expect_problem(404, "unknown-request");
    }
}

fn a_driver_names_the_request_and_all_else_comes_from_it(server: &ServerProcess) {
    let id = listed(server, "kim");
    let sent = json!({ "matchId": id.to_string(), "driver": "park", "price": 1, "customer": "nobody", "id": 9 });
    let answer = server.post("/pickUps", &sent);
    let made = without_links(answer.expect_status(201));
    assert_eq!(
        made,
        json!({ "id": id, "matchId": id, "driver": "park", "customer": "kim", "startingPoint": "서울역",
            "destination": "김포공항", "price": 15000 })
    );
    assert_eq!(answer.header("location"), format!("/pickUps/{id}"));
    assert_eq!(without_links(server.get(&format!("/pickUps/{id}")).expect_status(200)), made);
    server.post("/pickUps", &json!({ "matchId": id })).expect_problem(400, "invalid-fields");
    server.post("/pickUps", &json!({ "matchId": "x", "driver": "park" })).expect_problem(400, "invalid-fields");
}

fn of_many_drivers_at_once_exactly_one_wins(server: &ServerProcess) {
    for round in 0..10 {
        let id = listed(server, "kim");
        let body = |at: usize| json!({ "matchId": id, "driver": format!("d{at}") });
        let told = server.at_once(if round == 0 { 100 } else { 2 }, |client, at| {
            client.post("/pickUps", &body(at)).expect("an answer")
        });
        let mut statuses: Vec<u16> = told.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!((statuses[0], statuses[1], statuses.last()), (201, 409, Some(&409)), "{told:?}");
        let winner = told.iter().find(|answer| answer.status == 201).expect("one");
        assert_eq!(server.get(&format!("/pickUps/{id}")).json()["driver"], winner.json()["driver"]);
    }
}

fn a_driver_gives_a_match_back_and_another_takes_over(server: &ServerProcess) {
    let id = matched(server, "kim", "park");
    let gone = server.delete(&format!("/pickUps/{id}"));
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    server.get(&format!("/pickUps/{id}")).expect_problem(404, "unknown-id");
    server.wait_for_text(&format!("/catchReqLists/{id}"), "\"id\"");
    server.wait_for_text(&format!("/catches/{id}"), "\"status\":\"approve\"");
    server.wait_for_text(&format!("/myPages/{id}"), "\"status\":\"PaymentApproved\"");
    server.delete(&format!("/pickUps/{id}")).expect_problem(404, "no-match");
    server.delete("/pickUps/999").expect_problem(404, "no-match");
    pick(server, id, "choi").expect_status(201);
    server.wait_for_text(&format!("/myPages/{id}"), "choi");
}

/// Their answer may have been lost. Given back, the match is nobody's, and a pick is a new one.
fn the_driver_who_has_a_match_is_answered_like_the_first_time(server: &ServerProcess) {
    let id = listed(server, "yoon");
    let first = pick(server, id, "park");
    let again = pick(server, id, "park");
    assert_eq!(again.expect_status(201), first.expect_status(201));
    assert_eq!(again.header("location"), first.header("location"));
    pick(server, id, "choi").expect_problem(409, "not-open");
    let assigned = || {
        let log = server.nadul.log("taxi/pickup");
        log.iter().filter(|event| event["eventType"] == "PickupAssigned" && event["matchId"] == id).count()
    };
    server.wait_until_idle();
    assert_eq!(assigned(), 1, "no second event");
    server.delete(&format!("/pickUps/{id}"));
    pick(server, id, "park").expect_status(201);
    server.wait_until_idle();
    assert_eq!(assigned(), 2, "a match of its own");
}

/// However long the way from a payment to the list is, a driver who is early is told 404 and nothing else.
fn a_request_not_listed_yet_is_unknown_to_drivers(server: &ServerProcess) {
    server.stop_context("taxi", "pickup");
    let ids: Vec<u64> = (0..50).map(|_| hail(server, "kim")).collect();
    let last = ids[49];
    server.start_context("taxi", "pickup");
    let mut early = pick(server, last, "park");
    while early.status != 201 {
        early.expect_problem(404, "unknown-request");
        early = pick(server, last, "park");
    }
}
