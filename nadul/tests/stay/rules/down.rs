//! Each context down and back: what can go on goes on, and what was missed happens once, in order.
use crate::stay::steps::{
    asks, books, cancels, car, check, check_car, closes, is, is_free, is_sound, opens, room, told,
};
use process::{Nadul, ServerProcess};

/// How often each thing that can be said was said, of one context.
fn said(nadul: &Nadul, context: &str, event: &str) -> usize {
    nadul.log(&format!("stay/{context}")).iter().filter(|it| it["eventType"] == event).count()
}

#[track_caller]
fn is_down(server: &ServerProcess<'_>, path: &str) {
    let answer = server.get(path);
    answer.expect_problem(503, "unavailable");
    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
}

#[test]
fn without_room_nothing_is_booked_and_a_cancel_frees_it_when_it_is_back() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let (room, car) = (room(&server, 2), car(&server, 1));
    let id = books(&server, room, car, "kim");
    server.stop_context("stay", "room");
    asks(&server, room, car, "lee").expect_problem(503, "unavailable");
    is_down(&server, &check(room));
    cancels(&server, id);
    is_free_car(&server, car);
    is(&server, &format!("/payments/{id}"), "status", "cancelled");
    server.wait_for_text("/messages?customer=kim", "ReservationCancelled");
    server.start_context("stay", "room");
    is_free(&server, room, car);
    is(&server, &format!("/roomviews/{room}"), "roomStatus", "available");
    is_sound(&server);
    closes(server);
    assert_eq!((said(&nadul, "room", "RoomReserved"), said(&nadul, "room", "RoomCancelled")), (1, 1));
}

#[track_caller]
fn is_free_car(server: &ServerProcess<'_>, car: u64) {
    server.wait_until(&check_car(car), "true", |answer| answer.text == "true");
}

#[test]
fn without_rentcar_rooms_are_booked_without_a_car_and_nothing_is_held_for_one_with_it() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let (first, second, car) = (room(&server, 2), room(&server, 2), car(&server, 1));
    server.stop_context("stay", "rentcar");
    asks(&server, first, car, "kim").expect_problem(503, "unavailable");
    is_down(&server, &check_car(car));
    books(&server, second, None, "lee");
    server.wait_until(&check(first), "true", |answer| answer.text == "true");
    server.start_context("stay", "rentcar");
    is_free(&server, first, car);
    let id = books(&server, first, car, "kim");
    server.wait_until_idle().stop_context("stay", "rentcar");
    cancels(&server, id);
    is(&server, &format!("/rooms/{first}"), "status", "available");
    server.start_context("stay", "rentcar");
    is_free(&server, first, car);
    is_sound(&server);
    assert_eq!(told(&server, "kim").iter().filter(|word| *word == "CarCancelled").count(), 1);
    closes(server);
    assert_eq!((said(&nadul, "rentcar", "CarReserved"), said(&nadul, "rentcar", "CarCancelled")), (1, 1));
}
