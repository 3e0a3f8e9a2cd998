//! What is published: the fields of each event, its key and its frame, and what nobody else sees.
use crate::stay::steps::{asks, books, cancels, closes, opens};
use process::Nadul;
use serde_json::{Value, json};

/// An event's own fields, without its frame.
fn fields(event: &Value) -> Value {
    let mut fields = event.as_object().expect("an event is an object").clone();
    for frame in ["eventId", "eventType", "timestamp", "correlationId", "source", "position", "key", "published"] {
        assert!(fields.remove(frame).is_some(), "{event} has no {frame}");
    }
    Value::Object(fields)
}

fn row(said: &str, key: u64, fields: Value) -> (String, u64, Value) {
    (said.to_string(), key, fields)
}

#[test]
fn every_event_has_the_fields_and_the_key_of_its_page() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let none = server.post("/rentcars", &json!({ "carName": "none" })).created_id();
    server.delete(&format!("/rentcars/{none}"));
    let room = server.post("/rooms", &json!({ "desc": "방", "price": 2 })).created_id();
    server.patch("/rooms/1", &json!({ "desc": "큰 방" })).expect_status(200);
    let car = server.post("/rentcars", &json!({ "carName": "K5" })).created_id();
    server.patch(&format!("/rentcars/{car}"), &json!({ "price": 1 })).expect_status(200);
    let review = server.post("/reviews", &json!({ "roomId": room, "content": "좋아요" })).created_id();
    server
        .wait_until_idle()
        .patch(&format!("/reviews/{review}"), &json!({ "content": "아주 좋아요" }))
        .expect_status(200);
    server.delete(&format!("/reviews/{review}"));
    let id = books(server.wait_until_idle(), room, car, "김나들");
    cancels(server.wait_until_idle(), id);
    server.wait_until_idle();
    server.delete(&format!("/rooms/{room}"));
    server.delete(&format!("/rentcars/{car}"));
    closes(server);

    let offer = |desc: &str, status: &str, review_cnt: u64, last_action: &str, rsv_id: Option<u64>| {
        json!({ "roomId": room, "status": status, "desc": desc, "price": 2, "reviewCnt": review_cnt,
            "lastAction": last_action, "rsvId": rsv_id })
    };
    let text = |content: &str| json!({ "reviewId": review, "roomId": room, "content": content });
    let of_room = [
        row("RoomRegistered", room, offer("방", "available", 0, "register", None)),
        row("RoomModified", room, offer("큰 방", "available", 0, "modify", None)),
        row("ReviewCreated", room, text("좋아요")),
        row("RoomModified", room, offer("큰 방", "available", 1, "review", None)),
        row("ReviewModified", room, text("아주 좋아요")),
        row("ReviewDeleted", room, text("아주 좋아요")),
        row("RoomModified", room, offer("큰 방", "available", 0, "review", None)),
        row("RoomReserved", id, offer("큰 방", "reserved", 0, "reserved", Some(id))),
        row("RoomCancelled", id, offer("큰 방", "available", 0, "cancelled", Some(id))),
        row("RoomDeleted", room, offer("큰 방", "available", 0, "delete", None)),
    ];
    let booking = |status: &str| {
        json!({ "rsvId": id, "roomId": room, "carId": car, "customer": "김나들", "status": status, "payId": id,
            "amount": 3 })
    };
    let of_reservation = [
        row("ReservationCreated", id, booking("reqReserve")),
        row("ReservationConfirmed", id, booking("reserved")),
        row("ReservationCancelRequested", id, booking("reqCancel")),
        row("ReservationCancelled", id, booking("cancelled")),
    ];
    let paid =
        |status: &str| json!({ "payId": id, "rsvId": id, "roomId": room, "carId": car, "amount": 3, "status": status });
    let of_payment = [row("PaymentApproved", id, paid("approved")), row("PaymentCancelled", id, paid("cancelled"))];
    let drive = |price: u64, status: &str, last_action: &str, of: Option<u64>| {
        json!({ "carId": car, "carName": "K5", "price": price, "status": status, "lastAction": last_action,
            "roomId": of.map(|_| room), "rsvId": of })
    };
    let of_rentcar = [
        row("CarRegistered", car, drive(0, "available", "register", None)),
        row("CarModified", car, drive(1, "available", "modify", None)),
        row("CarReserved", id, drive(1, "reserved", "reserved", Some(id))),
        row("CarCancelled", id, drive(1, "available", "cancelled", Some(id))),
        row("CarDeleted", car, drive(1, "available", "delete", None)),
    ];
    for (context, expected) in [
        ("room", &of_room[..]),
        ("reservation", &of_reservation),
        ("payment", &of_payment),
        ("rentcar", &of_rentcar),
        ("message", &[]),
        ("viewpage", &[]),
    ] {
        let log = nadul.log(&format!("stay/{context}"));
        let published = log.iter().filter(|event| event["published"] == true && event["carId"] != none);
        let said = published.map(|event| {
            assert_eq!(event["source"], context);
            row(event["eventType"].as_str().expect("a type"), event["key"].as_u64().expect("a key"), fields(event))
        });
        let said: Vec<_> = said.collect();
        assert_eq!(said, expected, "{context}");
    }
}

#[test]
fn holding_and_voiding_are_private() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let (room, car) = (crate::stay::steps::room(&server, 2), crate::stay::steps::car(&server, 1));
    server.set_payment_mode("stay", "decline");
    asks(&server, room, car, "kim").expect_problem(402, "payment-declined");
    server.set_payment_mode("stay", "approve");
    crate::stay::steps::is_free(&server, room, car);
    let before = ["rooms", "rentcars"].map(|path| server.get(&format!("/{path}/1")).header("etag").to_string());
    assert_eq!(before, ["\"1\"", "\"1\""], "a hold that was given back leaves the row's version alone");
    closes(server);
    let said = |context: &str| -> Vec<(String, bool)> {
        let event = |event: &Value| {
            (event["eventType"].as_str().expect("a type").to_string(), event["published"].as_bool().expect("a word"))
        };
        nadul.log(&format!("stay/{context}")).iter().map(event).collect()
    };
    for (context, [registered, held, voided]) in
        [("room", ["RoomRegistered", "RoomHeld", "RoomVoided"]), ("rentcar", ["CarRegistered", "CarHeld", "CarVoided"])]
    {
        let expected = [(registered, true), (held, false), (voided, false)];
        assert_eq!(said(context), expected.map(|(name, published)| (name.to_string(), published)));
    }
    assert_eq!(said("reservation"), [] as [(String, bool); 0]);
}
