//! What always holds: however many ask at the same instant, a room and a car are booked once, and paid once.
use crate::faults::books_balance;
use crate::inn::{asks, books, cancel, cancels, car, closes, is_free, opens, room, wish};
use process::{Answer, Door, Nadul, Served};
use serde_json::Value;

/// So many at once may take a busy machine longer than a guest would wait.
const PATIENT: [&str; 9] = [
    "stay",
    "--data",
    "data",
    "--set",
    "stay.hold_timeout_ms=20000",
    "--set",
    "stay.payment_timeout_ms=20000",
    "--set",
    "http.request_timeout_ms=25000",
];

fn asks_for(door: &Door, room: u64, car: u64, at: usize) -> Option<Answer> {
    door.post("/reservations", &wish(room, car, &format!("guest{at}")))
}

/// The one of a crowd that won; everybody else was refused as they should be.
#[track_caller]
fn the_winner(answers: &[Answer]) -> u64 {
    let won: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(won.len(), 1, "{won:?}");
    for lost in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(lost.status, 409, "{lost:?}");
        assert!(["room-not-available", "car-not-available"].contains(&lost.problem().as_str()), "{lost:?}");
    }
    won[0].id()
}

#[track_caller]
fn belong_to(served: &Served<'_>, room: u64, car: u64, id: u64) {
    served.rests();
    let owner = |path: String| served.get(&path).with(200)["rsvId"].clone();
    assert_eq!((owner(format!("/rooms/{room}")), owner(format!("/rentcars/{car}"))), (id.into(), id.into()));
}

#[test]
fn of_two_hundred_guests_at_once_one_gets_room_and_car_and_again_after_a_cancel() {
    let nadul = Nadul::new();
    let served = nadul.serve(&PATIENT);
    let (room, car) = (room(&served, 2), car(&served, 1));
    for round in 1..=3 {
        let answers = served.at_once(200, |door, at| asks_for(door, room, car, at).expect("an answer"));
        let id = the_winner(&answers);
        belong_to(&served, room, car, id);
        assert_eq!((served.rows("reservations").len(), served.rows("payments").len()), (round, round));
        cancels(&served, id);
        is_free(&served, room, car);
    }
    books_balance(&served);
    closes(served);
}

#[test]
fn of_many_guests_with_rooms_of_their_own_one_gets_the_car_and_the_other_rooms_are_free() {
    let nadul = Nadul::new();
    let served = nadul.serve(&PATIENT);
    let (rooms, car): (Vec<u64>, u64) = ((0..30).map(|_| room(&served, 2)).collect(), car(&served, 1));
    let answers = served.at_once(30, |door, at| asks_for(door, rooms[at], car, at).expect("an answer"));
    let id = the_winner(&answers);
    let room = served.get(&format!("/reservations/{id}")).with(200)["roomId"].as_u64().expect("a room");
    belong_to(&served, room, car, id);
    rooms.iter().filter(|other| **other != room).for_each(|other| is_free(&served, *other, None));
    books_balance(&served);
    closes(served);
}

#[test]
fn a_room_given_back_while_many_wait_for_it_is_given_to_one_of_them_at_most() {
    let nadul = Nadul::new();
    let served = nadul.serve(&PATIENT);
    let (room, car) = (room(&served, 2), car(&served, 1));
    for _ in 0..15 {
        let id = books(&served, room, car, "first");
        let answers = served.at_once(12, |door, at| match at {
            0 => cancel(door, id).expect("an answer"),
            _ => asks_for(door, room, car, at).expect("an answer"),
        });
        assert_eq!(answers[0].status, 200, "{:?}", answers[0]);
        assert!(answers[1..].iter().all(|answer| [201, 409].contains(&answer.status)), "{answers:?}");
        let won: Vec<&Answer> = answers[1..].iter().filter(|answer| answer.status == 201).collect();
        assert!(won.len() <= 1, "{won:?}");
        won.iter().for_each(|answer| cancels(&served, answer.id()));
        is_free(&served, room, car);
    }
    books_balance(&served);
    closes(served);
}

#[test]
fn two_hundred_guests_are_killed_in_the_middle_and_still_one_at_most_has_room_and_car() {
    let nadul = Nadul::new();
    let mut served = nadul.serve(&PATIENT);
    let (room, car) = (room(&served, 2), car(&served, 1));
    for kill in 0..6 {
        let told = served.killed_under(200, 1 + kill * 23, |door, at| asks_for(door, room, car, at));
        let said = nadul.run(&["check", "--data", "data"]);
        assert_eq!(said.code, Some(0), "after kill {kill}: {said:?}");
        let won: Vec<u64> = told.iter().filter(|answer| answer.status == 201).map(Answer::id).collect();
        assert!(won.len() <= 1, "{won:?}");
        assert!(told.iter().all(|answer| [201, 409].contains(&answer.status)), "{told:?}");

        served = nadul.serve(&PATIENT);
        served.rests();
        let open = |row: &Value| row["status"] != "cancelled";
        let standing: Vec<Value> = served.rows("reservations").into_iter().filter(open).collect();
        assert!(standing.len() <= 1, "{standing:?}");
        assert!(won.iter().all(|id| standing.iter().any(|row| row["id"] == *id)), "{won:?} {standing:?}");
        standing.iter().for_each(|row| cancels(&served, row["id"].as_u64().expect("an id")));
        is_free(&served, room, car);
        let answers = served.at_once(200, |door, at| asks_for(door, room, car, at).expect("an answer"));
        cancels(&served, the_winner(&answers));
        is_free(&served, room, car);
        books_balance(&served);
    }
    closes(served);
}

#[test]
fn reservations_do_not_need_messages_or_the_view_page() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    served.works("stay", "message", false);
    served.works("stay", "viewpage", false);
    let id = books(&served, room, car, "kim");
    cancels(&served, id);
    is_free(&served, room, car);
    asks(&served, room, car, "lee").made();
    served.works("stay", "message", true);
    served.works("stay", "viewpage", true);
    books_balance(&served);
    closes(served);
}
