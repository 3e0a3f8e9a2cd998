//! kill −9 under load, again and again: what was promised stands, and nothing is there twice.
use super::books_balance;
use crate::inn::{cancel, car, closes, opens, room, wish};
use process::{Door, Nadul, Served};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

const KILLS: usize = 25;
const GUESTS: usize = 8;
const ROOMS: u64 = 6;
const CARS: u64 = 3;

/// What a guest was told on one visit.
#[derive(Default)]
struct Told {
    made: Option<u64>,
    cancelled: bool,
}

/// A guest books any room, with a car or without, and mostly changes their mind; hosts edit, and reviews are written.
fn visits(door: &Door, guest: usize, turn: usize) -> Option<Told> {
    let at = (guest * 7 + turn * 3) as u64;
    let (room, car) = (1 + at % ROOMS, (!at.is_multiple_of(3)).then_some(1 + at % CARS));
    let answer = door.post("/reservations", &wish(room, car, &format!("guest{guest}")))?;
    assert!([201, 409].contains(&answer.status), "{answer:?}");
    let mut told = Told { made: (answer.status == 201).then(|| answer.id()), cancelled: false };
    if let Some(id) = told.made.filter(|_| !at.is_multiple_of(5)) {
        let Some(answer) = cancel(door, id) else { return Some(told) };
        answer.with(200);
        told.cancelled = true;
    }
    let _killed_already = match at % 4 {
        0 => door.post("/reviews", &json!({ "roomId": room, "content": "좋아요" })).map(|answer| answer.with(201)),
        1 => door
            .ask("PATCH", &format!("/rooms/{room}"), &[], &json!({ "price": at }).to_string())
            .map(|it| it.with(200)),
        _ => None,
    };
    Some(told)
}

/// So that the next guests find something.
fn frees(served: &Served<'_>) {
    let open = |row: &Value| row["status"] != "cancelled";
    let reserved: Vec<Value> = served.rows("reservations").into_iter().filter(open).collect();
    for row in reserved.iter().step_by(2) {
        cancel(&served.door(), row["id"].as_u64().expect("an id")).expect("an answer").with(200);
    }
}

#[test]
fn killed_again_and_again_under_load_it_loses_and_doubles_nothing() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let rooms: Vec<u64> = (0..ROOMS).map(|at| room(&served, 100 + at)).collect();
    let cars: Vec<u64> = (0..CARS).map(|at| car(&served, 10 + at)).collect();
    assert_eq!((rooms[0], cars[0]), (1, 1), "ids are given in order");
    closes(served);
    let mut told = vec![];
    for kill in 0..KILLS {
        let served = nadul.serve(&[
            "stay",
            "--data",
            "data",
            "--set",
            "stay.hold_timeout_ms=20000",
            "--set",
            "stay.payment_timeout_ms=20000",
        ]);
        frees(&served);
        let turns: Vec<AtomicUsize> = (0..GUESTS).map(|_| AtomicUsize::new(kill)).collect();
        let turn = |guest: usize| turns[guest].fetch_add(1, Ordering::Relaxed);
        told.extend(served.killed_under(GUESTS, 1 + kill * 7 % 40, |door, guest| visits(door, guest, turn(guest))));
        let said = nadul.run(&["check", "--data", "data"]);
        assert_eq!(said.code, Some(0), "after kill {kill}: {said:?}");
    }
    let served = opens(&nadul);
    books_balance(&served);
    let made: Vec<u64> = told.iter().filter_map(|told| told.made).collect();
    let cancelled: Vec<u64> = told.iter().filter(|told| told.cancelled).filter_map(|told| told.made).collect();
    let rows: BTreeMap<u64, Value> =
        served.rows("reservations").into_iter().map(|row| (row["id"].as_u64().expect("an id"), row)).collect();
    let mut once = made.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), made.len(), "an id was given twice");
    assert!(made.iter().all(|id| rows.contains_key(id)), "a reservation that was promised is gone");
    assert!(cancelled.iter().all(|id| rows[id]["status"] == "cancelled"), "a cancel that was promised is gone");
    assert!(made.len() > KILLS, "only {} reservations were made", made.len());
    tells_each_once(&served, &rows);
    counts_reviews(&served);
    closes(served);
}

/// Each ending once, and each confirmation at most once; exactly once where it stands.
fn tells_each_once(served: &Served<'_>, rows: &BTreeMap<u64, Value>) {
    let mut told_of: BTreeMap<(u64, String), usize> = BTreeMap::new();
    for guest in 0..GUESTS {
        let path = |page: u64| format!("/messages?customer=guest{guest}&size=200&page={page}");
        let pages = served.get(&path(0)).with(200)["page"]["totalPages"].as_u64().expect("pages");
        for message in (0..pages).flat_map(|page| served.get(&path(page)).rows()) {
            let word = message["eventType"].as_str().expect("a type").to_string();
            *told_of.entry((message["rsvId"].as_u64().expect("an id"), word)).or_default() += 1;
        }
    }
    assert!(told_of.values().all(|times| *times == 1), "{told_of:?}");
    let has = |id: u64, word: &str| told_of.contains_key(&(id, word.to_string()));
    for (id, row) in rows {
        let (cancelled, car) = (row["status"] == "cancelled", !row["carId"].is_null());
        assert_eq!(has(*id, "ReservationCancelled"), cancelled, "{row}");
        assert_eq!(has(*id, "CarCancelled"), cancelled && car, "{row}");
        assert_eq!(has(*id, "CarReserved"), car && has(*id, "ReservationConfirmed"), "{row}");
        assert!(cancelled || has(*id, "ReservationConfirmed"), "{row}");
    }
    assert!(told_of.keys().all(|(id, _)| rows.contains_key(id)), "a message of nothing");
}

fn counts_reviews(served: &Served<'_>) {
    let reviews = served.rows("reviews");
    for row in served.rows("rooms") {
        let of_room = reviews.iter().filter(|review| review["roomId"] == row["id"]).count();
        assert_eq!(row["reviewCnt"], of_room, "{row}");
        assert_eq!(served.get(&format!("/roomviews/{}", row["id"])).with(200)["reviewCnt"], of_room);
    }
}
