//! stay's faults: a provider that does not pay, contexts that are down and come back, and kill −9 at any moment.
mod down;
mod killed;
mod provider;

use process::Served;
use serde_json::Value;
use std::collections::BTreeMap;

fn number(row: &Value, name: &str) -> u64 {
    row[name].as_u64().unwrap_or_else(|| panic!("no {name} in {row}"))
}

/// The books of the whole inn, read over HTTP at rest: money, rooms, cars, the view and the messages agree.
#[track_caller]
pub fn books_balance(served: &Served<'_>) {
    served.rests();
    let reservations = served.rows("reservations");
    let open: Vec<&Value> = reservations.iter().filter(|row| row["status"] != "cancelled").collect();
    assert!(open.iter().all(|row| row["status"] == "reserved"), "{open:?}");

    let amount = |row: &&Value| number(row, "amount");
    let payments = served.rows("payments");
    let approved: u64 = payments.iter().filter(|row| row["status"] == "approved").map(|row| amount(&row)).sum();
    assert_eq!(approved, open.iter().map(amount).sum::<u64>(), "money");
    let paid: Vec<&Value> = payments.iter().map(|row| &row["rsvId"]).collect();
    let to_pay: Vec<&Value> = reservations.iter().filter(|row| !row["payId"].is_null()).map(|row| &row["id"]).collect();
    assert_eq!(paid, to_pay, "one payment each");

    for (collection, name) in [("rooms", "roomId"), ("rentcars", "carId")] {
        let held = |row: &Value| Some((row["rsvId"].as_u64()?, number(row, "id")));
        let reserved: BTreeMap<u64, u64> =
            served.rows(collection).iter().filter(|row| row["status"] == "reserved").filter_map(held).collect();
        let booked = open.iter().filter_map(|row| Some((number(row, "id"), row[name].as_u64()?))).collect();
        assert_eq!(reserved, booked, "{collection}");
    }
    for row in served.rows("roomviews") {
        let latest = reservations.iter().find(|reservation| reservation["id"] == row["rsvId"]);
        assert_eq!(latest.map(|latest| &latest["status"]).unwrap_or(&Value::Null), &row["rsvStatus"], "{row}");
    }
}
