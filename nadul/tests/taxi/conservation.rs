//! The money, and where each request is: even at rest, whatever the customers and drivers did.
use crate::hailing::{cancel, hail, listed, matched, taxi};
use process::{Nadul, Served};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn ids(rows: &[Value]) -> BTreeSet<u64> {
    rows.iter().filter_map(|row| row["id"].as_u64()).collect()
}

fn won<'a>(rows: impl Iterator<Item = &'a Value>) -> u64 {
    rows.filter_map(|row| row["price"].as_u64()).sum()
}

fn is_even(served: &Served<'_>) {
    let (catches, payments) = (served.rows("catches"), served.rows("payments"));
    let alive: Vec<&Value> = catches.iter().filter(|row| row["status"] != "Cancel").collect();
    let paid = payments.iter().filter(|row| row["paymentAction"] == "Approved");
    assert_eq!(won(paid), won(alive.iter().copied()));
    let (open, taken) = (ids(&served.rows("catchReqLists")), ids(&served.rows("pickUps")));
    let dead: BTreeSet<u64> =
        ids(&catches).difference(&alive.iter().filter_map(|row| row["id"].as_u64()).collect()).copied().collect();
    assert!(open.is_disjoint(&taken) && open.is_disjoint(&dead) && taken.is_disjoint(&dead));
    assert_eq!(&(&open | &taken) | &dead, ids(&catches), "each is listed, matched or cancelled");
}

#[test]
fn what_is_paid_and_not_refunded_is_the_price_of_what_is_not_cancelled() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let mut all = vec![];
    for round in 0..4 {
        all.push(hail(&served, "kim"));
        all.push(listed(&served, "lee"));
        all.push(matched(&served, "han", &format!("d{round}")));
        let dear = json!({ "price": 1_000_003, "startingPoint": "a", "destination": "b", "customer": "kim" });
        all.push(served.post("/catches", &dear).id());
    }
    for id in all.iter().step_by(3) {
        cancel(&served, *id).with(200);
    }
    served.rests();
    is_even(&served);
    assert_eq!(served.get("/operator/contexts").json()["broken"], json!([]));
    served.stop();
    nadul.is_proved();
}
