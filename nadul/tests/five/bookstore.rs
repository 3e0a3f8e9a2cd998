//! bookstore: a buyer orders, the seller accepts (here by the setting), a courier delivers.
use crate::bookstore::ledger::books_balance;
use crate::five::{
    FulfilmentStep, HttpCommand, ListedSystem, PaymentStatus, RequestEvents, RequestStatus, context, customer, event,
    rows, view,
};
use process::{HttpClient, ServerProcess};
use serde_json::{Value, json};

const BOOK_FIELDS: &str = "productId name price stock";
const ORDER: &str = "orderId productId productName qty amount customerId customerName customerAddr";
const VERDICT: &str = "orderId productId qty reason";
const DELIVERY: &str = "deliveryId orderId productId productName qty customerId deliveryAddress deliveryState";

pub const SYSTEM: ListedSystem = ListedSystem {
    name: "bookstore",
    topic: "bookstore",
    contexts: &[
        context("order", 8081, &[rows("orders", "order", "orderId", &["customerId", "orderId"], &["amount"])]),
        context("delivery", 8082, &[rows("deliveries", "delivery", "deliveryId", &["customerId", "orderId"], &[])]),
        context(
            "store",
            8083,
            &[
                rows("books", "book", "productId", &["productId"], &["price"]),
                rows("storeOrders", "storeOrder", "orderId", &["orderId"], &[]),
                view(rows("topBooks", "topBook", "productId", &["productId"], &[])),
            ],
        ),
        context("pay", 8084, &[rows("payments", "payment", "payId", &["orderId"], &["amount"])]),
        context("message", 8085, &[]),
        context(
            "orderview",
            8090,
            &[view(rows("orderStatuses", "orderStatus", "orderId", &["customerId", "orderId"], &["amount"]))],
        ),
    ],
    core: "order",
    payment: "pay",
    view: "orderview",
    requests: "orders",
    key: "orderId",
    customer: "customerId",
    amount: "amount",
    request_status: RequestStatus { field: "status", standing: &["OrderPlaced"], cancelled: "OrderCancelled" },
    payment_status: PaymentStatus { field: "status", approved: "Paid", refunded: "Cancelled" },
    views: "orderStatuses",
    view_status: "orderStatus",
    view_words: &[
        ("OrderPlaced", &["OrderPlaced", "Accepted"]),
        ("OrderCancelled", &["OrderCancelled"]),
        ("Rejected", &["Rejected"]),
    ],
    view_columns: &[
        ("deliveryId", "deliveries", "id"),
        ("deliveryStatus", "deliveries", "deliveryState"),
        ("payStatus", "payments", "status"),
    ],
    events: RequestEvents {
        refunded: "PaymentCancelled",
        until_under_way: &[&["OrderPlaced"], &["Paid"], &["Accepted"], &["DeliveryStarted"]],
        of_a_cancel: &[&["OrderCancelled"], &["DeliveryCancelled", "PaymentCancelled", "StoreCancelled"]],
    },
    published: &[
        event("store", "BookRegistered", BOOK_FIELDS),
        event("store", "BookModified", BOOK_FIELDS),
        event("store", "BookDeleted", BOOK_FIELDS),
        event("order", "OrderPlaced", ORDER).told(&[[
            "「{productName}」 {qty}권을 {amount}원에 구매했습니다.",
            "You bought {qty} × \"{productName}\" for {amount} won.",
        ]]),
        event("order", "OrderCancelled", ORDER).told(&[["주문이 취소되었습니다.", "Your order is cancelled."]]),
        event("pay", "Paid", "payId orderId amount"),
        event("pay", "PaymentCancelled", "payId orderId amount")
            .told(&[["{amount}원이 환불되었습니다.", "{amount} won were refunded."]]),
        event("store", "Accepted", VERDICT)
            .told(&[["판매자가 주문을 수락했습니다.", "The seller has accepted your order."]]),
        event("store", "Rejected", VERDICT)
            .told(&[["판매자가 주문을 거절했습니다. 사유: {reason}", "The seller has rejected your order: {reason}."]]),
        event("store", "StoreCancelled", VERDICT),
        event("delivery", "DeliveryStarted", DELIVERY)
            .told(&[["배송이 시작되었습니다.", "Your parcel is on its way."]]),
        event("delivery", "Delivered", DELIVERY).told(&[["배송이 완료되었습니다.", "Your parcel is delivered."]]),
        event("delivery", "DeliveryCancelled", DELIVERY)
            .told(&[["배송이 취소되었습니다.", "Your delivery is cancelled."]]),
    ],
    unpaid: None,
    settings: &["bookstore.auto_accept=true"],
    prepare: puts_books_on_sale,
    offer: |_, customer| json!({ "productId": BOOK, "quantity": 2, "customerId": customer }),
    provide: Some(|id| HttpCommand::new("PUT", format!("/bookstore/storeOrders/{id}/accept"), Value::Null)),
    refuse: Some(|id| {
        HttpCommand::new("PUT", format!("/bookstore/storeOrders/{id}/reject"), json!({ "reason": "절판" }))
    }),
    cancel: |id| HttpCommand::new("DELETE", format!("/bookstore/orders/{id}"), Value::Null),
    meanwhile: another_buys_what_is_scarce,
    fulfilment: Some(FulfilmentStep {
        context: "delivery",
        collection: "deliveries",
        field: "deliveryState",
        started: "DeliveryStarted",
        completed: "Delivered",
        cancelled: "DeliveryCancelled",
        started_event: "DeliveryStarted",
        completed_event: "Delivered",
        cancelled_event: "DeliveryCancelled",
        complete: |id| {
            HttpCommand::new("PATCH", format!("/bookstore/deliveries/{id}"), json!({ "deliveryState": "Delivered" }))
        },
    }),
    own_rules: |server| books_balance(server, &[(BOOK, STOCK), (SCARCE_BOOK, SCARCE_STOCK)]),
    trade,
};

