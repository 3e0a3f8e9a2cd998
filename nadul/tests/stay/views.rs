//! /roomviews: a room, the latest reservation made for it, and its history.
use crate::stay::steps::{books, cancels, car, closes, history, is, opens, room};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

fn without_history(mut row: Value) -> Value {
    row.as_object_mut().expect("a row").remove("history");
    row
}

#[test]
fn a_room_s_row_shows_its_latest_reservation() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    a_deleted_room_s_row_goes_and_never_comes_back(&server);
    a_room_s_row_shows_room_reservation_payment_and_car(&server);
    edits_of_room_and_car_are_shown_while_they_are_reserved(&server);
    an_event_of_an_older_reservation_only_adds_history(&server);
    closes(server);
}

fn a_deleted_room_s_row_goes_and_never_comes_back(server: &ServerProcess) {
    let (gone, stays) = (room(server, 2), room(server, 2));
    let review = server.post("/reviews", &json!({ "roomId": gone, "content": "a" })).created_id();
    let id = books(server, gone, None, "kim");
    cancels(server, id);
    server.wait_until_idle();
    assert_eq!(server.delete(&format!("/rooms/{gone}")).status, 204);
    server.wait_for_count("/roomviews", 1);
    server.patch(&format!("/reviews/{review}"), &json!({ "content": "b" })).expect_status(200);
    assert_eq!(server.delete(&format!("/reviews/{review}")).status, 204);
    server.wait_until_idle();
    server.get(&format!("/roomviews/{gone}")).expect_problem(404, "unknown-id");
    assert_eq!(server.rows("roomviews")[0]["id"], stays);
    assert_eq!(
        server.get(&format!("/reservations/{id}")).expect_status(200)["status"],
        "cancelled",
        "the reservation stays"
    );
}

fn a_room_s_row_shows_room_reservation_payment_and_car(server: &ServerProcess) {
    let (room, car) = (room(server, 2), car(server, 1));
    let path = format!("/roomviews/{room}");
    let seen = || without_history(without_links(server.wait_until_idle().get(&path).expect_status(200)));
    let row = |of: Value| {
        let mut row = json!({ "id": room, "roomId": room, "desc": "한강이 보이는 방", "price": 2, "roomStatus": "available",
            "reviewCnt": 0, "rsvId": null, "rsvStatus": null, "payId": null, "payStatus": null, "carId": null,
            "carName": null, "carStatus": null });
        row.as_object_mut().expect("a row").extend(of.as_object().expect("fields").clone());
        row
    };
    assert_eq!(seen(), row(json!({})));
    let id = books(server, room, car, "kim");
    let words = |room: &str, rsv: &str, pay: &str, car_status: &str| {
        row(json!({ "roomStatus": room, "rsvId": id, "rsvStatus": rsv, "payId": id, "payStatus": pay, "carId": car,
            "carName": "K5", "carStatus": car_status }))
    };
    assert_eq!(seen(), words("reserved", "reserved", "paid", "reserved"));
    cancels(server, id);
    assert_eq!(seen(), words("available", "cancelled", "cancelled", "available"));
    let whole = server.get(&path).expect_status(200);
    let once = [
        "RoomRegistered",
        "ReservationCreated",
        "PaymentApproved",
        "ReservationConfirmed",
        "RoomReserved",
        "CarReserved",
        "ReservationCancelRequested",
        "PaymentCancelled",
        "ReservationCancelled",
        "RoomCancelled",
        "CarCancelled",
    ];
    let mut words = history(&whole);
    assert_eq!(words[..4], once[..4]);
    assert_eq!(words[6..9], once[6..9]);
    words.sort();
    let mut sorted = once.to_vec();
    sorted.sort_unstable();
    assert_eq!(words, sorted, "each event once");
}

fn edits_of_room_and_car_are_shown_while_they_are_reserved(server: &ServerProcess) {
    let (room, car) = (room(server, 2), car(server, 1));
    books(server, room, car, "kim");
    is(server, &format!("/rentcars/{car}"), "status", "reserved");
    server.patch(&format!("/rooms/{room}"), &json!({ "desc": "새 방", "price": 9 })).expect_status(200);
    server.patch(&format!("/rentcars/{car}"), &json!({ "carName": "K9" })).expect_status(200);
    let row = server.wait_until_idle().get(&format!("/roomviews/{room}")).expect_status(200);
    let seen = [&row["desc"], &row["price"], &row["roomStatus"], &row["carName"], &row["carStatus"]];
    assert_eq!(seen, [&json!("새 방"), &json!(9), &json!("reserved"), &json!("K9"), &json!("reserved")]);
}

fn an_event_of_an_older_reservation_only_adds_history(server: &ServerProcess) {
    let (room, car) = (room(server, 2), car(server, 1));
    let older = books(server, room, car, "kim");
    is(server, &format!("/rentcars/{car}"), "status", "reserved");
    server.stop_context("stay", "rentcar");
    cancels(server, older);
    is(server, &format!("/rooms/{room}"), "status", "available");
    let newer = books(server, room, None, "lee");
    server.start_context("stay", "rentcar");
    let path = format!("/roomviews/{room}");
    let row = server.wait_for_text(&path, "CarCancelled").json();
    let seen =
        ["rsvId", "rsvStatus", "payId", "payStatus", "carId", "carName", "carStatus"].map(|name| row[name].clone());
    assert_eq!(json!(seen), json!([newer, "reserved", newer, "paid", null, null, null]), "the newer one's");
    assert_eq!(history(&row).iter().filter(|word| *word == "CarCancelled").count(), 1);
}
