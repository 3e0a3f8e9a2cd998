//! bookstore: a buyer orders, the seller accepts (here by the setting), a courier delivers.
use crate::bookstore::ledger::books_balance;
use crate::five::{
    FulfilmentStep, HttpCommand, ListedSystem, PaymentStatus, RequestEvents, RequestStatus, context, customer, rows,
    view,
};
use process::ServerProcess;
use serde_json::{Value, json};

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
    events: RequestEvents {
        refunded: "PaymentCancelled",
        until_under_way: &[&["OrderPlaced"], &["Paid"], &["Accepted"], &["DeliveryStarted"]],
        of_a_cancel: &[&["OrderCancelled"], &["DeliveryCancelled", "PaymentCancelled", "StoreCancelled"]],
    },
    told: &[
        "OrderPlaced",
        "Accepted",
        "Rejected",
        "DeliveryStarted",
        "Delivered",
        "OrderCancelled",
        "PaymentCancelled",
        "DeliveryCancelled",
    ],
    settings: &["bookstore.auto_accept=true"],
    prepare: puts_a_book_on_sale,
    offer: |_, customer| json!({ "productId": BOOK, "quantity": 2, "customerId": customer }),
    provide: None,
    cancel: |id| HttpCommand::new("DELETE", format!("/bookstore/orders/{id}"), Value::Null),
    meanwhile: |_, _| Some(()),
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
    own_rules: |server| books_balance(server, &[(BOOK, STOCK)]),
    trade,
};

const BOOK: u64 = 1;
const STOCK: u64 = 100_000;

fn puts_a_book_on_sale(server: &ServerProcess) {
    let book = json!({ "name": "나들", "price": 5000, "stock": STOCK });
    assert_eq!(server.post("/bookstore/books", &book).created_id(), BOOK);
    server.wait_until_idle_in("bookstore");
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
