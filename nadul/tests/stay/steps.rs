//! An inn with its rooms and cars, and the guests who book them.
use process::{HttpAnswer, HttpClient, Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

#[track_caller]
pub fn opens(nadul: &Nadul) -> ServerProcess<'_> {
    nadul.serve(&["stay", "--data", "data"])
}

/// At rest, and then proved: nothing is taken for nothing, nothing booked twice.
#[track_caller]
pub fn closes(server: ServerProcess<'_>) {
    let nadul = server.wait_until_idle().nadul;
    server.stop();
    nadul.check_data();
}

#[track_caller]
pub fn room(server: &ServerProcess<'_>, price: u64) -> u64 {
    server.post("/rooms", &json!({ "desc": "한강이 보이는 방", "price": price })).created_id()
}

#[track_caller]
pub fn car(server: &ServerProcess<'_>, price: u64) -> u64 {
    server.post("/rentcars", &json!({ "carName": "K5", "price": price })).created_id()
}

pub fn wish(room: u64, car: impl Into<Option<u64>>, customer: &str) -> Value {
    json!({ "roomId": room, "carId": car.into(), "customer": customer })
}

/// Asked for; whatever the answer is.
pub fn asks(server: &ServerProcess<'_>, room: u64, car: impl Into<Option<u64>>, customer: &str) -> HttpAnswer {
    server.post("/reservations", &wish(room, car, customer))
}

/// Booked and confirmed; its id.
#[track_caller]
pub fn books(server: &ServerProcess<'_>, room: u64, car: impl Into<Option<u64>>, customer: &str) -> u64 {
    let id = asks(server, room, car, customer).created_id();
    is(server, &format!("/reservations/{id}"), "status", "reserved");
    is(server, &format!("/rooms/{room}"), "status", "reserved");
    id
}

pub const CANCEL: &str = r#"{"status":"reqCancel"}"#;

pub fn cancel(client: &HttpClient, id: u64) -> Option<HttpAnswer> {
    client.request("PATCH", &format!("/reservations/{id}"), &[], CANCEL)
}

/// Asked to be cancelled, until it is.
#[track_caller]
pub fn cancels(server: &ServerProcess<'_>, id: u64) {
    cancel(&server.client(), id).expect("an answer").expect_status(200);
    is(server, &format!("/reservations/{id}"), "status", "cancelled");
}

/// A field of a row becomes this word.
#[track_caller]
pub fn is(server: &ServerProcess<'_>, path: &str, field: &str, word: &str) -> Value {
    let row = server.wait_until(path, &format!("{field} {word}"), |answer| answer.json()[field] == word);
    without_links(row.json())
}

/// It becomes as it can be booked: `true`.
#[track_caller]
pub fn is_free(server: &ServerProcess<'_>, room: u64, car: impl Into<Option<u64>>) {
    server.wait_until(&check(room), "true", |answer| answer.text == "true");
    if let Some(car) = car.into() {
        server.wait_until(&check_car(car), "true", |answer| answer.text == "true");
    }
}

pub fn check(room: u64) -> String {
    format!("/check/chkAndReqReserve?roomId={room}")
}

pub fn check_car(car: u64) -> String {
    format!("/chkcar/chkStatus?carId={car}")
}

/// The types of a row's history, oldest first.
pub fn history(row: &Value) -> Vec<String> {
    let entries = row["history"].as_array().expect("a row has a history");
    entries.iter().map(|entry| entry["eventType"].as_str().expect("an entry has a type").to_string()).collect()
}

/// What a guest was told, oldest first.
pub fn told(server: &ServerProcess<'_>, customer: &str) -> Vec<String> {
    let messages = server.get(&format!("/messages?customer={customer}&size=200")).rows();
    messages.iter().map(|message| message["eventType"].as_str().expect("a message has a type").to_string()).collect()
}

/// Money, rooms, cars, messages and views agree.
#[track_caller]
pub fn is_sound(server: &ServerProcess) {
    crate::five::is_sound(server, crate::five::ALL[3]);
}
