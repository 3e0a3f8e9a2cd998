//! stay: a guest books a room and a car.
use crate::five::{
    HttpCommand, ListedSystem, PaymentStatus, RequestEvents, RequestStatus, context, customer, event, rows, view,
};
use process::{HttpClient, ServerProcess};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ROOM: &str = "roomId status desc price reviewCnt lastAction rsvId";
const REVIEW: &str = "reviewId roomId content";
const RESERVATION: &str = "rsvId roomId carId customer status payId amount";
const PAYMENT: &str = "payId rsvId roomId carId amount status";
const CAR: &str = "carId carName price status lastAction roomId rsvId";

pub const SYSTEM: ListedSystem = ListedSystem {
    name: "stay",
    topic: "airbnb",
    contexts: &[
        context("payment", 8081, &[rows("payments", "payment", "payId", &["rsvId"], &["amount"])]),
        context(
            "room",
            8082,
            &[
                rows("rooms", "room", "roomId", &["roomId", "rsvId"], &["price"]),
                rows("reviews", "review", "reviewId", &["roomId"], &[]),
            ],
        ),
        context(
            "reservation",
            8083,
            &[rows("reservations", "reservation", "rsvId", &["customer", "rsvId", "roomId"], &["amount"])],
        ),
        context("message", 8084, &[]),
        context("viewpage", 8085, &[view(rows("roomviews", "roomview", "roomId", &["roomId", "rsvId"], &["price"]))]),
        context("rentcar", 8086, &[rows("rentcars", "rentcar", "carId", &["carId", "rsvId"], &["price"])]),
    ],
    core: "reservation",
    payment: "payment",
    view: "viewpage",
    requests: "reservations",
    key: "rsvId",
    customer: "customer",
    amount: "amount",
    request_status: RequestStatus { field: "status", standing: &["reqReserve", "reserved"], cancelled: "cancelled" },
    payment_status: PaymentStatus { field: "status", approved: "paid", refunded: "cancelled" },
    views: "roomviews",
    view_status: "rsvStatus",
    view_words: &[("reserved", &["reserved"]), ("cancelled", &["cancelled"])],
    view_columns: &[],
    events: RequestEvents {
        refunded: "PaymentCancelled",
        until_under_way: &[
            &["ReservationCreated"],
            &["PaymentApproved"],
            &["ReservationConfirmed"],
            &["CarReserved", "RoomReserved"],
        ],
        of_a_cancel: &[
            &["ReservationCancelRequested"],
            &["PaymentCancelled"],
            &["ReservationCancelled"],
            &["CarCancelled", "RoomCancelled"],
        ],
    },
    published: &[
        event("room", "RoomRegistered", ROOM),
        event("room", "RoomModified", ROOM),
        event("room", "RoomReserved", ROOM),
        event("room", "RoomCancelled", ROOM),
        event("room", "RoomDeleted", ROOM),
        event("room", "ReviewCreated", REVIEW),
        event("room", "ReviewModified", REVIEW),
        event("room", "ReviewDeleted", REVIEW),
        event("reservation", "ReservationCreated", RESERVATION),
        event("reservation", "ReservationConfirmed", RESERVATION).told(&[[
            "예약이 완료 되었습니다. 방 번호 : [{roomId}]",
            "Your reservation is confirmed. Room: [{roomId}]",
        ]]),
        event("reservation", "ReservationCancelRequested", RESERVATION),
        event("reservation", "ReservationCancelled", RESERVATION).told(&[[
            "예약이 취소 되었습니다. 방 번호 : [{roomId}]",
            "Your reservation is cancelled. Room: [{roomId}]",
        ]]),
        event("payment", "PaymentApproved", PAYMENT),
        event("payment", "PaymentCancelled", PAYMENT),
        event("rentcar", "CarRegistered", CAR),
        event("rentcar", "CarModified", CAR),
        event("rentcar", "CarReserved", CAR).told(&[[
            "렌터카가 예약 되었습니다. 방 번호 : [{roomId}], 렌터카번호[{carId}], 렌터카명 [{carName}]",
            "Your rental car is reserved. Room: [{roomId}], car number [{carId}], car [{carName}]",
        ]]),
        event("rentcar", "CarCancelled", CAR).told(&[[
            "렌터카가 예약이 취소 되었습니다. 방 번호 : [{roomId}], 렌터카번호[{carId}], 렌터카명 [{carName}]",
            "Your rental car is cancelled. Room: [{roomId}], car number [{carId}], car [{carName}]",
        ]]),
        event("rentcar", "CarDeleted", CAR),
    ],
    unpaid: None,
    settings: &[],
    prepare: |_| {},
    offer,
    provide: None,
    refuse: None,
    cancel: |id| HttpCommand::new("PATCH", format!("/stay/reservations/{id}"), json!({ "status": "reqCancel" })),
    meanwhile: hosts_edit_and_guests_write,
    fulfilment: None,
    own_rules: rooms_and_cars_belong_to_what_stands,
    trade,
};

