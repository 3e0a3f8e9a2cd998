//! The courier: may say Delivered of what is on its way, and nothing else.
use crate::shop::{accepts, book, buys, cancels, closes, deliver, is, opens, rejects, said};
use process::{Nadul, bare};
use serde_json::json;

#[test]
fn what_is_delivered_is_delivered_once() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    let id = buys(&served, book, 2, "kim");
    accepts(&served, id);
    let row = json!({ "id": id, "deliveryId": id, "orderId": id, "productId": book, "productName": "토지", "qty": 2,
        "customerId": "kim", "deliveryAddress": "서울", "deliveryState": "Delivered" });
    for answer in served.at_once(8, |door, _| deliver(door, id).expect("an answer")) {
        assert_eq!(bare(answer.with(200)), row);
    }
    is(&served, &format!("/orderStatuses/{id}"), "deliveryStatus", "Delivered");
    assert_eq!(served.get(&format!("/orders/{id}")).with(200)["status"], "OrderPlaced");
    assert_eq!(served.get(&format!("/payments/{id}")).with(200)["status"], "Paid");
    closes(served);
    assert_eq!(said(&nadul, "Delivered"), 1);
}

#[test]
fn what_is_not_on_its_way_is_not_delivered() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (book, door) = (book(&served, 10, 5), served.door());
    let waits = buys(&served, book, 1, "kim");
    deliver(&door, waits).expect("an answer").refused(404, "unknown-delivery");
    deliver(&door, 99).expect("an answer").refused(404, "unknown-delivery");
    let rejected = buys(&served, book, 1, "lee");
    rejects(&served, rejected);
    deliver(&door, rejected).expect("an answer").refused(404, "unknown-delivery");
    let cancelled = buys(&served, book, 1, "park");
    accepts(&served, cancelled);
    cancels(&served, cancelled);
    is(&served, &format!("/deliveries/{cancelled}"), "deliveryState", "DeliveryCancelled");
    deliver(&door, cancelled).expect("an answer").refused(409, "delivery-off");
    closes(served);
    assert_eq!(said(&nadul, "Delivered"), 0);
}

#[test]
fn a_courier_may_say_nothing_else() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    let id = buys(&served, book, 1, "kim");
    accepts(&served, id);
    let path = format!("/deliveries/{id}");
    for word in ["DeliveryStarted", "DeliveryCancelled", "delivered", "Lost", "배송완료"] {
        served.patch(&path, &json!({ "deliveryState": word })).refused(409, "state-not-yours");
    }
    for body in
        [json!({}), json!({ "deliveryState": 7 }), json!({ "deliveryState": " " }), json!({ "status": "Delivered" })]
    {
        served.patch(&path, &body).refused(400, "invalid-fields");
    }
    for method in ["POST", "PUT", "DELETE"] {
        served.ask(method, &path, &json!({ "deliveryState": "Delivered" })).refused(405, "wrong-method");
    }
    assert_eq!(served.get(&path).with(200)["deliveryState"], "DeliveryStarted");
    closes(served);
}
