//! stay: rooms and reviews belong to whoever made them, reservations to their guest, who shares them with the host of the room.
use super::person::{Person, local, local_with};
use process::{Nadul, StreamEvent, embedded_only};
use serde_json::json;

#[test]
fn a_host_sees_who_comes_and_others_see_a_room_that_is_taken() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = local(&nadul);
    let [hana, hugo] = ["hana", "hugo"].map(|name| Person::new(&server, name, "host"));
    let [kim, lee] = ["kim", "lee"].map(|name| Person::new(&server, name, "customer"));
    let (ann, both) = (Person::new(&server, "ann", "operator"), Person::new(&server, "hana", "host,customer"));
    let room = hana.post("/stay/rooms", &json!({"desc": "a room", "price": 9000})).created_id();
    let car = hugo.post("/stay/rentcars", &json!({"carName": "a car", "price": 9000})).created_id();
    let rsv = kim.post("/stay/reservations", &json!({"roomId": room, "carId": car})).created_id();
    server.wait_until_idle_in("stay");

    let reads = |person: &Person| person.get(&format!("/stay/reservations/{rsv}")).status;
    assert_eq!([&kim, &lee, &hana, &hugo, &ann, &both].map(reads), [200, 404, 200, 404, 200, 200]);
    hana.wait_for_count("/stay/reservations", 1);
    hugo.wait_for_count("/stay/reservations", 0);
    hana.request("PATCH", &format!("/stay/reservations/{rsv}"), &json!({"status": "reqCancel"}))
        .expect_problem(403, "role-missing");
    both.request("PATCH", &format!("/stay/reservations/{rsv}"), &json!({"status": "reqCancel"}))
        .expect_problem(403, "not-yours");

    // for whom a room is taken is seen by its guest, its owner and an operator; in lists and filters, too
    for (person, sees) in [(&kim, true), (&lee, false), (&hana, true), (&hugo, false), (&ann, true)] {
        let shown = |path: &str, field: &str| person.get(path).expect_status(200)[field].clone();
        let due = if sees { json!(rsv) } else { json!(null) };
        assert_eq!(shown(&format!("/stay/rooms/{room}"), "rsvId"), due);
        assert_eq!(shown(&format!("/stay/roomviews/{room}"), "rsvId"), due);
        assert_eq!(shown(&format!("/stay/roomviews/{room}"), "payStatus").is_null(), !sees);
        assert_eq!(person.get("/stay/roomviews").rows()[0]["rsvId"], due);
        for list in ["rooms", "roomviews"] {
            let found = person.get(&format!("/stay/{list}?rsvId={rsv}")).expect_status(200);
            assert_eq!(found["page"]["totalElements"], u64::from(sees), "{list}");
        }
        assert_eq!(shown(&format!("/stay/rooms/{room}"), "status"), "reserved");
        let history = person.get(&format!("/stay/roomviews/{room}")).text.contains("ReservationCreated");
        assert_eq!(history, std::ptr::eq(person, &hana) || std::ptr::eq(person, &ann));
    }
    for (person, sees) in [(&kim, true), (&hugo, true), (&hana, false), (&lee, false)] {
        let row = person.get(&format!("/stay/rentcars/{car}")).expect_status(200);
        assert_eq!((row["rsvId"].is_null(), row["roomId"].is_null()), (!sees, !sees), "{row}");
    }

    // rooms and reviews are changed by who made them
    let price = json!({"price": 8000});
    hugo.request("PATCH", &format!("/stay/rooms/{room}"), &price).expect_problem(403, "not-yours");
    ann.request("PATCH", &format!("/stay/rooms/{room}"), &price).expect_problem(403, "not-yours");
    hugo.request("DELETE", "/stay/rooms/999", &json!({})).expect_problem(404, "unknown-room");
    hana.request("PATCH", &format!("/stay/rooms/{room}"), &price).expect_status(200);
    let review = kim.post("/stay/reviews", &json!({"roomId": room, "content": "fine"})).created_id();
    lee.request("DELETE", &format!("/stay/reviews/{review}"), &json!(null)).expect_problem(403, "not-yours");
    kim.request("DELETE", &format!("/stay/reviews/{review}"), &json!(null)).expect_success();

    // who is both has both: each once, in one order
    let own = hugo.post("/stay/rooms", &json!({"desc": "another", "price": 1000})).created_id();
    both.post("/stay/reservations", &json!({"roomId": own})).created_id();
    let of_own = hana.post("/stay/rooms", &json!({"desc": "a third", "price": 5000})).created_id();
    both.post("/stay/reservations", &json!({"roomId": of_own})).created_id();
    server.wait_until_idle_in("stay");
    let page = both.get("/stay/reservations?sort=amount&size=2");
    assert_eq!(page.json()["page"]["totalElements"], 3);
    let next = page.json()["_links"]["next"]["href"].as_str().expect("a link").to_string();
    let rows = [page.rows(), both.get(&next).rows()].concat();
    let amounts: Vec<u64> = rows.iter().filter_map(|row| row["amount"].as_u64()).collect();
    assert_eq!(amounts, [1000, 5000, 18000], "{rows:?}");
    hana.wait_for_count("/stay/reservations", 2);
    server.stop();
    nadul.check_data();
}

/// Somebody who watches a reservation that is not theirs, and comes back to what has been missed, learns not even which room it was.
#[test]
fn a_stream_that_was_away_tells_only_those_who_see_the_reservation_that_it_has_left_its_room() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = local_with(&nadul, &["http.stream_heartbeat_ms=100"]);
    let [hana, hugo] = ["hana", "hugo"].map(|name| Person::new(&server, name, "host"));
    let [kim, lee] = ["kim", "lee"].map(|name| Person::new(&server, name, "customer"));
    let ann = Person::new(&server, "ann", "operator");
    let room = hana.post("/stay/rooms", &json!({"desc": "a room", "price": 9000})).created_id();
    let reserve = |guest: &Person| {
        let rsv = guest.post("/stay/reservations", &json!({"roomId": room})).created_id();
        server.wait_until_idle_in("stay");
        rsv
    };
    let first = reserve(&kim);
    let begin = ["rooms", "roomviews"].map(|list| (list, lee.stream(&format!("/stay/{list}"), None).next().id));
    kim.request("PATCH", &format!("/stay/reservations/{first}"), &json!({"status": "reqCancel"})).expect_success();
    server.wait_until_idle_in("stay");
    let second = reserve(&lee);

    let gone = |person: &Person, (list, begin): &(&str, String), rsv: u64| -> Vec<bool> {
        let said = person.stream(&format!("/stay/{list}?rsvId={rsv}"), Some(begin)).up_to_heartbeat();
        assert!(said.iter().all(|StreamEvent { data, .. }| data["id"] == room), "{said:?}");
        said.iter().map(|StreamEvent { event, .. }| event == "deleted").collect()
    };
    for list in &begin {
        for (who, person, due) in [
            ("its guest", &kim, &[true][..]),
            ("the room's host", &hana, &[true]),
            ("an operator", &ann, &[true]),
            ("the next guest", &lee, &[]),
            ("another host", &hugo, &[]),
        ] {
            assert_eq!(gone(person, list, first), due, "{who} of {}", list.0);
        }
        for (who, person, due) in
            [("its guest", &lee, &[false][..]), ("the room's host", &hana, &[false]), ("the guest before", &kim, &[])]
        {
            assert_eq!(gone(person, list, second), due, "{who} of {}", list.0);
        }
    }
    server.stop();
    nadul.check_data();
}
