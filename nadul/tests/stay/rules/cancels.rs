//! A cancel: at any time, once, and everything is undone.
use crate::stay::steps::{asks, books, cancel, cancels, car, closes, is, is_free, opens, room, told};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

#[test]
fn a_cancel_undoes_all_once_and_frees_nobody_elses() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    the_cancel_of_a_refused_or_unpaid_reservation_frees_nobody_s_room(&server);
    a_cancel_gives_back_money_room_and_car(&server);
    a_client_may_set_no_other_status(&server);
    of_a_cancel_and_a_confirmation_at_once_the_cancel_always_ends_it(&server);
    closes(server);
}

fn the_cancel_of_a_refused_or_unpaid_reservation_frees_nobody_s_room(server: &ServerProcess) {
    let (room, car) = (room(server, 2), car(server, 1));
    server.set_payment_mode("stay", "decline");
    asks(server, room, car, "kim").expect_problem(402, "payment-declined");
    server.set_payment_mode("stay", "approve");
    is_free(server, room, car);
    let id = books(server, room, car, "lee");
    asks(server, room, car, "kim").expect_problem(409, "room-not-available");
    for other in (1..id + 20).filter(|other| *other != id) {
        cancel(&server.client(), other).expect("an answer").expect_problem(404, "unknown-reservation");
    }
    server.wait_until_idle();
    assert_eq!(server.get(&format!("/rooms/{room}")).expect_status(200)["rsvId"], id);
    assert_eq!(server.get(&format!("/rentcars/{car}")).expect_status(200)["rsvId"], id);
}

fn a_cancel_gives_back_money_room_and_car(server: &ServerProcess) {
    let (room, car) = (room(server, 2), car(server, 1));
    let id = books(server, room, car, "kim");
    let answer = cancel(&server.client(), id).expect("an answer");
    let reservation = |status: &str| {
        json!({ "id": id, "rsvId": id, "roomId": room, "carId": car, "customer": "kim", "status": status,
            "payId": id, "amount": 3 })
    };
    let row = without_links(answer.expect_status(200));
    assert!(row == reservation("reqCancel") || row == reservation("cancelled"), "{row}");
    assert_eq!(is(server, &format!("/reservations/{id}"), "status", "cancelled"), reservation("cancelled"));
    let payment = is(server, &format!("/payments/{id}"), "status", "cancelled");
    assert_eq!((&payment["amount"], &payment["rsvId"]), (&json!(3), &json!(id)));
    let free = is(server, &format!("/rooms/{room}"), "status", "available");
    assert_eq!((&free["lastAction"], &free["rsvId"]), (&json!("cancelled"), &Value::Null));
    let free = is(server, &format!("/rentcars/{car}"), "status", "available");
    let seen = (&free["lastAction"], &free["rsvId"], &free["roomId"]);
    assert_eq!(seen, (&json!("cancelled"), &Value::Null, &Value::Null), "the car's row has no room any more");
    is_free(server, room, car);
    books(server, room, car, "lee");
}

fn a_client_may_set_no_other_status(server: &ServerProcess) {
    let room = room(server, 2);
    let path = format!("/reservations/{}", books(server, room, None, "park"));
    for word in ["reqReserve", "reserved", "cancelled", "REQCANCEL", "아무거나"] {
        server.patch(&path, &json!({ "status": word })).expect_problem(409, "status-not-yours");
    }
    for body in [json!({}), json!({ "status": 7 }), json!({ "status": " " })] {
        server.patch(&path, &body).expect_problem(400, "invalid-fields");
    }
    server.wait_until_idle();
    assert_eq!(server.get(&path).expect_status(200)["status"], "reserved");
    assert_eq!(told(server, "park"), ["ReservationConfirmed"]);
}

fn of_a_cancel_and_a_confirmation_at_once_the_cancel_always_ends_it(server: &ServerProcess) {
    let (room, car) = (room(server, 2), car(server, 1));
    for at in 0..25 {
        let id = asks(server, room, car, "choi").created_id();
        if at % 2 == 0 {
            cancels(server, id);
        } else {
            server.at_once(3, |client, _| cancel(client, id).expect("an answer").expect_status(200));
            is(server, &format!("/reservations/{id}"), "status", "cancelled");
        }
        is(server, &format!("/payments/{id}"), "status", "cancelled");
        is_free(server, room, car);
    }
    server.wait_until_idle();
    let told = told(server, "choi");
    for once in ["ReservationCancelled", "CarCancelled"] {
        assert_eq!(told.iter().filter(|word| *word == once).count(), 25, "{once}");
    }
}

/// Groups nobody waits for are gathered for so long that a cancel can come before the confirmation.
#[test]
fn a_cancel_wins_over_a_confirmation_still_on_its_way() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["stay", "--data", "data", "--set", "runtime.gather_ms=150"]);
    let overtakes = |at: usize| {
        let (room, car, customer) = (room(&server, 2), car(&server, 1), format!("guest{at}"));
        let id = asks(&server, room, car, &customer).created_id();
        cancels(&server, id);
        is_free(&server, room, car);
        server.wait_until_idle();
        (id, told(&server, &customer))
    };
    let never_confirmed = ["ReservationCancelled", "CarCancelled"];
    let same = |told: &[String]| told.len() == 2 && never_confirmed.iter().all(|word| told.iter().any(|it| it == word));
    let (id, _) = (0..20).map(overtakes).find(|(_, told)| same(told)).expect("one cancel of twenty comes first");
    let payment = server.get(&format!("/payments/{id}")).expect_status(200);
    assert_eq!(payment["status"], "cancelled");
    closes(server);
    let mut said: Vec<String> = nadul
        .log("stay")
        .iter()
        .filter(|event| event["key"] == id && event["published"] == true)
        .filter(|event| event["source"] != "message")
        .map(|event| event["eventType"].as_str().expect("a type").to_string())
        .collect();
    said.sort();
    said.retain(|event| !event.ends_with("Registered"));
    let both = ["PaymentApproved", "PaymentCancelled"];
    let undone = ["ReservationCancelRequested", "ReservationCancelled", "ReservationCreated"];
    assert_eq!(said, [&["CarCancelled"], &both[..], &undone[..], &["RoomCancelled"]].concat());
}