const BOOK: u64 = 1;
const STOCK: u64 = 100_000;
const SCARCE_BOOK: u64 = 2;
const SCARCE_STOCK: u64 = 60;

fn puts_books_on_sale(server: &ServerProcess) {
    for (book, stock) in [(BOOK, STOCK), (SCARCE_BOOK, SCARCE_STOCK)] {
        let body = json!({ "name": "나들", "price": 5000, "stock": stock });
        assert_eq!(server.post("/bookstore/books", &body).created_id(), book);
    }
    server.wait_until_idle_in("bookstore");
}

/// There is too little of it for all: the last ones are rejected by themselves.
fn another_buys_what_is_scarce(client: &HttpClient, at: u64) -> Option<()> {
    let order = json!({ "productId": SCARCE_BOOK, "quantity": 1 + at % 3, "customerId": format!("other{}", at % 2) });
    if at.is_multiple_of(3) {
        client.post("/bookstore/orders", &order)?.expect_status(201);
    }
    Some(())
}

fn trade(server: &ServerProcess, n: u64) {
    let book = json!({ "name": "나들", "price": 1000 * n, "stock": 5 });
    let book = server.post("/bookstore/books", &book).created_id();
    let order = json!({ "productId": book, "quantity": 1, "customerId": customer(n) });
    server.wait_until("/bookstore/books", "a book the shop front knows", |_| {
        server.post("/bookstore/orders", &order).status == 201
    });
    let orders = server.rows("bookstore/orders");
    let id = orders.last().and_then(|order| order["id"].as_u64()).expect("it was placed");
    server.wait_for_text(&format!("/bookstore/storeOrders/{id}"), "\"Paid\"");
    server.put(&format!("/bookstore/storeOrders/{id}/accept"), &json!({})).expect_status(200);
    server.wait_for_text(&format!("/bookstore/orderStatuses/{id}"), "DeliveryStarted");
}
