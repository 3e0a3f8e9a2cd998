//! A cancel: at any time, once, and everything is undone.
use crate::inn::{asks, books, cancel, cancels, car, closes, holds_the_disk, is, is_free, lets_go, opens, room, told};
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

/// Payment's disk is held from the hold on, so that it can't take before the cancel comes.
#[test]
fn a_cancel_wins_over_a_confirmation_still_on_its_way() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["stay", "--data", "data", "--set", "http.request_timeout_ms=25000"]);
    let (room, car) = (room(&served, 2), car(&served, 1));
    let not_yet = holds_the_disk(served.rests(), "reservation");
    let id = std::thread::scope(|scope| {
        let guest = scope.spawn(|| asks(&served, room, car, "kim"));
        served.shows("/payments/1", "approved");
        let no_money = holds_the_disk(&served, "payment");
        lets_go(&not_yet);
        let row = guest.join().expect("a guest").with(201);
        let id = row["id"].as_u64().expect("an id");
        let cancelled = cancel(&served.door(), id).expect("an answer").with(200);
        assert_eq!((&row["status"], &cancelled["status"]), (&json!("reqReserve"), &json!("reqCancel")));
        lets_go(&no_money);
        id
    });
    is(&served, &format!("/reservations/{id}"), "status", "cancelled");
    is(&served, &format!("/payments/{id}"), "status", "cancelled");
    is_free(&served, room, car);
    let mut told = told(served.rests(), "kim");
    told.sort();
    assert_eq!(told, ["CarCancelled", "ReservationCancelled"]);
    let view = served.get(&format!("/roomviews/{room}")).with(200);
    let words = ["rsvStatus", "payStatus", "carStatus"].map(|name| view[name].clone());
    assert_eq!(json!(words), json!(["cancelled", "cancelled", "available"]));
    closes(served);
    let said = |context: &str| -> Vec<Value> {
        let log = nadul.log(&format!("stay/{context}"));
        let of_it = log.iter().filter(|event| event["published"] == true && event["rsvId"] == id);
        of_it.map(|event| event["eventType"].clone()).collect()
    };
    assert_eq!(said("payment"), ["PaymentApproved", "PaymentCancelled"], "payment takes, then cancels");
    let ignored = ["ReservationCreated", "ReservationCancelRequested", "ReservationCancelled"];
    assert_eq!(said("reservation"), ignored, "the approval is ignored");
    assert_eq!((said("room"), said("rentcar")), (vec![json!("RoomCancelled")], vec![json!("CarCancelled")]));
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
