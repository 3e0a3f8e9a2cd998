//! Each context down and back: what can go on goes on, and what was missed happens once, in order.
use super::books_balance;
use crate::inn::{
    asks, books, cancel, cancels, car, check, check_car, closes, history, is, is_free, is_untouched, opens, room, told,
};
use process::{Nadul, Served};
use serde_json::json;

/// How often each thing that can be said was said, of one context.
fn said(nadul: &Nadul, context: &str, event: &str) -> usize {
    nadul.log(&format!("stay/{context}")).iter().filter(|it| it["eventType"] == event).count()
}

#[track_caller]
fn is_down(served: &Served<'_>, path: &str) {
    let answer = served.get(path);
    answer.refused(503, "unavailable");
    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
}

#[test]
fn without_room_nothing_is_booked_and_a_cancel_frees_it_when_it_is_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    let id = books(&served, room, car, "kim");
    served.works("stay", "room", false);
    asks(&served, room, car, "lee").refused(503, "unavailable");
    is_down(&served, &check(room));
    cancels(&served, id);
    is_free_car(&served, car);
    is(&served, &format!("/payments/{id}"), "status", "cancelled");
    served.shows("/messages?customer=kim", "ReservationCancelled");
    served.works("stay", "room", true);
    is_free(&served, room, car);
    is(&served, &format!("/roomviews/{room}"), "roomStatus", "available");
    books_balance(&served);
    closes(served);
    assert_eq!((said(&nadul, "room", "RoomReserved"), said(&nadul, "room", "RoomCancelled")), (1, 1));
}

#[track_caller]
fn is_free_car(served: &Served<'_>, car: u64) {
    served.becomes(&check_car(car), "true", |answer| answer.text == "true");
}

#[test]
fn without_rentcar_rooms_are_booked_without_a_car_and_nothing_is_held_for_one_with_it() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (first, second, car) = (room(&served, 2), room(&served, 2), car(&served, 1));
    served.works("stay", "rentcar", false);
    asks(&served, first, car, "kim").refused(503, "unavailable");
    is_down(&served, &check_car(car));
    books(&served, second, None, "lee");
    served.becomes(&check(first), "true", |answer| answer.text == "true");
    served.works("stay", "rentcar", true);
    is_free(&served, first, car);
    let id = books(&served, first, car, "kim");
    served.rests().works("stay", "rentcar", false);
    cancels(&served, id);
    is(&served, &format!("/rooms/{first}"), "status", "available");
    served.works("stay", "rentcar", true);
    is_free(&served, first, car);
    books_balance(&served);
    assert_eq!(told(&served, "kim").iter().filter(|word| *word == "CarCancelled").count(), 1);
    closes(served);
    assert_eq!((said(&nadul, "rentcar", "CarReserved"), said(&nadul, "rentcar", "CarCancelled")), (1, 1));
}

#[test]
fn without_payment_nothing_is_booked_for_money_and_a_cancel_is_refunded_once_when_it_is_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    served.works("stay", "payment", false);
    asks(&served, room, car, "kim").refused(503, "unavailable");
    served.works("stay", "payment", true);
    is_untouched(&served, room, car);
    let id = books(&served, room, car, "kim");
    served.rests().works("stay", "payment", false);
    assert_eq!(cancel(&served.door(), id).expect("an answer").with(200)["status"], "reqCancel");
    assert_eq!(cancel(&served.door(), id).expect("an answer").with(200)["status"], "reqCancel");
    assert_eq!(served.get(&check(room)).text, "false", "the money comes back first");
    served.works("stay", "payment", true);
    is(&served, &format!("/reservations/{id}"), "status", "cancelled");
    is_free(&served, room, car);
    books_balance(&served);
    closes(served);
    assert_eq!((said(&nadul, "payment", "PaymentApproved"), said(&nadul, "payment", "PaymentCancelled")), (1, 1));
}

#[test]
fn without_reservation_rooms_and_cars_are_offered_and_what_it_missed_is_confirmed_once() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let rooms: Vec<u64> = (0..10).map(|_| room(&served, 2)).collect();
    let ids: Vec<u64> = rooms.iter().map(|room| asks(&served, *room, None, "kim").made()).collect();
    served.works("stay", "reservation", false); // with confirmations on their way
    asks(&served, rooms[0], None, "lee").refused(503, "unavailable");
    is_down(&served, "/reservations/1");
    let later = room(&served, 2);
    served.post("/reviews", &json!({ "roomId": later, "content": "a" })).made();
    assert_eq!(served.get(&check(rooms[0])).text, "false", "held or reserved, it is kept");
    served.works("stay", "reservation", true);
    ids.iter().for_each(|id| drop(is(&served, &format!("/reservations/{id}"), "status", "reserved")));
    books_balance(&served);
    assert_eq!(told(&served, "kim"), vec!["ReservationConfirmed"; 10]);
    closes(served);
    let confirmed = nadul.log("stay/reservation").into_iter().filter(|it| it["eventType"] == "ReservationConfirmed");
    let order: Vec<u64> = confirmed.map(|event| event["rsvId"].as_u64().expect("an id")).collect();
    assert_eq!(order, ids, "each once, in order");
}

#[test]
fn without_the_view_page_everything_goes_on_and_it_catches_up_in_order() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    served.rests().works("stay", "viewpage", false);
    for _ in 0..3 {
        let id = books(&served, room, car, "kim");
        is(&served, &format!("/rentcars/{car}"), "status", "reserved");
        cancels(&served, id);
        is_free(&served, room, car);
    }
    is_down(&served, "/roomviews");
    served.works("stay", "viewpage", true);
    let row = served.rests().get(&format!("/roomviews/{room}")).with(200);
    assert_eq!((&row["rsvStatus"], &row["payStatus"]), (&json!("cancelled"), &json!("cancelled")));
    let words = history(&row);
    assert_eq!(words.len(), 1 + 3 * 10, "{words:?}");
    for round in words[1..].chunks(10) {
        assert_eq!(round[..3], ["ReservationCreated", "PaymentApproved", "ReservationConfirmed"]);
        assert_eq!(round[5..8], ["ReservationCancelRequested", "PaymentCancelled", "ReservationCancelled"]);
    }
    books_balance(&served);
    closes(served);
}

#[test]
fn a_message_that_was_down_tells_everything_once_in_order_when_it_is_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    served.works("stay", "message", false);
    for _ in 0..3 {
        let id = books(&served, room, car, "kim");
        is(&served, &format!("/rentcars/{car}"), "status", "reserved");
        cancels(&served, id);
        is_free(&served, room, car);
    }
    is_down(&served, "/messages?customer=kim");
    served.works("stay", "message", true);
    served.rests();
    let told = told(&served, "kim");
    assert_eq!(told.len(), 3 * 4, "{told:?}");
    for round in told.chunks(4) {
        assert_eq!(round, ["ReservationConfirmed", "CarReserved", "ReservationCancelled", "CarCancelled"]);
    }
    closes(served);
}

#[test]
fn views_and_messages_answer_while_everything_else_is_down() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    books(&served, room, car, "kim");
    served.rests();
    let others = ["room", "rentcar", "reservation", "payment"];
    others.iter().for_each(|context| served.works("stay", context, false));
    assert_eq!(served.get(&format!("/roomviews/{room}")).with(200)["rsvStatus"], "reserved");
    assert_eq!(told(&served, "kim"), ["ReservationConfirmed", "CarReserved"]);
    others.iter().for_each(|context| served.works("stay", context, true));
    books_balance(&served);
    closes(served);
}
