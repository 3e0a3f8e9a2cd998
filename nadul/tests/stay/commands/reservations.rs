//! A reservation: room, car and money held in one call, or nothing at all.
use crate::stay::steps::{asks, books, cancels, car, check_car, closes, is, is_free, opens, room, told};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

#[test]
fn a_reservation_holds_room_car_and_money_or_nothing() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    what_can_t_be_booked_is_refused_and_nothing_of_it_is_left(&server);
    a_room_and_a_car_are_held_paid_and_reserved_in_one_call(&server);
    without_a_car_only_the_room_is_asked_and_paid(&server);
    a_car_that_costs_something_is_paid_where_the_room_is_free_of_charge(&server);
    a_reservation_keeps_the_price_of_its_moment(&server);
    reservations_are_found_by_guest_and_by_room(&server);
    closes(server);
}

fn what_can_t_be_booked_is_refused_and_nothing_of_it_is_left(server: &ServerProcess) {
    let (free_room, free_car) = (room(server, 5), car(server, 5));
    let (gone_room, gone_car) = (room(server, 5), car(server, 5));
    server.delete(&format!("/rooms/{gone_room}"));
    server.delete(&format!("/rentcars/{gone_car}"));
    for unknown in [99, gone_room] {
        asks(server, unknown, free_car, "kim").expect_problem(404, "unknown-room");
    }
    for unknown in [99, gone_car] {
        asks(server, free_room, unknown, "kim").expect_problem(404, "unknown-car");
        is_free(server, free_room, free_car);
    }
    asks(server, 99, 99, "kim").expect_problem(404, "unknown-room"); // the room is asked first
    for body in
        [json!({ "carId": free_car }), json!({ "roomId": "x" }), json!({ "roomId": 0 }), json!({ "roomId": 1.5 })]
    {
        server.post("/reservations", &body).expect_problem(400, "invalid-fields");
    }
    let dear = json!({ "price": 9_007_199_254_740_991_u64 });
    server.patch(&format!("/rooms/{free_room}"), &dear).expect_status(200);
    asks(server, free_room, free_car, "kim").expect_problem(409, "too-expensive");
    is_free(server, free_room, free_car);
    server.patch(&format!("/rooms/{free_room}"), &json!({ "price": 5 })).expect_status(200);
    server.wait_until_idle();
    assert_eq!((server.rows("reservations").len(), server.rows("payments").len()), (0, 0));
    assert_eq!(told(server, "kim"), [] as [String; 0]);

    let (taken_room, taken_car) = (room(server, 5), car(server, 5));
    books(server, taken_room, taken_car, "lee");
    asks(server, taken_room, free_car, "kim").expect_problem(409, "room-not-available");
    is_free(server, free_room, free_car);
    asks(server, free_room, taken_car, "kim").expect_problem(409, "car-not-available");
    is_free(server, free_room, free_car);
    server.wait_until_idle();
    assert_eq!((server.rows("reservations").len(), server.rows("payments").len()), (1, 1));
    assert_eq!(told(server, "kim"), [] as [String; 0]);
    books(server, free_room, free_car, "kim");
}

fn a_room_and_a_car_are_held_paid_and_reserved_in_one_call(server: &ServerProcess) {
    let (room, car) = (room(server, 250_000), car(server, 50_000));
    let answer = asks(server, room, car, "김나들");
    let id = answer.created_id();
    let reservation = |status: &str| {
        json!({ "id": id, "rsvId": id, "roomId": room, "carId": car, "customer": "김나들", "status": status,
            "payId": id, "amount": 300_000 })
    };
    let row = without_links(answer.json());
    assert!(row == reservation("reserved") || row == reservation("reqReserve"), "{row}");
    assert_eq!(is(server, &format!("/reservations/{id}"), "status", "reserved"), reservation("reserved"));
    let payment = json!({ "id": id, "payId": id, "rsvId": id, "roomId": room, "carId": car, "amount": 300_000,
        "status": "paid" });
    assert_eq!(without_links(server.get(&format!("/payments/{id}")).expect_status(200)), payment);
    assert_eq!(server.wait_until_idle().rows("payments").last(), Some(&payment));
    let held = json!({ "id": room, "roomId": room, "desc": "한강이 보이는 방", "price": 250_000, "reviewCnt": 0,
        "status": "reserved", "lastAction": "reserved", "rsvId": id });
    assert_eq!(is(server, &format!("/rooms/{room}"), "status", "reserved"), held);
    let held = json!({ "id": car, "carId": car, "carName": "K5", "price": 50_000, "roomId": room,
        "status": "reserved", "lastAction": "reserved", "rsvId": id });
    assert_eq!(is(server, &format!("/rentcars/{car}"), "status", "reserved"), held);
}

