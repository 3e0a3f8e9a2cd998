//! Rooms and cars on offer: registered, changed, looked at, deleted.
use crate::stay::steps::{asks, books, cancels, car, check, check_car, closes, is, opens, room};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

fn room_row(id: u64, desc: &str, price: u64, last_action: &str) -> Value {
    json!({ "id": id, "roomId": id, "desc": desc, "price": price, "status": "available", "reviewCnt": 0,
        "lastAction": last_action, "rsvId": null })
}

fn car_row(id: u64, name: &str, price: u64, last_action: &str) -> Value {
    json!({ "id": id, "carId": id, "carName": name, "price": price, "status": "available", "roomId": null,
        "lastAction": last_action, "rsvId": null })
}

#[test]
fn what_no_client_may_say_of_an_offer_is_ignored_or_refused() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    an_absent_price_is_nothing_and_a_status_is_never_set_by_a_client(&server);
    what_is_no_room_and_no_car_is_refused_and_leaves_nothing(&server);
    closes(server);
}

fn an_absent_price_is_nothing_and_a_status_is_never_set_by_a_client(server: &ServerProcess) {
    let eager = json!({ "desc": "a", "id": 77, "roomId": 77, "status": "reserved", "reviewCnt": 9,
        "lastAction": "delete", "rsvId": 5 });
    assert_eq!(without_links(server.post("/rooms", &eager).expect_status(201)), room_row(1, "a", 0, "register"));
    let again = json!({ "desc": "b", "status": "reserved", "reviewCnt": 9, "lastAction": "delete", "rsvId": 5 });
    assert_eq!(without_links(server.patch("/rooms/1", &again).expect_status(200)), room_row(1, "b", 0, "modify"));
    server.patch("/rooms/1", &json!({ "status": "reserved" })).expect_problem(400, "nothing-to-change");
    assert_eq!(without_links(server.get("/rooms/1").json()), room_row(1, "b", 0, "modify"));
    let eager = json!({ "carName": "a", "id": 77, "carId": 77, "status": "reserved", "roomId": 1, "rsvId": 5 });
    assert_eq!(without_links(server.post("/rentcars", &eager).expect_status(201)), car_row(1, "a", 0, "register"));
    let again = json!({ "carName": "b", "status": "reserved", "roomId": 1 });
    assert_eq!(without_links(server.patch("/rentcars/1", &again).expect_status(200)), car_row(1, "b", 0, "modify"));
}

fn what_is_no_room_and_no_car_is_refused_and_leaves_nothing(server: &ServerProcess) {
    let (room, car) = (room(server, 1), car(server, 1));
    are_refused(server, "/rooms", "desc");
    are_refused(server, "/rentcars", "carName");
    server.patch("/rooms/99", &json!({ "price": 1 })).expect_problem(404, "unknown-room");
    server.patch("/rentcars/99", &json!({ "price": 1 })).expect_problem(404, "unknown-car");
    server.delete("/rooms/99").expect_problem(404, "unknown-room");
    server.delete("/rentcars/99").expect_problem(404, "unknown-car");
    for path in ["/rooms/none", "/rooms/0", "/rooms/-1", "/rentcars/1.5"] {
        assert_eq!((server.get(path).status, server.delete(path).status), (404, 404), "{path}");
    }
    let dearest = json!({ "desc": "dear", "price": 9_007_199_254_740_991_u64 });
    assert_eq!(server.patch(&format!("/rooms/{room}"), &dearest).expect_status(200)["price"], dearest["price"]);
    assert_eq!((server.rows("rooms").len(), server.rows("rentcars").len()), (2, 2));
    assert_eq!(server.get(&format!("/rentcars/{car}")).expect_status(200)["lastAction"], "register");
}

#[test]
fn what_is_on_offer_is_registered_changed_looked_at_and_deleted() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    a_room_is_registered_changed_and_deleted(&server);
    a_car_is_registered_changed_and_deleted_as_a_room_is(&server);
    what_is_reserved_is_not_deleted_until_it_is_free_again(&server);
    a_check_says_if_it_can_be_booked_now(&server);
    closes(server);
}

fn a_room_is_registered_changed_and_deleted(server: &ServerProcess) {
    let answer = server.post("/rooms", &json!({ "desc": "한강이 보이는 방", "price": "250000" }));
    assert_eq!(answer.header("location"), "/rooms/1");
    assert_eq!(without_links(answer.expect_status(201)), room_row(1, "한강이 보이는 방", 250_000, "register"));
    assert_eq!(
        without_links(server.get("/rooms/1").expect_status(200)),
        room_row(1, "한강이 보이는 방", 250_000, "register")
    );

    let changed = |body: Value| without_links(server.patch("/rooms/1", &body).expect_status(200));
    assert_eq!(changed(json!({ "desc": "바다 방" })), room_row(1, "바다 방", 250_000, "modify"));
    assert_eq!(changed(json!({ "price": 0 })), room_row(1, "바다 방", 0, "modify"));
    assert_eq!(changed(json!({ "desc": "산 방", "price": "3" })), room_row(1, "산 방", 3, "modify"));
    assert_eq!(without_links(server.get("/rooms/1").expect_status(200)), room_row(1, "산 방", 3, "modify"));

    assert_eq!(server.delete("/rooms/1").status, 204);
    server.get("/rooms/1").expect_problem(404, "unknown-id");
    server.delete("/rooms/1").expect_problem(404, "unknown-room");
    server.patch("/rooms/1", &json!({ "price": 1 })).expect_problem(404, "unknown-room");
    assert_eq!(server.rows("rooms"), [] as [Value; 0]);
}

