//! What a buyer is told, to the letter, in both languages.
use crate::shop::{accepts, asks, book, buys, cancels, closes, deliver, is, opens, rejects};
use process::{Nadul, Served, bare};
use serde_json::{Value, json};

fn letters(served: &Served<'_>, customer: &str) -> Vec<[String; 3]> {
    let rows = served.rests().get(&format!("/messages?customer={customer}")).rows();
    let word = |row: &Value, name: &str| row[name].as_str().expect("a text").to_string();
    rows.iter().map(|row| ["eventType", "ko", "en"].map(|name| word(row, name))).collect()
}

const BOUGHT: [&str; 3] =
    ["OrderPlaced", "「토지」 2권을 24000원에 구매했습니다.", "You bought 2 × \"토지\" for 24000 won."];
const ACCEPTED: [&str; 3] = ["Accepted", "판매자가 주문을 수락했습니다.", "The seller has accepted your order."];
const STARTED: [&str; 3] = ["DeliveryStarted", "배송이 시작되었습니다.", "Your parcel is on its way."];
const DELIVERED: [&str; 3] = ["Delivered", "배송이 완료되었습니다.", "Your parcel is delivered."];
const STOPPED: [&str; 3] = ["DeliveryCancelled", "배송이 취소되었습니다.", "Your delivery is cancelled."];
const CANCELLED: [&str; 3] = ["OrderCancelled", "주문이 취소되었습니다.", "Your order is cancelled."];
const REFUNDED: [&str; 3] = ["PaymentCancelled", "24000원이 환불되었습니다.", "24000 won were refunded."];
const REJECTED: [&str; 3] =
    ["Rejected", "판매자가 주문을 거절했습니다. 사유: 절판", "The seller has rejected your order: 절판."];

#[test]
fn a_buyer_is_told_of_purchase_acceptance_and_each_change_of_the_delivery() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 12_000, None);
    let live = served.live("/messages?customer=kim", None);
    let id = buys(&served, book, 2, "kim");
    accepts(&served, id);
    deliver(&served.door(), id).expect("an answer").with(200);
    assert_eq!(letters(&served, "kim"), [BOUGHT, ACCEPTED, STARTED, DELIVERED]);
    let pushed: Vec<Value> = (0..4).map(|_| live.next().data["eventType"].clone()).collect();
    assert_eq!(pushed, ["OrderPlaced", "Accepted", "DeliveryStarted", "Delivered"], "pushed to the open page");
    closes(served);
}

#[test]
fn a_buyer_is_told_of_a_rejection_and_its_refund() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 12_000, 2);
    let id = buys(&served, book, 2, "kim");
    rejects(&served, id);
    assert_eq!(letters(&served, "kim"), [BOUGHT, REJECTED, REFUNDED]);
    closes(served);
}

#[test]
fn a_buyer_is_told_of_a_cancel_its_refund_and_the_end_of_the_delivery() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 12_000, None);
    let (before, after) = (buys(&served, book, 2, "kim"), buys(&served, book, 2, "lee"));
    accepts(&served, after);
    cancels(&served, before);
    cancels(&served, after);
    assert_eq!(letters(&served, "kim"), [BOUGHT, CANCELLED, REFUNDED]);
    let told = letters(&served, "lee");
    assert_eq!(told[..4], [BOUGHT, ACCEPTED, STARTED, CANCELLED]);
    let mut undone = told[4..].to_vec();
    undone.sort();
    assert_eq!(undone, [STOPPED, REFUNDED]);
    closes(served);
}

#[test]
fn a_message_has_the_time_of_its_event_and_stands_in_that_order() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 12_000, None);
    let id = buys(&served, book, 2, "kim");
    accepts(&served, id);
    cancels(&served, id);
    let rows = served.rests().get("/messages?customer=kim").rows();
    closes(served);
    let log = nadul.log("bookstore");
    for row in &rows {
        let names: Vec<_> = bare(row.clone()).as_object().expect("a row").keys().cloned().collect();
        assert_eq!(names, ["customer", "en", "eventType", "id", "ko", "orderId", "timestamp"]);
        let event = log.iter().find(|event| event["eventType"] == row["eventType"]).expect("its event");
        let seen = (&row["timestamp"], &row["orderId"], &row["customer"]);
        assert_eq!(seen, (&event["timestamp"], &json!(id), &json!("kim")));
    }
    let times: Vec<&str> = rows.iter().map(|row| row["timestamp"].as_str().expect("a time")).collect();
    assert!(times.len() == 6 && times.is_sorted(), "{times:?}");
}

#[test]
fn messages_are_asked_for_by_their_customer() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, None);
    let nobody = served.post("/orders", &json!({ "productId": book, "qty": 1 })).made();
    asks(&served, book, 1, "kim").made();
    is(&served, &format!("/storeOrders/{nobody}"), "status", "Paid");
    assert_eq!(served.get("/messages").status, 400);
    assert_eq!(letters(&served, "kim").len(), 1);
    served.counts("/messages?customer=null", 0);
    closes(served);
}