fn without_a_car_only_the_room_is_asked_and_paid(server: &ServerProcess) {
    let car = car(server, 50_000);
    for body in [json!({ "roomId": room(server, 7) }), json!({ "roomId": room(server, 7), "carId": null })] {
        let answer = server.post("/reservations", &body);
        let row = answer.expect_status(201);
        let seen = (&row["carId"], &row["customer"], &row["amount"], &row["payId"]);
        assert_eq!(seen, (&Value::Null, &Value::Null, &json!(7), &json!(answer.id())));
        is(server, &format!("/reservations/{}", answer.id()), "status", "reserved");
        assert_eq!(server.get(&format!("/payments/{}", answer.id())).expect_status(200)["carId"], Value::Null);
    }
    assert_eq!(server.get(&check_car(car)).text, "true");
}

fn a_car_that_costs_something_is_paid_where_the_room_is_free_of_charge(server: &ServerProcess) {
    let id = books(server, room(server, 0), car(server, 9), "kim");
    assert_eq!(server.get(&format!("/payments/{id}")).expect_status(200)["amount"], 9);
}

fn a_reservation_keeps_the_price_of_its_moment(server: &ServerProcess) {
    let (room, car) = (room(server, 100), car(server, 10));
    let id = books(server, room, car, "kim");
    server.patch(&format!("/rooms/{room}"), &json!({ "price": 500 })).expect_status(200);
    server.patch(&format!("/rentcars/{car}"), &json!({ "price": 50 })).expect_status(200);
    server.wait_until_idle();
    assert_eq!(server.get(&format!("/reservations/{id}")).expect_status(200)["amount"], 110);
    cancels(server, id);
    server.wait_until_idle();
    assert_eq!(server.get(&format!("/payments/{id}")).expect_status(200)["amount"], 110);
    let later = books(server, room, car, "lee");
    assert_eq!(server.get(&format!("/reservations/{later}")).expect_status(200)["amount"], 550);
}

fn reservations_are_found_by_guest_and_by_room(server: &ServerProcess) {
    let (first, second) = (room(server, 1), room(server, 1));
    let ids = [books(server, first, None, "park"), books(server, second, None, "choi")];
    cancels(server, ids[0]);
    server.wait_until_idle();
    let third = books(server, first, None, "choi");
    let found = |filter: &str| -> Vec<u64> {
        let rows = server.get(&format!("/reservations?{filter}")).rows();
        rows.iter().map(|row| row["id"].as_u64().expect("an id")).collect()
    };
    assert_eq!(found(&format!("roomId={first}")), [ids[0], third]);
    assert_eq!(found(&format!("roomId={second}")), [ids[1]]);
    assert_eq!(found("customer=choi"), [ids[1], third]);
    assert_eq!(found("customer=nobody"), [] as [u64; 0]);
}

#[test]
fn what_costs_nothing_is_asked_of_payment_all_the_same() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let (room, car) = (room(&server, 0), car(&server, 0));
    server.stop_context("stay", "payment");
    asks(&server, room, car, "kim").expect_problem(503, "unavailable");
    server.start_context("stay", "payment");
    is_free(&server, room, car);
    assert_eq!(server.wait_until_idle().rows("reservations"), [] as [Value; 0]);
    let id = books(&server, room, car, "kim");
    let payment = |status: &str| json!({ "id": id, "payId": id, "rsvId": id, "roomId": room, "carId": car, "amount": 0, "status": status });
    let reserved = is(&server, &format!("/reservations/{id}"), "status", "reserved");
    assert_eq!((&reserved["payId"], &reserved["amount"]), (&json!(id), &json!(0)));
    assert_eq!(server.wait_until_idle().rows("payments"), [payment("paid")]);
    cancels(&server, id);
    is_free(&server, room, car);
    assert_eq!(server.wait_until_idle().rows("payments"), [payment("cancelled")]);
    assert_eq!(told(&server, "kim").len(), 4);
    closes(server);
}
