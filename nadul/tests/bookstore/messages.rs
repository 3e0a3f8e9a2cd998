//! What a buyer is told, to the letter, in both languages.
use crate::bookstore::steps::{accepts, asks, book, buys, cancels, closes, deliver, is, opens, rejects};
use process::{Nadul, ServerProcess};
use serde_json::{Value, json};

fn letters(server: &ServerProcess<'_>, customer: &str) -> Vec<[String; 3]> {
    let rows = server.wait_until_idle().get(&format!("/messages?customer={customer}")).rows();
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
fn each_message_is_word_for_word_as_the_page_says() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    a_buyer_is_told_of_purchase_acceptance_and_each_change_of_the_delivery(&server);
    a_buyer_is_told_of_a_rejection_and_its_refund(&server);
    a_buyer_is_told_of_a_cancel_its_refund_and_the_end_of_the_delivery(&server);
    messages_are_asked_for_by_their_customer(&server);
    closes(server);
}

fn a_buyer_is_told_of_purchase_acceptance_and_each_change_of_the_delivery(server: &ServerProcess) {
    let book = book(server, 12_000, None);
    let live = server.stream("/messages?customer=kim", None);
    let id = buys(server, book, 2, "kim");
    accepts(server, id);
    deliver(&server.client(), id).expect("an answer").expect_status(200);
    assert_eq!(letters(server, "kim"), [BOUGHT, ACCEPTED, STARTED, DELIVERED]);
    let pushed: Vec<Value> = (0..4).map(|_| live.next().data["eventType"].clone()).collect();
    assert_eq!(pushed, ["OrderPlaced", "Accepted", "DeliveryStarted", "Delivered"], "pushed to the open page");
}

fn a_buyer_is_told_of_a_rejection_and_its_refund(server: &ServerProcess) {
    let book = book(server, 12_000, 2);
    let id = buys(server, book, 2, "park");
    rejects(server, id);
    assert_eq!(letters(server, "park"), [BOUGHT, REJECTED, REFUNDED]);
}

fn a_buyer_is_told_of_a_cancel_its_refund_and_the_end_of_the_delivery(server: &ServerProcess) {
    let book = book(server, 12_000, None);
    let (before, after) = (buys(server, book, 2, "choi"), buys(server, book, 2, "lee"));
    accepts(server, after);
    cancels(server, before);
    cancels(server, after);
    assert_eq!(letters(server, "choi"), [BOUGHT, CANCELLED, REFUNDED]);
    let told = letters(server, "lee");
    assert_eq!(told[..4], [BOUGHT, ACCEPTED, STARTED, CANCELLED]);
    let mut undone = told[4..].to_vec();
    undone.sort();
    assert_eq!(undone, [STOPPED, REFUNDED]);
}

fn messages_are_asked_for_by_their_customer(server: &ServerProcess) {
    let book = book(server, 10, None);
    let nobody = server.post("/orders", &json!({ "productId": book, "qty": 1 })).created_id();
    asks(server, book, 1, "han").created_id();
    is(server, &format!("/storeOrders/{nobody}"), "status", "Paid");
    assert_eq!(server.get("/messages").status, 400);
    assert_eq!(letters(server, "han").len(), 1);
    server.wait_for_count("/messages?customer=null", 0);
}
