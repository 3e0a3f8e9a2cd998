//! What a success looks like: 201 with Location and the row, 200 with the row, 204; ids given in order, never twice.
use crate::taxi::{cancel, hail, listed, pick, taxi, trip};
use process::Nadul;
use serde_json::json;

#[test]
fn a_creation_is_201_a_change_200_and_a_removal_204() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let made = served.post("/catches", &trip("kim"));
    let row = made.with(201);
    assert_eq!(
        (made.header("location"), made.header("content-type")),
        (&*format!("/catches/{}", made.id()), "application/hal+json")
    );
    let read = served.get(made.header("location"));
    assert_eq!((read.with(200), read.header("etag")), (row, made.header("etag")));
    let id = listed(&served, "lee");
    pick(&served, id).with(201);
    let removed = served.delete(&format!("/pickUps/{id}"));
    assert_eq!((removed.status, removed.text.as_str()), (204, ""));
    let changed = cancel(&served, made.id());
    let row = changed.with(200);
    assert_eq!((&row["status"], changed.header("content-type")), (&json!("Cancel"), "application/hal+json"));
    let read = served.get(made.header("location"));
    assert_eq!((read.json(), read.header("etag")), (row, changed.header("etag")));
}

#[test]
fn ids_rise_and_are_never_given_twice_even_after_a_kill() {
    let nadul = Nadul::new();
    let mut given = vec![];
    for _ in 0..3 {
        let served = taxi(&nadul);
        given.extend((0..3).map(|_| hail(&served, "kim")));
        served.kill();
    }
    assert!(given[0] >= 1 && given.is_sorted_by(|a, b| a < b), "{given:?}");
    let served = taxi(&nadul);
    let listed: Vec<u64> = served.rows("catches").iter().filter_map(|row| row["id"].as_u64()).collect();
    assert_eq!(listed, given, "in order of id");
}

#[test]
fn a_row_in_its_collection_is_the_row_by_itself() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = listed(&served, "kim");
    served.shows("/myPages", "kim");
    served.rests();
    for list in ["catches", "payments", "catchReqLists", "myPages"] {
        let (all, one) = (served.get(&format!("/{list}")).rows(), served.get(&format!("/{list}/{id}")).json());
        assert_eq!(all, [one]);
    }
}
