//! EventStream: the present rows, then each change as it happens; gone on with from where it broke off, also across a restart.
use crate::five::ALL;
use crate::promises::taxi::{cancel, hail, listed, pick, taxi};
use process::{Nadul, ServerProcess};
use serde_json::{Value, json};

#[test]
fn a_stream_sends_what_is_there_and_then_each_change() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    a_collection_sends_what_is_there_and_then_each_change(&server);
    a_row_sends_itself_and_then_each_change_of_it(&server);
    a_filtered_stream_sends_the_rows_of_its_customer_or_its_request_only(&server);
    messages_are_pushed_to_the_page_of_their_customer(&server);
    one_connection_watches_rows_of_several_contexts(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn a_collection_sends_what_is_there_and_then_each_change(server: &ServerProcess) {
    let first = listed(server, "kim");
    let live = server.stream("/catchReqLists", None);
    let heard = live.next();
    assert_eq!((heard.event.as_str(), heard.id.is_empty()), ("row", false));
    assert_eq!(heard.data, server.get(&format!("/catchReqLists/{first}")).json());
    let second = listed(server, "lee");
    let heard = live.next();
    assert_eq!((heard.event.as_str(), &heard.data["id"]), ("row", &json!(second)));
    pick(server, first).expect_status(201);
    let gone = live.next();
    assert_eq!((gone.event.as_str(), gone.data), ("deleted", json!({ "id": first })));
    server.delete(&format!("/pickUps/{first}"));
    let back = live.next();
    assert_eq!((back.event.as_str(), &back.data["id"]), ("row", &json!(first)));
}

fn a_row_sends_itself_and_then_each_change_of_it(server: &ServerProcess) {
    let id = listed(server, "kim");
    let live = server.stream(&format!("/catches/{id}"), None);
    assert_eq!(live.next().data, server.get(&format!("/catches/{id}")).json());
    hail(server, "lee");
    pick(server, id).expect_status(201);
    assert_eq!(live.next().data["status"], "PickupAssigned");
    cancel(server, id).expect_status(200);
    let heard = live.next();
    assert_eq!((heard.event.as_str(), &heard.data), ("row", &server.get(&format!("/catches/{id}")).json()));
    let row = server.stream(&format!("/catchReqLists/{}", listed(server, "han")), None);
    let shown = row.next();
    pick(server, shown.data["id"].as_u64().expect("an id")).expect_status(201);
    let gone = row.next();
    assert_eq!((gone.event.as_str(), gone.data), ("deleted", json!({ "id": shown.data["id"] })));
}

fn a_filtered_stream_sends_the_rows_of_its_customer_or_its_request_only(server: &ServerProcess) {
    let first = hail(server, "park");
    let (kim, lee) = (server.stream("/catches?customer=park", None), server.stream("/catches?customer=choi", None));
    let one = server.stream(&format!("/payments?matchId={first}"), None);
    assert_eq!((&kim.next().data["id"], &one.next().data["id"]), (&json!(first), &json!(first)));
    let second = hail(server, "choi");
    assert_eq!(lee.next().data["id"], second);
    cancel(server, second).expect_status(200);
    cancel(server, first).expect_status(200);
    assert_eq!(kim.next().data["status"], "Cancel", "nothing of another customer's in between");
    let refunded = one.next().data;
    assert_eq!((&refunded["id"], &refunded["paymentAction"]), (&json!(first), &json!("Cancel")));
    assert_eq!(lee.next().data["status"], "Cancel");
}

fn one_connection_watches_rows_of_several_contexts(server: &ServerProcess) {
    let paths = ["catches", "myPages", "messages"].map(|name| format!("watch=/taxi/{name}%3Fcustomer%3Dyoon"));
    let live = server.stream(&format!("/live?{}", paths.join("&")), None);
    let id = hail(server, "yoon");
    hail(server, "seo");
    let (mut seen, mut last) = ([false; 3], String::new());
    while seen.contains(&false) {
        let heard = live.next();
        if heard.event == "row" {
            assert_eq!(heard.data["row"]["customer"], "yoon", "{heard:?}");
            seen[heard.data["watch"].as_u64().expect("a place") as usize] = true;
            last = heard.id;
        }
    }
    assert_eq!(last.split(',').filter(|mark| !mark.is_empty()).count(), 3, "{last}");
    let again = server.stream(&format!("/live?{}", paths.join("&")), Some(&last));
    cancel(server, id).expect_status(200);
    let next = std::iter::repeat_with(|| again.next()).find(|heard| heard.event == "row" && heard.data["watch"] == 0);
    assert_eq!(
        next.map(|heard| heard.data["row"]["status"].clone()),
        Some(json!("Cancel")),
        "it goes on behind what was seen"
    );
}

fn messages_are_pushed_to_the_page_of_their_customer(server: &ServerProcess) {
    let (kim, lee) = (server.stream("/messages?customer=song", None), server.stream("/messages?customer=jung", None));
    let (id, other) = (listed(server, "song"), listed(server, "jung"));
    pick(server, id).expect_status(201);
    pick(server, other).expect_status(201);
    for (live, id) in [(&kim, id), (&lee, other)] {
        for about in ["PaymentApproved", "PickupAssigned"] {
            let heard = live.next();
            assert_eq!((heard.event.as_str(), &heard.data["eventType"]), ("row", &json!(about)));
            assert_eq!(heard.data["matchId"], id);
            assert!(heard.data["ko"].is_string() && heard.data["en"].is_string());
            assert!(heard.data["timestamp"].is_string());
        }
    }
    cancel(server, id).expect_status(200);
    assert_eq!(kim.next().data["matchId"], id);
    let refused = server.request_with("GET", "/messages", &[("accept", "text/event-stream")], "");
    refused.expect_problem(400, "invalid-query");
    let refused = server.request_with("GET", "/catches/999", &[("accept", "text/event-stream")], "");
    refused.expect_problem(404, "unknown-id");
}

#[test]
fn every_collection_of_every_system_is_live() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["--data", "data"]);
    for system in &ALL {
        system.trades(&server, 1);
        system.trades(&server, 2);
        for rows in system.collections() {
            let listed = server.get(&rows.path(system)).rows();
            let live = server.stream(&rows.path(system), None);
            let mut sent: Vec<Value> = listed.iter().map(|_| live.next()).map(|sent| sent.data).collect();
            sent.sort_by_key(|row| row["id"].as_u64());
            assert_eq!(sent, listed, "{}", rows.path(system));
            let one = server.stream(&format!("{}/{}", rows.path(system), listed[0]["id"]), None).next();
            assert_eq!((one.event.as_str(), &one.data), ("row", &listed[0]));
        }
        server.wait_until_idle_in(system.name); // a message of an earlier event may still come before the first one listed
        let messages = format!("/{}/messages?customer=kim", system.name);
        let heard = server.get(&messages).rows();
        let first = server.stream(&messages, None).next().data;
        assert!(heard.contains(&first), "listed by time, sent as they came: {first}");
    }
}

