//! fruit: a customer orders, a courier delivers.
use crate::five::{
    FulfilmentStep, HttpCommand, ListedSystem, PaymentStatus, RequestEvents, RequestStatus, context, customer, event,
    rows, view,
};
use process::ServerProcess;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ORDER: &str = "orderId userId prodNm qty price address orderStatus";
const PAYMENT: &str = "payId orderId userId price payStatus";
const DELIVERY: &str = "deliveryId orderId userId prodNm qty address deliveryStatus";

pub const SYSTEM: ListedSystem = ListedSystem {
    name: "fruit",
    topic: "fruitstore",
    contexts: &[
        context("order", 8081, &[rows("orders", "order", "orderId", &["userId", "orderId"], &["price"])]),
        context("mypage", 8082, &[view(rows("myPages", "myPage", "orderId", &["userId", "orderId"], &["price"]))]),
        context("payment", 8083, &[rows("payments", "payment", "payId", &["userId", "orderId"], &["price"])]),
        context("delivery", 8084, &[rows("deliveries", "delivery", "deliveryId", &["userId", "orderId"], &[])]),
        context("message", 8085, &[]),
    ],
    core: "order",
    payment: "payment",
    view: "mypage",
    requests: "orders",
    key: "orderId",
    customer: "userId",
    amount: "price",
    request_status: RequestStatus { field: "orderStatus", standing: &["주문신청"], cancelled: "주문취소" },
    payment_status: PaymentStatus { field: "payStatus", approved: "결제승인", refunded: "결제취소" },
    views: "myPages",
    view_status: "orderStatus",
    view_words: &[("주문신청", &["주문신청"]), ("주문취소", &["주문취소"])],
    view_columns: &[
        ("payId", "payments", "id"),
        ("payStatus", "payments", "payStatus"),
        ("deliveryId", "deliveries", "id"),
        ("deliveryStatus", "deliveries", "deliveryStatus"),
    ],
    events: RequestEvents {
        refunded: "PaymentCanceled",
        until_under_way: &[&["OrderPlaced"], &["PaymentApproved"], &["DeliveryStarted"]],
        of_a_cancel: &[&["OrderCanceled"], &["DeliveryCanceled", "PaymentCanceled"]],
    },
    published: &[
        event("order", "OrderPlaced", ORDER).told(&[[
            "주문이 접수되었습니다. 상품 {prodNm}, 수량 {qty}.",
            "Your order is placed: {prodNm}, quantity {qty}.",
        ]]),
        event("order", "OrderCanceled", ORDER).told(&[["주문이 취소되었습니다.", "Your order is cancelled."]]),
        event("payment", "PaymentApproved", PAYMENT).told(&[["{price}원이 결제되었습니다.", "{price} won were paid."]]),
        event("payment", "PaymentCanceled", PAYMENT)
            .told(&[["{price}원이 환불되었습니다.", "{price} won were refunded."]]),
        event("delivery", "DeliveryStarted", DELIVERY)
            .told(&[["배송이 시작되었습니다.", "Your delivery is on its way."]]),
        event("delivery", "DeliveryCanceled", DELIVERY)
            .told(&[["배송이 취소되었습니다.", "Your delivery is cancelled."]]),
        event("delivery", "DeliveryCompleted", DELIVERY)
            .told(&[["배송이 완료되었습니다.", "Your order is delivered."]]),
    ],
    unpaid: None,
    settings: &[],
    prepare: |_| {},
    offer: |_, customer| json!({ "userId": customer, "prodNm": "사과", "qty": 3, "price": 30_000, "address": "서울" }),
    provide: None,
    refuse: None,
    cancel: |id| HttpCommand::new("DELETE", format!("/fruit/orders/{id}"), Value::Null),
    meanwhile: |_, _| Some(()),
    fulfilment: Some(FulfilmentStep {
        context: "delivery",
        collection: "deliveries",
        field: "deliveryStatus",
        started: "배송시작",
        completed: "배송완료",
        cancelled: "배송취소",
        started_event: "DeliveryStarted",
        completed_event: "DeliveryCompleted",
        cancelled_event: "DeliveryCanceled",
        complete: |id| {
            HttpCommand::new("PATCH", format!("/fruit/deliveries/{id}"), json!({ "deliveryStatus": "배송완료" }))
        },
    }),
    own_rules: only_what_stands_is_delivered,
    trade,
};

/// A delivery is completed or under way only for an order that is not cancelled, and my page says the same.
fn only_what_stands_is_delivered(server: &ServerProcess) {
    let by_order = |collection: &str| -> BTreeMap<u64, Value> {
        let rows = server.rows(&format!("fruit/{collection}"));
        rows.into_iter().map(|row| (row["orderId"].as_u64().expect("an id"), row)).collect()
    };
    let (orders, deliveries) = (by_order("orders"), by_order("deliveries"));
    for (id, page) in by_order("myPages") {
        let delivery = deliveries.get(&id).map_or(&Value::Null, |row| &row["deliveryStatus"]);
        let fits: &[Value] = match orders[&id]["orderStatus"].as_str() {
            Some("주문신청") => &["배송시작".into(), "배송완료".into()],
            _ => &[Value::Null, "배송취소".into()],
        };
        assert!(fits.contains(delivery) && page["deliveryStatus"] == *delivery, "{page} {delivery}");
    }
    assert!(deliveries.keys().all(|id| orders.contains_key(id)), "{deliveries:?}");
}

fn trade(server: &ServerProcess, n: u64) {
    let order = json!({ "userId": customer(n), "prodNm": "사과", "qty": n, "price": 1000 * n, "address": "서울" });
    let id = server.post("/fruit/orders", &order).created_id();
    server.wait_for_text(&format!("/fruit/myPages/{id}"), "배송시작");
}