/// A room of the request's own, and a car unless the guest is one of an odd number.
fn offer(server: &ServerProcess, customer: &str) -> Value {
    let room = server.post("/stay/rooms", &json!({ "desc": "sea", "price": 100 })).created_id();
    let car = server.post("/stay/rentcars", &json!({ "carName": "K5", "price": 10 })).created_id();
    let walks = customer.ends_with(['1', '3', '5', '7', '9']);
    json!({ "roomId": room, "carId": if walks { Value::Null } else { json!(car) }, "customer": customer })
}

fn hosts_edit_and_guests_write(client: &HttpClient, at: u64) -> Option<()> {
    let room = 1 + at % 4;
    let price = json!({ "price": 100 + at }).to_string();
    match at % 3 {
        0 => client.post("/stay/reviews", &json!({ "roomId": room, "content": "좋아요" }))?.expect_status(201),
        1 => client.request("PATCH", &format!("/stay/rooms/{room}"), &[], &price)?.expect_status(200),
        _ => return Some(()),
    };
    Some(())
}

fn number(row: &Value, name: &str) -> u64 {
    row[name].as_u64().unwrap_or_else(|| panic!("no {name} in {row}"))
}

/// Each room and car that is reserved belongs to exactly one reservation that stands; the view shows a room's latest
/// reservation as it is; and a room counts its reviews.
pub fn rooms_and_cars_belong_to_what_stands(server: &ServerProcess) {
    server.wait_until_idle_in("stay");
    let reservations = server.rows("stay/reservations");
    let standing: Vec<&Value> = reservations.iter().filter(|row| row["status"] != "cancelled").collect();
    assert!(standing.iter().all(|row| row["status"] == "reserved"), "{standing:?}");
    for (collection, name) in [("rooms", "roomId"), ("rentcars", "carId")] {
        let rows = server.rows(&format!("stay/{collection}"));
        let reserved = rows.iter().filter(|row| row["status"] == "reserved");
        let reserved: BTreeMap<u64, u64> = reserved.map(|row| (number(row, "rsvId"), number(row, "id"))).collect();
        let booked = standing.iter().filter_map(|row| Some((number(row, "id"), row[name].as_u64()?))).collect();
        assert_eq!(reserved, booked, "{collection}");
    }
    let (rooms, reviews) = (server.rows("stay/rooms"), server.rows("stay/reviews"));
    for row in server.rows("stay/roomviews") {
        let latest = reservations.iter().find(|reservation| reservation["id"] == row["rsvId"]);
        assert_eq!(latest.map_or(&Value::Null, |latest| &latest["status"]), &row["rsvStatus"], "{row}");
        let room = rooms.iter().find(|room| room["id"] == row["id"]).expect("a room that is shown is there");
        let written = reviews.iter().filter(|review| review["roomId"] == room["id"]).count();
        assert_eq!((&room["reviewCnt"], &row["reviewCnt"]), (&json!(written), &json!(written)), "{row}");
        assert_eq!(room["status"], row["roomStatus"], "{row}");
    }
}

fn trade(server: &ServerProcess, n: u64) {
    let room = server.post("/stay/rooms", &json!({ "desc": "sea", "price": 1000 * n })).created_id();
    let car = server.post("/stay/rentcars", &json!({ "carName": "K5", "price": 100 * n })).created_id();
    server.post("/stay/reviews", &json!({ "roomId": room, "content": "good" })).created_id();
    let stay = json!({ "roomId": room, "carId": car, "customer": customer(n) });
    server.post("/stay/reservations", &stay).created_id();
    server.wait_until(&format!("/stay/roomviews/{room}"), "a reserved room and car", |answer| {
        let row = answer.json();
        [&row["roomStatus"], &row["carStatus"], &row["rsvStatus"]].iter().all(|status| **status == "reserved")
    });
}
