//! What a success looks like: 201 with Location and the row, 200 with the row, 204; ids given in order, never twice.
use crate::promises::taxi::{cancel, hail, listed, pick, taxi, trip};
use process::{Nadul, ServerProcess};
use serde_json::json;

#[test]
fn a_success_looks_as_the_page_says() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    a_row_in_its_collection_is_the_row_by_itself(&server);
    a_creation_is_201_a_change_200_and_a_removal_204(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn a_row_in_its_collection_is_the_row_by_itself(server: &ServerProcess) {
    let id = listed(server, "kim");
    server.wait_for_text("/myPages", "kim");
    server.wait_until_idle();
    for list in ["catches", "payments", "catchReqLists", "myPages"] {
        let (all, one) = (server.get(&format!("/{list}")).rows(), server.get(&format!("/{list}/{id}")).json());
        assert_eq!(all, [one]);
    }
}

fn a_creation_is_201_a_change_200_and_a_removal_204(server: &ServerProcess) {
    let made = server.post("/catches", &trip("kim"));
    let row = made.expect_status(201);
    assert_eq!(
        (made.header("location"), made.header("content-type")),
        (&*format!("/catches/{}", made.id()), "application/hal+json")
    );
    let read = server.get(made.header("location"));
    assert_eq!((read.expect_status(200), read.header("etag")), (row, made.header("etag")));
    let id = listed(server, "lee");
    pick(server, id).expect_status(201);
    let removed = server.delete(&format!("/pickUps/{id}"));
    assert_eq!((removed.status, removed.text.as_str()), (204, ""));
    let changed = cancel(server, made.id());
    let row = changed.expect_status(200);
    assert_eq!((&row["status"], changed.header("content-type")), (&json!("Cancel"), "application/hal+json"));
    let read = server.get(made.header("location"));
    assert_eq!((read.json(), read.header("etag")), (row, changed.header("etag")));
}

#[test]
fn ids_rise_and_are_never_given_twice_even_after_a_kill() {
    let nadul = Nadul::new();
    let mut given = vec![];
    for _ in 0..3 {
        let server = taxi(&nadul);
        given.extend((0..3).map(|_| hail(&server, "kim")));
        server.kill();
    }
    assert!(given[0] >= 1 && given.is_sorted_by(|a, b| a < b), "{given:?}");
    let server = taxi(&nadul);
    let listed: Vec<u64> = server.rows("catches").iter().filter_map(|row| row["id"].as_u64()).collect();
    assert_eq!(listed, given, "in order of id");
}
