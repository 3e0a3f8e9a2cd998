//! What always holds: however many ask at the same instant, a room and a car are booked once, and paid once.
use crate::stay::steps::{books, cancel, cancels, car, closes, is_free, is_sound, room, wish};
use process::{HttpAnswer, HttpClient, Nadul, ServerProcess};
use serde_json::Value;

/// So many at once may take a busy machine longer than a guest would wait.
const LONG_TIMEOUTS: [&str; 9] = [
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

fn asks_for(client: &HttpClient, room: u64, car: u64, at: usize) -> Option<HttpAnswer> {
    client.post("/reservations", &wish(room, car, &format!("guest{at}")))
}

/// The one of a crowd that won; everybody else was refused as they should be.
#[track_caller]
fn the_winner(answers: &[HttpAnswer]) -> u64 {
    let won: Vec<&HttpAnswer> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(won.len(), 1, "{won:?}");
    for lost in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(lost.status, 409, "{lost:?}");
        assert!(["room-not-available", "car-not-available"].contains(&lost.problem().as_str()), "{lost:?}");
    }
    won[0].id()
}

#[track_caller]
fn belong_to(server: &ServerProcess<'_>, room: u64, car: u64, id: u64) {
    server.wait_until_idle();
    let owner = |path: String| server.get(&path).expect_status(200)["rsvId"].clone();
    assert_eq!((owner(format!("/rooms/{room}")), owner(format!("/rentcars/{car}"))), (id.into(), id.into()));
}

#[test]
fn of_two_hundred_guests_at_once_one_gets_room_and_car_and_again_after_a_cancel() {
    let nadul = Nadul::new();
    let server = nadul.serve(&LONG_TIMEOUTS);
    let (room, car) = (room(&server, 2), car(&server, 1));
    for round in 1..=3 {
        let answers = server.at_once(200, |client, at| asks_for(client, room, car, at).expect("an answer"));
        let id = the_winner(&answers);
        belong_to(&server, room, car, id);
        assert_eq!((server.rows("reservations").len(), server.rows("payments").len()), (round, round));
        cancels(&server, id);
        is_free(&server, room, car);
    }
    is_sound(&server);
    closes(server);
}

#[test]
fn of_many_guests_with_rooms_of_their_own_one_gets_the_car_and_the_other_rooms_are_free() {
    let nadul = Nadul::new();
    let server = nadul.serve(&LONG_TIMEOUTS);
    let (rooms, car): (Vec<u64>, u64) = ((0..30).map(|_| room(&server, 2)).collect(), car(&server, 1));
    let answers = server.at_once(30, |client, at| asks_for(client, rooms[at], car, at).expect("an answer"));
    let id = the_winner(&answers);
    let room = server.get(&format!("/reservations/{id}")).expect_status(200)["roomId"].as_u64().expect("a room");
    belong_to(&server, room, car, id);
    rooms.iter().filter(|other| **other != room).for_each(|other| is_free(&server, *other, None));
    is_sound(&server);
    closes(server);
}

#[test]
fn a_room_given_back_while_many_wait_for_it_is_given_to_one_of_them_at_most() {
    let nadul = Nadul::new();
    let server = nadul.serve(&LONG_TIMEOUTS);
    let (room, car) = (room(&server, 2), car(&server, 1));
    for _ in 0..15 {
        let id = books(&server, room, car, "first");
        let answers = server.at_once(12, |client, at| match at {
            0 => cancel(client, id).expect("an answer"),
            _ => asks_for(client, room, car, at).expect("an answer"),
        });
        assert_eq!(answers[0].status, 200, "{:?}", answers[0]);
        assert!(answers[1..].iter().all(|answer| [201, 409].contains(&answer.status)), "{answers:?}");
        let won: Vec<&HttpAnswer> = answers[1..].iter().filter(|answer| answer.status == 201).collect();
        assert!(won.len() <= 1, "{won:?}");
        won.iter().for_each(|answer| cancels(&server, answer.id()));
        is_free(&server, room, car);
    }
    is_sound(&server);
    closes(server);
}

#[test]
fn two_hundred_guests_are_killed_in_the_middle_and_still_one_at_most_has_room_and_car() {
    let nadul = Nadul::new();
    let mut server = nadul.serve(&LONG_TIMEOUTS);
    let (room, car) = (room(&server, 2), car(&server, 1));
    for kill in 0..6 {
        let told = server.kill_under_load(200, 1 + kill * 23, |client, at| asks_for(client, room, car, at));
        let said = nadul.run(&["check", "--data", "data"]);
        assert_eq!(said.code, Some(0), "after kill {kill}: {said:?}");
        let won: Vec<u64> = told.iter().filter(|answer| answer.status == 201).map(HttpAnswer::id).collect();
        assert!(won.len() <= 1, "{won:?}");
        assert!(told.iter().all(|answer| [201, 409].contains(&answer.status)), "{told:?}");

        server = nadul.serve(&LONG_TIMEOUTS);
        server.wait_until_idle();
        let open = |row: &Value| row["status"] != "cancelled";
        let standing: Vec<Value> = server.rows("reservations").into_iter().filter(open).collect();
        assert!(standing.len() <= 1, "{standing:?}");
        assert!(won.iter().all(|id| standing.iter().any(|row| row["id"] == *id)), "{won:?} {standing:?}");
        standing.iter().for_each(|row| cancels(&server, row["id"].as_u64().expect("an id")));
        is_free(&server, room, car);
        let answers = server.at_once(200, |client, at| asks_for(client, room, car, at).expect("an answer"));
        cancels(&server, the_winner(&answers));
        is_free(&server, room, car);
        is_sound(&server);
    }
    closes(server);
}
