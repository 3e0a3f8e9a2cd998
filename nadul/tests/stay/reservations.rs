//! A reservation: room, car and money held in one call, or nothing at all.
use crate::inn::{
    asks, books, cancel, cancels, car, check_car, closes, is, is_free, is_untouched, opens, room, told, wish,
};
use process::{Nadul, bare};
use serde_json::{Value, json};

#[test]
fn a_room_and_a_car_are_held_paid_and_reserved_in_one_call() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 250_000), car(&served, 50_000));
    let answer = asks(&served, room, car, "김나들");
    let id = answer.made();
    let reservation = |status: &str| {
        json!({ "id": id, "rsvId": id, "roomId": room, "carId": car, "customer": "김나들", "status": status,
            "payId": id, "amount": 300_000 })
    };
    let row = bare(answer.json());
    assert!(row == reservation("reserved") || row == reservation("reqReserve"), "{row}");
    assert_eq!(is(&served, &format!("/reservations/{id}"), "status", "reserved"), reservation("reserved"));
    let payment = json!({ "id": id, "payId": id, "rsvId": id, "roomId": room, "carId": car, "amount": 300_000,
        "status": "approved" });
    assert_eq!(bare(served.get(&format!("/payments/{id}")).with(200)), payment);
    assert_eq!(served.rows("payments"), [payment]);
    let held = json!({ "id": room, "roomId": room, "desc": "한강이 보이는 방", "price": 250_000, "reviewCnt": 0,
        "status": "reserved", "lastAction": "reserved", "rsvId": id });
    assert_eq!(is(&served, &format!("/rooms/{room}"), "status", "reserved"), held);
    let held = json!({ "id": car, "carId": car, "carName": "K5", "price": 50_000, "roomId": room,
        "status": "reserved", "lastAction": "reserved", "rsvId": id });
    assert_eq!(is(&served, &format!("/rentcars/{car}"), "status", "reserved"), held);
    closes(served);
}

#[test]
fn without_a_car_only_the_room_is_asked_and_paid() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let car = car(&served, 50_000);
    for body in [json!({ "roomId": room(&served, 7) }), json!({ "roomId": room(&served, 7), "carId": null })] {
        let answer = served.post("/reservations", &body);
        let row = answer.with(201);
        let seen = (&row["carId"], &row["customer"], &row["amount"], &row["payId"]);
        assert_eq!(seen, (&Value::Null, &Value::Null, &json!(7), &json!(answer.id())));
        is(&served, &format!("/reservations/{}", answer.id()), "status", "reserved");
        assert_eq!(served.get(&format!("/payments/{}", answer.id())).with(200)["carId"], Value::Null);
    }
    assert_eq!(served.get(&check_car(car)).text, "true");
    closes(served);
}

#[test]
fn what_costs_nothing_is_reserved_at_once_and_asks_payment_for_nothing() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 0), car(&served, 0));
    served.works("stay", "payment", false);
    let answer = asks(&served, room, car, "kim");
    let row = bare(answer.with(201));
    let id = answer.id();
    assert_eq!(
        row,
        json!({ "id": id, "rsvId": id, "roomId": room, "carId": car, "customer": "kim", "status": "reserved",
            "payId": null, "amount": 0 })
    );
    is(&served, &format!("/rooms/{room}"), "status", "reserved");
    is(&served, &format!("/rentcars/{car}"), "status", "reserved");
    let cancelled = cancel(&served.door(), id).expect("an answer").with(200);
    assert_eq!((&cancelled["status"], &cancelled["payId"]), (&json!("cancelled"), &Value::Null), "at once");
    is_free(&served, room, car);
    served.works("stay", "payment", true);
    served.rests();
    assert_eq!(served.rows("payments"), [] as [Value; 0]);
    assert_eq!(told(&served, "kim").len(), 4);
    closes(served);
}

#[test]
fn a_car_that_costs_something_is_paid_where_the_room_is_free_of_charge() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let id = books(&served, room(&served, 0), car(&served, 9), "kim");
    assert_eq!(served.get(&format!("/payments/{id}")).with(200)["amount"], 9);
    closes(served);
}

#[test]
fn a_reservation_keeps_the_price_of_its_moment() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 100), car(&served, 10));
    let id = books(&served, room, car, "kim");
    served.patch(&format!("/rooms/{room}"), &json!({ "price": 500 })).with(200);
    served.patch(&format!("/rentcars/{car}"), &json!({ "price": 50 })).with(200);
    served.rests();
    assert_eq!(served.get(&format!("/reservations/{id}")).with(200)["amount"], 110);
    cancels(&served, id);
    served.rests();
    assert_eq!(served.get(&format!("/payments/{id}")).with(200)["amount"], 110);
    let later = books(&served, room, car, "lee");
    assert_eq!(served.get(&format!("/reservations/{later}")).with(200)["amount"], 550);
    closes(served);
}