fn a_car_is_registered_changed_and_deleted_as_a_room_is(server: &ServerProcess) {
    let answer = server.post("/rentcars", &json!({ "carName": "K5", "price": 50_000 }));
    assert_eq!(answer.header("location"), "/rentcars/1");
    assert_eq!(without_links(answer.expect_status(201)), car_row(1, "K5", 50_000, "register"));

    let changed = |body: Value| without_links(server.patch("/rentcars/1", &body).expect_status(200));
    assert_eq!(changed(json!({ "carName": "소나타" })), car_row(1, "소나타", 50_000, "modify"));
    assert_eq!(changed(json!({ "price": "0" })), car_row(1, "소나타", 0, "modify"));
    assert_eq!(changed(json!({ "carName": "K9", "price": 7 })), car_row(1, "K9", 7, "modify"));

    assert_eq!(server.delete("/rentcars/1").status, 204);
    server.get("/rentcars/1").expect_problem(404, "unknown-id");
    server.delete("/rentcars/1").expect_problem(404, "unknown-car");
    server.patch("/rentcars/1", &json!({ "price": 1 })).expect_problem(404, "unknown-car");
}

fn what_is_reserved_is_not_deleted_until_it_is_free_again(server: &ServerProcess) {
    let (room, car) = (room(server, 2), car(server, 1));
    let (room_path, car_path) = (format!("/rooms/{room}"), format!("/rentcars/{car}"));
    let id = books(server, room, car, "kim");
    is(server, &car_path, "status", "reserved");
    server.delete(&room_path).expect_problem(409, "room-not-available");
    server.delete(&car_path).expect_problem(409, "car-not-available");
    cancels(server, id);
    is(server, &room_path, "status", "available");
    is(server, &car_path, "status", "available");
    assert_eq!((server.delete(&room_path).status, server.delete(&car_path).status), (204, 204));
}

fn a_check_says_if_it_can_be_booked_now(server: &ServerProcess) {
    let (room, car) = (room(server, 2), car(server, 1));
    let checks = || [server.get(&check(room)), server.get(&check_car(car))].map(|answer| answer.expect_status(200));
    assert_eq!(checks(), [json!(true), json!(true)]);
    let id = books(server, room, car, "kim");
    assert_eq!(checks(), [json!(false), json!(false)]);
    cancels(server, id);
    server.wait_until_idle();
    assert_eq!(checks(), [json!(true), json!(true)]);
    server.get(&check(99)).expect_problem(404, "unknown-room");
    server.get(&check_car(99)).expect_problem(404, "unknown-car");
    for path in ["/check/chkAndReqReserve", "/check/chkAndReqReserve?roomId=x", "/chkcar/chkStatus?roomId=1"] {
        assert_eq!(server.get(path).status, 400, "{path}");
    }
    assert_eq!(server.delete(&format!("/rooms/{room}")).status, 204);
    server.get(&check(room)).expect_problem(404, "unknown-room");
}

fn are_refused(server: &ServerProcess<'_>, collection: &str, text: &str) {
    let wrong = [
        json!({ "price": 1 }),
        json!({ text: "  ", "price": 1 }),
        json!({ text: 7, "price": 1 }),
        json!({ text: "a", "price": -1 }),
        json!({ text: "a", "price": 1.5 }),
        json!({ text: "a", "price": "viel" }),
        json!({ text: "a", "price": 9_007_199_254_740_992_u64 }),
    ];
    for body in wrong {
        server.post(collection, &body).expect_problem(400, "invalid-fields");
    }
    for body in [json!({ text: 7 }), json!({ "price": -1 }), json!({ "price": "x" })] {
        server.patch(&format!("{collection}/1"), &body).expect_problem(400, "invalid-fields");
    }
    for nothing in [json!({}), json!({ text: " " }), json!({ text: null, "price": null })] {
        server.patch(&format!("{collection}/1"), &nothing).expect_problem(400, "nothing-to-change");
    }
}

/// A provider that answers late, where the guest has the patience for it, keeps the hold open for more than a second.
#[test]
fn what_is_on_hold_shows_available_but_can_neither_be_booked_nor_deleted() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["stay", "--data", "data", "--set", "stay.payment_timeout_ms=4000"]);
    let (room, car) = (room(&server, 2), car(&server, 1));
    server.set_payment_mode("stay", "late");
    std::thread::scope(|scope| {
        let guest = scope.spawn(|| asks(&server, room, car, "kim"));
        server.wait_until(&check_car(car), "false", |answer| answer.text == "false");
        assert_eq!(server.get(&check(room)).text, "false");
        for (path, field) in [("rooms", "status"), ("rentcars", "status"), ("roomviews", "roomStatus")] {
            let row = server.get(&format!("/{path}/1")).expect_status(200);
            assert_eq!((&row[field], &row["rsvId"]), (&json!("available"), &Value::Null), "{row}");
        }
        server.delete(&format!("/rooms/{room}")).expect_problem(409, "room-not-available");
        server.delete(&format!("/rentcars/{car}")).expect_problem(409, "car-not-available");
        asks(&server, room, None, "lee").expect_problem(409, "room-not-available");
        let edited = server.patch(&format!("/rooms/{room}"), &json!({ "price": 100 })).expect_status(200);
        assert_eq!(edited["status"], "available", "a host may change what is on hold");
        assert_eq!(server.rows("reservations"), [] as [Value; 0], "the guest still waits");
        let row = guest.join().expect("a guest").expect_status(201);
        assert_eq!(row["amount"], 3, "the price of the moment it was held");
    });
    is(&server, &format!("/rooms/{room}"), "status", "reserved");
    closes(server);
}
