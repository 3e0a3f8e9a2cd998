//! Commands: each with its good and its refused answers, word for word.
use crate::fruit::steps::{cancel, deliver, is_empty, open, order, row, sent};
use process::{ServerProcess, without_links};
use serde_json::{Value, json};

#[test]
fn each_command_has_its_good_and_its_refused_answers() {
    open(|server| {
        an_order_lacking_something_is_refused_by_the_name_of_the_field_and_leaves_nothing(server);
        an_order_holds_its_price_in_the_same_call(server);
        the_status_that_is_sent_with_an_order_changes_nothing_and_digits_may_come_as_text(server);
        a_cancelled_order_stays_readable_and_a_repeated_cancel_answers_like_the_first(server);
        a_delivered_order_is_not_cancelled(server);
        the_courier_completes_a_delivery_and_a_repeat_answers_like_the_first(server);
        a_delivery_is_completed_neither_once_cancelled_nor_with_another_word(server);
    });
}

fn an_order_lacking_something_is_refused_by_the_name_of_the_field_and_leaves_nothing(server: &ServerProcess) {
    let numbers = [json!(null), json!(0), json!(-1), json!(1.5), json!("x"), json!(""), json!(true)];
    let texts = [json!(null), json!(""), json!("  "), json!(7.5)];
    for (field, wrong) in
        [("userId", &texts[..]), ("prodNm", &texts), ("address", &texts), ("qty", &numbers), ("price", &numbers)]
    {
        for value in wrong {
            let mut body = order("kim");
            body[field] = value.clone();
            let answer = server.post("/orders", &body);
            answer.expect_problem(400, "invalid-fields");
            assert_eq!(answer.json()["errors"][0]["field"], field, "{field} {value}: {answer:?}");
        }
    }
    is_empty(server);
}

fn an_order_holds_its_price_in_the_same_call(server: &ServerProcess) {
    let answer = server.post("/orders", &order("kim"));
    let held = row(server, "payments", 1);
    assert_eq!(answer.header("location"), "/orders/1");
    let fields = json!({ "id": 1, "orderId": 1, "userId": "kim", "prodNm": "사과", "qty": 3, "price": 30000,
        "address": "서울 중구 1", "orderStatus": "주문신청" });
    assert_eq!(without_links(answer.expect_status(201)), fields);
    assert_eq!(row(server, "orders", 1), fields);
    // the price is that of the whole order, whatever its quantity
    let paid = json!({ "id": 1, "payId": 1, "orderId": 1, "userId": "kim", "price": 30000, "payStatus": "결제승인" });
    assert_eq!(held, paid);
}

fn the_status_that_is_sent_with_an_order_changes_nothing_and_digits_may_come_as_text(server: &ServerProcess) {
    let mut sent = order("lee");
    sent["orderStatus"] = "주문취소".into();
    (sent["qty"], sent["price"]) = ("2".into(), "12000".into());
    let row = server.post("/orders", &sent).expect_status(201);
    assert_eq!((&row["orderStatus"], &row["qty"], &row["price"]), (&json!("주문신청"), &json!(2), &json!(12000)));
    sent.as_object_mut().expect("an object").remove("orderStatus");
    assert_eq!(server.post("/orders", &sent).expect_status(201)["orderStatus"], "주문신청");
}

fn a_cancelled_order_stays_readable_and_a_repeated_cancel_answers_like_the_first(server: &ServerProcess) {
    let id = sent(server, "kim");
    for _ in 0..3 {
        let answer = cancel(server, id);
        assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    }
    assert_eq!(row(server, "orders", id)["orderStatus"], "주문취소");
    server.wait_for_text(&format!("/payments/{id}"), "결제취소");
    server.wait_for_text(&format!("/deliveries/{id}"), "배송취소");
    server.wait_until_idle();
    let cancels = server.nadul.log("fruit").into_iter().filter(|event| event["eventType"] == "OrderCanceled");
    assert_eq!(cancels.count(), 1);
    for id in ["999", "0", "x"] {
        server.delete(&format!("/orders/{id}")).expect_status(404);
    }
}

fn a_delivered_order_is_not_cancelled(server: &ServerProcess) {
    let id = sent(server, "kim");
    deliver(server, id).expect_status(200);
    cancel(server, id).expect_problem(409, "already-delivered");
    assert_eq!(row(server, "orders", id)["orderStatus"], "주문신청");
    assert_eq!(row(server, "payments", id)["payStatus"], "결제승인");
    assert_eq!(row(server, "deliveries", id)["deliveryStatus"], "배송완료");
}

fn the_courier_completes_a_delivery_and_a_repeat_answers_like_the_first(server: &ServerProcess) {
    let id = sent(server, "kim");
    let fields = json!({ "id": id, "deliveryId": id, "orderId": id, "userId": "kim", "prodNm": "사과", "qty": 3,
        "address": "서울 중구 1", "deliveryStatus": "배송완료" });
    for _ in 0..3 {
        assert_eq!(without_links(deliver(server, id).expect_status(200)), fields);
    }
    assert_eq!(row(server, "deliveries", id), fields);
    server.wait_until_idle();
    let done = server
        .nadul
        .log("fruit")
        .into_iter()
        .filter(|event| event["eventType"] == "DeliveryCompleted" && event["key"] == id);
    assert_eq!(done.count(), 1);
}

fn a_delivery_is_completed_neither_once_cancelled_nor_with_another_word(server: &ServerProcess) {
    let id = sent(server, "kim");
    let path = format!("/deliveries/{id}");
    let patch = |body: Value| server.patch(&path, &body);
    for word in ["배송시작", "배송취소", "delivered"] {
        patch(json!({ "deliveryStatus": word })).expect_problem(409, "status-not-yours");
    }
    for missing in [json!({}), json!({ "deliveryStatus": " " }), json!({ "deliveryStatus": 1 })] {
        patch(missing).expect_problem(400, "invalid-fields");
    }
    assert_eq!(row(server, "deliveries", id)["deliveryStatus"], "배송시작");
    cancel(server, id).expect_status(204);
    server.wait_for_text(&path, "배송취소");
    deliver(server, id).expect_problem(409, "delivery-off");
    deliver(server, 999).expect_problem(404, "unknown-delivery");
}
