//! A cancel: at any time, once, and everything is undone.
use crate::inn::{asks, books, cancel, cancels, car, closes, is, is_free, opens, room, told};
use process::{Nadul, bare};
use serde_json::{Value, json};

#[test]
fn a_cancel_gives_back_money_room_and_car() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    let id = books(&served, room, car, "kim");
    let answer = cancel(&served.door(), id).expect("an answer");
    let reservation = |status: &str| {
        json!({ "id": id, "rsvId": id, "roomId": room, "carId": car, "customer": "kim", "status": status,
            "payId": id, "amount": 3 })
    };
    let row = bare(answer.with(200));
    assert!(row == reservation("reqCancel") || row == reservation("cancelled"), "{row}");
    assert_eq!(is(&served, &format!("/reservations/{id}"), "status", "cancelled"), reservation("cancelled"));
    let payment = is(&served, &format!("/payments/{id}"), "status", "cancelled");
    assert_eq!((&payment["amount"], &payment["rsvId"]), (&json!(3), &json!(id)));
    let free = is(&served, &format!("/rooms/{room}"), "status", "available");
    assert_eq!((&free["lastAction"], &free["rsvId"]), (&json!("cancelled"), &Value::Null));
    let free = is(&served, &format!("/rentcars/{car}"), "status", "available");
    let seen = (&free["lastAction"], &free["rsvId"], &free["roomId"]);
    assert_eq!(seen, (&json!("cancelled"), &Value::Null, &Value::Null), "the car's row has no room any more");
    is_free(&served, room, car);
    books(&served, room, car, "lee");
    closes(served);
}

#[test]
fn a_repeated_cancel_answers_like_the_first_and_does_nothing() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    let id = books(&served, room, car, "kim");
    for answer in served.at_once(10, |door, _| cancel(door, id).expect("an answer")) {
        let status = answer.with(200)["status"].clone();
        assert!(status == "reqCancel" || status == "cancelled", "{status}");
    }
    is_free(&served, room, car);
    let next = books(&served, room, car, "lee");
    assert_eq!(cancel(&served.door(), id).expect("an answer").with(200)["status"], "cancelled");
    served.rests();
    assert_eq!(served.get(&format!("/rooms/{room}")).with(200)["rsvId"], next, "another guest's by now");
    assert_eq!(told(&served, "kim").iter().filter(|word| word.ends_with("Cancelled")).count(), 2);
    closes(served);
    for once in
        ["ReservationCancelRequested", "ReservationCancelled", "PaymentCancelled", "RoomCancelled", "CarCancelled"]
    {
        let many = nadul.log("stay").iter().filter(|event| event["eventType"] == once).count();
        assert_eq!(many, 1, "{once}");
    }
}

#[test]
fn a_client_may_set_no_other_status() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let room = room(&served, 2);
    let path = format!("/reservations/{}", books(&served, room, None, "kim"));
    for word in ["reqReserve", "reserved", "cancelled", "REQCANCEL", "아무거나"] {
        served.patch(&path, &json!({ "status": word })).refused(409, "status-not-yours");
    }
    for body in [json!({}), json!({ "status": 7 }), json!({ "status": " " })] {
        served.patch(&path, &body).refused(400, "invalid-fields");
    }
    served.rests();
    assert_eq!(served.get(&path).with(200)["status"], "reserved");
    assert_eq!(told(&served, "kim"), ["ReservationConfirmed"]);
    closes(served);
}

#[test]
fn the_cancel_of_a_refused_or_unpaid_reservation_frees_nobody_s_room() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    served.pays("stay", "decline");
    asks(&served, room, car, "kim").refused(402, "payment-declined");
    served.pays("stay", "approve");
    is_free(&served, room, car);
    let id = books(&served, room, car, "lee");
    asks(&served, room, car, "kim").refused(409, "room-not-available");
    for other in (1..id + 20).filter(|other| *other != id) {
        cancel(&served.door(), other).expect("an answer").refused(404, "unknown-reservation");
    }
    served.rests();
    assert_eq!(served.get(&format!("/rooms/{room}")).with(200)["rsvId"], id);
    assert_eq!(served.get(&format!("/rentcars/{car}")).with(200)["rsvId"], id);
    closes(served);
}

/// Groups nobody waits for are gathered for so long that a cancel can come before the confirmation.
#[test]
fn a_cancel_wins_over_a_confirmation_still_on_its_way() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["stay", "--data", "data", "--set", "runtime.gather_ms=150"]);
    let overtakes = |at: usize| {
        let (room, car, customer) = (room(&served, 2), car(&served, 1), format!("guest{at}"));
        let id = asks(&served, room, car, &customer).made();
        cancels(&served, id);
        is_free(&served, room, car);
        served.rests();
        (id, told(&served, &customer))
    };
    let never_confirmed = ["ReservationCancelled", "CarCancelled"];
    let same = |told: &[String]| told.len() == 2 && never_confirmed.iter().all(|word| told.iter().any(|it| it == word));
    let (id, _) = (0..20).map(overtakes).find(|(_, told)| same(told)).expect("one cancel of twenty comes first");
    let payment = served.get(&format!("/payments/{id}")).with(200);
    assert_eq!(payment["status"], "cancelled");
    closes(served);
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

#[test]
fn of_a_cancel_and_a_confirmation_at_once_the_cancel_always_ends_it() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    for at in 0..25 {
        let id = asks(&served, room, car, "kim").made();
        if at % 2 == 0 {
            cancels(&served, id);
        } else {
            served.at_once(3, |door, _| cancel(door, id).expect("an answer").with(200));
            is(&served, &format!("/reservations/{id}"), "status", "cancelled");
        }
        is(&served, &format!("/payments/{id}"), "status", "cancelled");
        is_free(&served, room, car);
    }
    served.rests();
    let told = told(&served, "kim");
    for once in ["ReservationCancelled", "CarCancelled"] {
        assert_eq!(told.iter().filter(|word| *word == once).count(), 25, "{once}");
    }
    closes(served);
}