#[test]
fn what_can_t_be_booked_is_refused_and_nothing_of_it_is_left() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (free_room, free_car) = (room(&served, 5), car(&served, 5));
    let (gone_room, gone_car) = (room(&served, 5), car(&served, 5));
    served.delete(&format!("/rooms/{gone_room}"));
    served.delete(&format!("/rentcars/{gone_car}"));
    for unknown in [99, gone_room] {
        asks(&served, unknown, free_car, "kim").refused(404, "unknown-room");
    }
    for unknown in [99, gone_car] {
        asks(&served, free_room, unknown, "kim").refused(404, "unknown-car");
        is_free(&served, free_room, free_car);
    }
    asks(&served, 99, 99, "kim").refused(404, "unknown-room"); // the room is asked first
    for body in
        [json!({ "carId": free_car }), json!({ "roomId": "x" }), json!({ "roomId": 0 }), json!({ "roomId": 1.5 })]
    {
        served.post("/reservations", &body).refused(400, "invalid-fields");
    }
    let dear = json!({ "price": 9_007_199_254_740_991_u64 });
    served.patch(&format!("/rooms/{free_room}"), &dear).with(200);
    asks(&served, free_room, free_car, "kim").refused(409, "too-expensive");
    is_free(&served, free_room, free_car);
    served.patch(&format!("/rooms/{free_room}"), &json!({ "price": 5 })).with(200);
    served.rests();
    assert_eq!((served.rows("reservations").len(), served.rows("payments").len()), (0, 0));
    assert_eq!(told(&served, "kim"), [] as [String; 0]);

    let (taken_room, taken_car) = (room(&served, 5), car(&served, 5));
    books(&served, taken_room, taken_car, "lee");
    asks(&served, taken_room, free_car, "kim").refused(409, "room-not-available");
    is_free(&served, free_room, free_car);
    asks(&served, free_room, taken_car, "kim").refused(409, "car-not-available");
    is_free(&served, free_room, free_car);
    served.rests();
    assert_eq!((served.rows("reservations").len(), served.rows("payments").len()), (1, 1));
    assert_eq!(told(&served, "kim"), [] as [String; 0]);
    books(&served, free_room, free_car, "kim");
    closes(served);
}

#[test]
fn reservations_are_found_by_guest_and_by_room() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (first, second) = (room(&served, 1), room(&served, 1));
    let ids = [books(&served, first, None, "kim"), books(&served, second, None, "lee")];
    cancels(&served, ids[0]);
    served.rests();
    let third = books(&served, first, None, "lee");
    let found = |filter: &str| -> Vec<u64> {
        let rows = served.get(&format!("/reservations?{filter}")).rows();
        rows.iter().map(|row| row["id"].as_u64().expect("an id")).collect()
    };
    assert_eq!(found(&format!("roomId={first}")), [ids[0], third]);
    assert_eq!(found(&format!("roomId={second}")), [ids[1]]);
    assert_eq!(found("customer=lee"), [ids[1], third]);
    assert_eq!(found("customer=nobody"), [] as [u64; 0]);
    closes(served);
}

#[test]
fn money_is_held_by_a_reservation_only() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 1), car(&served, 1));
    let bill = json!({ "payId": 1, "rsvId": 1, "roomId": room, "carId": car, "amount": 1 });
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        served.ask(method, "/payments", &bill).refused(405, "wrong-method");
        served.ask(method, "/payments/1", &bill).refused(405, "wrong-method");
    }
    is_untouched(&served, room, car);
    closes(served);
}

#[test]
fn the_same_request_under_the_same_key_books_once() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (first, second) = (room(&served, 1), room(&served, 1));
    let keyed = |key: &str, room: u64| {
        let body = wish(room, None, "kim").to_string();
        served.door().ask("POST", "/reservations", &[("idempotency-key", key)], &body).expect("an answer")
    };
    let id = keyed("a", first).made();
    assert_eq!(keyed("a", first).made(), id);
    assert_eq!(keyed("a", second).status, 422);
    keyed("b", first).refused(409, "room-not-available");
    cancels(&served, id);
    served.rests();
    assert_eq!(keyed("a", first).made(), id, "the stored answer, and no new reservation");
    assert_ne!(keyed("b", first).made(), id, "a refused request may be tried again under its key");
    let made = served.at_once(20, |door, _| {
        let body = wish(second, None, "lee").to_string();
        door.ask("POST", "/reservations", &[("idempotency-key", "c")], &body).expect("an answer").made()
    });
    assert!(made.iter().all(|id| *id == made[0]), "{made:?}");
    served.rests();
    assert_eq!((served.rows("reservations").len(), served.rows("payments").len()), (3, 3));
    closes(served);
}
