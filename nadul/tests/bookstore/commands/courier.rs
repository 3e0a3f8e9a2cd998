//! The courier: may say Delivered of what is on its way, and nothing else.
use crate::bookstore::steps::{accepts, book, buys, cancels, closes, deliver, is, opens, rejects, said};
use process::{Nadul, ServerProcess};
use serde_json::json;

#[test]
fn the_courier_may_say_delivered_of_what_is_on_its_way() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    what_is_not_on_its_way_is_not_delivered(&server);
    a_courier_may_say_nothing_else(&server);
    closes(server);
}

fn what_is_not_on_its_way_is_not_delivered(server: &ServerProcess) {
    let (book, client) = (book(server, 10, 5), &server.client());
    let waits = buys(server, book, 1, "kim");
    deliver(client, waits).expect("an answer").expect_problem(404, "unknown-delivery");
    deliver(client, 999).expect("an answer").expect_problem(404, "unknown-delivery");
    let rejected = buys(server, book, 1, "lee");
    rejects(server, rejected);
    deliver(client, rejected).expect("an answer").expect_problem(404, "unknown-delivery");
    let cancelled = buys(server, book, 1, "park");
    accepts(server, cancelled);
    cancels(server, cancelled);
    is(server, &format!("/deliveries/{cancelled}"), "deliveryState", "DeliveryCancelled");
    deliver(client, cancelled).expect("an answer").expect_problem(409, "delivery-off");
    assert_eq!(said(server.nadul, "Delivered"), 0);
}

fn a_courier_may_say_nothing_else(server: &ServerProcess) {
    let book = book(server, 10, 5);
    let id = buys(server, book, 1, "kim");
    accepts(server, id);
    let path = format!("/deliveries/{id}");
    for word in ["DeliveryStarted", "DeliveryCancelled", "delivered", "Lost", "배송완료"] {
        server.patch(&path, &json!({ "deliveryState": word })).expect_problem(409, "state-not-yours");
    }
    for body in
        [json!({}), json!({ "deliveryState": 7 }), json!({ "deliveryState": " " }), json!({ "status": "Delivered" })]
    {
        server.patch(&path, &body).expect_problem(400, "invalid-fields");
    }
    for method in ["POST", "PUT", "DELETE"] {
        server.request(method, &path, &json!({ "deliveryState": "Delivered" })).expect_problem(405, "wrong-method");
    }
    assert_eq!(server.get(&path).expect_status(200)["deliveryState"], "DeliveryStarted");
}
