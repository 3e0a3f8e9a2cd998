//! A page asked for with the position of a 201 shows what follows from it, at once and whole.
use crate::taxi::{cancel, hail, taxi, trip};
use process::Nadul;

#[test]
fn a_read_with_the_position_of_a_201_shows_the_request() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    for _ in 0..20 {
        let made = served.post("/catches", &trip("kim"));
        made.with(201);
        let headers = [("prefer", "wait=5"), ("nadul-position", made.header("nadul-position"))];
        for list in ["myPages", "catchReqLists", "payments"] {
            let read = served.send("GET", &format!("/{list}/{}", made.id()), &headers, "");
            assert_eq!((read.status, read.header("preference-applied")), (200, "wait"), "{list} {read:?}");
        }
    }
    let id = hail(&served, "lee");
    let cancelled = cancel(&served, id);
    let headers = [("prefer", "wait=5"), ("nadul-position", cancelled.header("nadul-position"))];
    let told = served.send("GET", "/messages?customer=lee", &headers, "");
    assert!(told.rows().iter().any(|message| message["eventType"] == "CatchCancelled"), "{told:?}");
    let row = served.send("GET", &format!("/myPages/{id}"), &headers, "").with(200);
    assert_eq!(
        (row["status"].as_str(), row["paymentStatus"].as_str()),
        (Some("CatchCancelled"), Some("PaymentCancelled"))
    );
}
