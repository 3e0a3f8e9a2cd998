//! What a guest is told, to the letter, in both languages, with and without a city.
use crate::stay::steps::{books, cancels, car, closes, is, opens, room};
use process::{Nadul, ServerProcess};
use serde_json::{Value, json};

fn letters(server: &ServerProcess<'_>, customer: &str) -> Vec<(String, String, String)> {
    let word = |row: &Value, name: &str| row[name].as_str().expect("a text").to_string();
    let rows = server.wait_until_idle().get(&format!("/messages?customer={customer}")).rows();
    let mut letters: Vec<_> =
        rows.iter().map(|row| (word(row, "eventType"), word(row, "ko"), word(row, "en"))).collect();
    letters.sort();
    letters
}

fn letter(event: &str, ko: &str, en: &str) -> (String, String, String) {
    (event.to_string(), ko.to_string(), en.to_string())
}

#[test]
fn a_confirmation_and_a_cancellation_are_told_to_the_letter_with_their_city() {
    let nadul = Nadul::new();
    let server = nadul.serve_with(&[("CITYNAME", "Seoul")], &["stay", "--data", "data"]);
    let live = server.stream("/messages?customer=kim", None);
    let id = books(&server, room(&server, 2), car(&server, 1), "kim");
    is(&server, "/rentcars/1", "status", "reserved");
    cancels(&server, id);
    let expected = [
        letter(
            "CarCancelled",
            "렌터카가 예약이 취소 되었습니다. 방 번호 : [1], 렌터카번호[1], 렌터카명 [K5]",
            "Your rental car is cancelled. Room: [1], car number [1], car [K5]",
        ),
        letter(
            "CarReserved",
            "렌터카가 예약 되었습니다. 방 번호 : [1], 렌터카번호[1], 렌터카명 [K5]",
            "Your rental car is reserved. Room: [1], car number [1], car [K5]",
        ),
        letter(
            "ReservationCancelled",
            "예약이 취소 되었습니다. 방 번호 : [1], 도시명[Seoul]",
            "Your reservation is cancelled. Room: [1], city [Seoul]",
        ),
        letter(
            "ReservationConfirmed",
            "예약이 완료 되었습니다. 방 번호 : [1], 도시명[Seoul]",
            "Your reservation is confirmed. Room: [1], city [Seoul]",
        ),
    ];
    assert_eq!(letters(&server, "kim"), expected);
    let mut pushed: Vec<_> = (0..4).map(|_| live.next().data).map(|row| row["ko"].clone()).collect();
    pushed.sort_by_key(ToString::to_string);
    let mut told: Vec<_> = expected.iter().map(|(_, ko, _)| json!(ko)).collect();
    told.sort_by_key(ToString::to_string);
    assert_eq!(pushed, told, "all are pushed to an open page");
    closes(server);
}

/// A guest who was not named hears by the number of the reservation, and nobody else's messages are among them.
#[test]
fn the_messages_of_a_reservation_without_a_guest_are_found_by_its_number() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["stay", "--data", "data"]);
    let other = books(&server, room(&server, 2), None, "kim");
    let id = server.post("/reservations", &json!({ "roomId": room(&server, 2) })).created_id();
    let about = |id: u64| {
        let rows = server.wait_until_idle().get(&format!("/messages?rsvId={id}")).rows();
        rows.iter().map(|row| json!([row["rsvId"], row["customer"], row["eventType"]])).collect::<Vec<_>>()
    };
    assert_eq!(about(id), [json!([id, null, "ReservationConfirmed"])]);
    assert_eq!(about(other), [json!([other, "kim", "ReservationConfirmed"])]);
    server.wait_for_count(&format!("/messages?customer=kim&rsvId={id}"), 0);
    closes(server);
}

/// Booked in a city's run, and cancelled there.
fn stays_in(nadul: &Nadul, environment: &[(&str, &str)], arguments: &[&str], customer: &str) -> Vec<String> {
    let server = nadul.serve_with(environment, &[&["stay", "--data", "data"], arguments].concat());
    let id = books(&server, room(&server, 2), None, customer);
    cancels(&server, id);
    let told = letters(&server, customer).into_iter().map(|(_, ko, _)| ko).collect();
    closes(server);
    told
}

#[test]
fn the_city_comes_from_the_setting_and_a_message_keeps_the_one_of_its_sending() {
    let nadul = Nadul::new();
    let set = ["--set", "stay.city_name=Jeju"];
    let named = |room: u64, city: &str| {
        ["취소", "완료"].map(|word| format!("예약이 {word} 되었습니다. 방 번호 : [{room}]{city}")).to_vec()
    };
    assert_eq!(stays_in(&nadul, &[("CITYNAME", "Seoul")], &[], "a"), named(1, ", 도시명[Seoul]"));
    assert_eq!(stays_in(&nadul, &[], &[], "b"), named(2, ""), "unset, it is left out");
    assert_eq!(stays_in(&nadul, &[("CITYNAME", "  ")], &[], "c"), named(3, ""), "blank, it is left out");
    let both = [("CITYNAME", "Seoul"), ("NADUL_STAY_CITY_NAME", "부산")];
    assert_eq!(stays_in(&nadul, &both, &[], "d"), named(4, ", 도시명[부산]"), "the one of Nadul's own wins");
    assert_eq!(stays_in(&nadul, &both, &set, "e"), named(5, ", 도시명[Jeju]"), "the command line wins");
    let server = opens(&nadul);
    let kept: Vec<_> = letters(&server, "a").into_iter().map(|(_, ko, _)| ko).collect();
    assert_eq!(kept, named(1, ", 도시명[Seoul]"));
    closes(server);
}