/// Killed in between; what happened while nobody listened is heard, each row once at its newest, in order.
#[test]
fn a_stream_goes_on_from_its_last_id_across_a_restart() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    let (gone, stays) = (listed(&server, "kim"), listed(&server, "kim"));
    let live = server.stream("/catchReqLists", None);
    let last = (live.next(), live.next()).1;
    pick(&server, gone).expect_status(201);
    server.kill();
    let server = taxi(&nadul);
    let new = listed(&server, "kim");
    let live = server.stream("/catchReqLists", Some(&last.id));
    let (first, second) = (live.next(), live.next());
    assert_eq!((first.event.as_str(), &first.data), ("deleted", &json!({ "id": gone })));
    assert_eq!((second.event.as_str(), &second.data["id"]), ("row", &json!(new)));
    assert!(![&first.id, &second.id].contains(&&last.id));
    let after = listed(&server, "kim");
    assert_eq!(live.next().data["id"], after);
    let all = server.stream("/catchReqLists", Some("what is no position"));
    let ids: Vec<Value> = (0..3).map(|_| all.next().data["id"].clone()).collect();
    assert_eq!(ids, [stays, new, after], "a position that is none: from the beginning");
}

#[test]
fn the_messages_of_a_customer_go_on_after_a_restart() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    let id = listed(&server, "kim");
    let live = server.stream("/messages?customer=kim", None);
    pick(&server, id).expect_status(201);
    let first = live.next();
    server.wait_for_text(&format!("/catches/{id}"), "PickupAssigned");
    server.stop();
    let server = taxi(&nadul);
    let live = server.stream("/messages?customer=kim", Some(&first.id));
    cancel(&server, id).expect_status(200);
    let second = live.next();
    assert!(second.data["id"].as_u64() > first.data["id"].as_u64(), "{first:?} {second:?}");
    assert!(second.data["matchId"] == id && second.data["customer"] == "kim", "{second:?}");
}
