//! Messages: what the customer hears of each event, word for word in both languages.
use crate::fruit::steps::{cancel, deliver, open, sent};
use process::ServerProcess;
use serde_json::{Value, json};

const PLACED: [&str; 3] =
    ["OrderPlaced", "주문이 접수되었습니다. 상품 사과, 수량 3.", "Your order is placed: 사과, quantity 3."];
const PAID: [&str; 3] = ["PaymentApproved", "30000원이 결제되었습니다.", "30000 won were paid."];
const STARTED: [&str; 3] = ["DeliveryStarted", "배송이 시작되었습니다.", "Your delivery is on its way."];
const COMPLETED: [&str; 3] = ["DeliveryCompleted", "배송이 완료되었습니다.", "Your order is delivered."];
const CANCELED: [&str; 3] = ["OrderCanceled", "주문이 취소되었습니다.", "Your order is cancelled."];
const REFUNDED: [&str; 3] = ["PaymentCanceled", "30000원이 환불되었습니다.", "30000 won were refunded."];
const STOPPED: [&str; 3] = ["DeliveryCanceled", "배송이 취소되었습니다.", "Your delivery is cancelled."];

/// Their words, of a customer who has one order.
fn heard(server: &ServerProcess<'_>, customer: &str, order: u64) -> Vec<[String; 3]> {
    let told = |row: &Value| {
        assert_eq!((&row["customer"], &row["orderId"]), (&json!(customer), &json!(order)), "{row}");
        let known = ["id", "customer", "orderId", "eventType", "ko", "en", "timestamp", "_links"];
        assert!(row.as_object().is_some_and(|row| row.keys().all(|name| known.contains(&name.as_str()))), "{row}");
        ["eventType", "ko", "en"].map(|name| row[name].as_str().unwrap_or_default().to_string())
    };
    server.get(&format!("/messages?customer={customer}&size=200")).rows().iter().map(told).collect()
}

#[test]
fn each_message_is_word_for_word_as_the_page_says() {
    open(|server| {
        a_customer_hears_of_everything_on_the_way_to_the_door(server);
        a_customer_hears_of_all_that_is_undone(server);
    });
}

fn a_customer_hears_of_everything_on_the_way_to_the_door(server: &ServerProcess) {
    let (kim, lee) = (sent(server, "kim"), sent(server, "lee"));
    deliver(server, kim).expect_status(200);
    server.wait_until_idle();
    assert_eq!(heard(server, "kim", kim), [PLACED, PAID, STARTED, COMPLETED]);
    assert_eq!(heard(server, "lee", lee), [PLACED, PAID, STARTED]);
}

fn a_customer_hears_of_all_that_is_undone(server: &ServerProcess) {
    let id = sent(server, "park");
    cancel(server, id).expect_status(204);
    let mut said = heard(server.wait_until_idle(), "park", id);
    said[4..].sort();
    assert_eq!(said, [PLACED, PAID, STARTED, CANCELED, STOPPED, REFUNDED]);
}
