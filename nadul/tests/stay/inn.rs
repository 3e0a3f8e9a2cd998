//! An inn with its rooms and cars, and the guests who book them.
use process::{Answer, Door, Nadul, Served, bare};
use serde_json::{Value, json};

#[track_caller]
pub fn opens(nadul: &Nadul) -> Served<'_> {
    nadul.serve(&["stay", "--data", "data"])
}

/// At rest, and then proved: nothing is taken for nothing, nothing booked twice.
#[track_caller]
pub fn closes(served: Served<'_>) {
    let nadul = served.rests().nadul;
    served.stop();
    nadul.is_proved();
}

#[track_caller]
pub fn room(served: &Served<'_>, price: u64) -> u64 {
    served.post("/rooms", &json!({ "desc": "한강이 보이는 방", "price": price })).made()
}

#[track_caller]
pub fn car(served: &Served<'_>, price: u64) -> u64 {
    served.post("/rentcars", &json!({ "carName": "K5", "price": price })).made()
}

pub fn wish(room: u64, car: impl Into<Option<u64>>, customer: &str) -> Value {
    json!({ "roomId": room, "carId": car.into(), "customer": customer })
}

/// Asked for; whatever the answer is.
pub fn asks(served: &Served<'_>, room: u64, car: impl Into<Option<u64>>, customer: &str) -> Answer {
    served.post("/reservations", &wish(room, car, customer))
}

/// Booked and confirmed; its id.
#[track_caller]
pub fn books(served: &Served<'_>, room: u64, car: impl Into<Option<u64>>, customer: &str) -> u64 {
    let id = asks(served, room, car, customer).made();
    is(served, &format!("/reservations/{id}"), "status", "reserved");
    is(served, &format!("/rooms/{room}"), "status", "reserved");
    id
}

pub const CANCEL: &str = r#"{"status":"reqCancel"}"#;

pub fn cancel(door: &Door, id: u64) -> Option<Answer> {
    door.ask("PATCH", &format!("/reservations/{id}"), &[], CANCEL)
}

/// Asked to be cancelled, until it is.
#[track_caller]
pub fn cancels(served: &Served<'_>, id: u64) {
    cancel(&served.door(), id).expect("an answer").with(200);
    is(served, &format!("/reservations/{id}"), "status", "cancelled");
}

/// A field of a row becomes this word.
#[track_caller]
pub fn is(served: &Served<'_>, path: &str, field: &str, word: &str) -> Value {
    let row = served.becomes(path, &format!("{field} {word}"), |answer| answer.json()[field] == word);
    bare(row.json())
}

/// It becomes as it can be booked: `true`.
#[track_caller]
pub fn is_free(served: &Served<'_>, room: u64, car: impl Into<Option<u64>>) {
    served.becomes(&check(room), "true", |answer| answer.text == "true");
    if let Some(car) = car.into() {
        served.becomes(&check_car(car), "true", |answer| answer.text == "true");
    }
}

pub fn check(room: u64) -> String {
    format!("/check/chkAndReqReserve?roomId={room}")
}

pub fn check_car(car: u64) -> String {
    format!("/chkcar/chkStatus?carId={car}")
}

/// Nobody was ever here: nothing is reserved, paid, said or noted beside what is on offer.
#[track_caller]
pub fn is_untouched(served: &Served<'_>, room: u64, car: u64) {
    is_free(served, room, car);
    served.rests();
    assert_eq!(served.rows("reservations"), [] as [Value; 0]);
    assert_eq!(served.rows("payments"), [] as [Value; 0]);
    served.counts("/messages?customer=kim", 0);
    let view = served.get(&format!("/roomviews/{room}")).with(200);
    assert_eq!((&view["rsvId"], history(&view)), (&Value::Null, vec!["RoomRegistered".to_string()]), "{view}");
}

/// The types of a row's history, oldest first.
pub fn history(row: &Value) -> Vec<String> {
    let entries = row["history"].as_array().expect("a row has a history");
    entries.iter().map(|entry| entry["eventType"].as_str().expect("an entry has a type").to_string()).collect()
}

/// What a guest was told, oldest first.
pub fn told(served: &Served<'_>, customer: &str) -> Vec<String> {
    let messages = served.get(&format!("/messages?customer={customer}&size=200")).rows();
    messages.iter().map(|message| message["eventType"].as_str().expect("a message has a type").to_string()).collect()
}
