//! The five systems as their pages list them, each with a day's trade, so that what they share can be asked of all.
use process::Served;
use serde_json::{Value, json};

pub struct System {
    pub name: &'static str,
    pub topic: &'static str,
    pub paid: &'static str,
    pub contexts: &'static [Context],
    /// One request of this number, through to its view row.
    trade: fn(&Served<'_>, u64),
}

pub struct Context {
    pub name: &'static str,
    pub port: u16,
    pub collections: &'static [Rows],
}

/// A collection: its names, and what it is found and sorted by.
#[derive(Debug)]
pub struct Rows {
    pub name: &'static str,
    pub singular: &'static str,
    /// The page's own name for the id.
    pub id: &'static str,
    pub finds: &'static [&'static str],
    pub money: &'static [&'static str],
    pub view: bool,
}

impl Rows {
    /// Where it is listed under the gateway.
    pub fn path(&self, system: &System) -> String {
        format!("/{}/{}", system.name, self.name)
    }
}

const fn rows(
    name: &'static str,
    singular: &'static str,
    id: &'static str,
    finds: &'static [&'static str],
    money: &'static [&'static str],
) -> Rows {
    Rows { name, singular, id, finds, money, view: false }
}

const fn view(rows: Rows) -> Rows {
    Rows { view: true, ..rows }
}

const fn context(name: &'static str, port: u16, collections: &'static [Rows]) -> Context {
    Context { name, port, collections }
}

/// `/messages` is listed for a customer only, and has tests of its own.
pub const ALL: [System; 5] = [
    System {
        name: "taxi",
        topic: "taxiteam",
        paid: "PaymentApproved",
        contexts: &[
            context("catch", 8081, &[rows("catches", "catch", "id", &["customer", "matchId"], &["price"])]),
            context(
                "pickup",
                8082,
                &[
                    rows("pickUps", "pickUp", "matchId", &["customer", "matchId"], &["price"]),
                    view(rows("catchReqLists", "catchReqList", "id", &["matchId"], &["price"])),
                ],
            ),
            context("payment", 8083, &[rows("payments", "payment", "matchId", &["customer", "matchId"], &["price"])]),
            context("mypage", 8084, &[view(rows("myPages", "myPage", "id", &["customer", "matchId"], &["price"]))]),
            context("message", 8085, &[]),
        ],
        trade: taxi,
    },
    System {
        name: "fruit",
        topic: "fruitstore",
        paid: "PaymentApproved",
        contexts: &[
            context("order", 8081, &[rows("orders", "order", "orderId", &["userId", "orderId"], &["price"])]),
            context("mypage", 8082, &[view(rows("myPages", "myPage", "orderId", &["userId", "orderId"], &["price"]))]),
            context("payment", 8083, &[rows("payments", "payment", "payId", &["userId", "orderId"], &["price"])]),
            context("delivery", 8084, &[rows("deliveries", "delivery", "deliveryId", &["userId", "orderId"], &[])]),
            context("message", 8085, &[]),
        ],
        trade: fruit,
    },
    System {
        name: "call-taxi",
        topic: "taxisvc",
        paid: "FarePaid",
        contexts: &[
            context("call", 8082, &[rows("calls", "call", "callId", &["userId", "callId"], &["fare", "distance"])]),
            context("payment", 8083, &[rows("payments", "payment", "payId", &["callId"], &["fare"])]),
            context("drive", 8084, &[rows("drives", "drive", "driveId", &["callId"], &["fare"])]),
            context(
                "callview",
                8085,
                &[view(rows("callViews", "callView", "callId", &["userId", "callId"], &["fare", "distance"]))],
            ),
            context("message", 8086, &[]),
        ],
        trade: call_taxi,
    },
    System {
        name: "stay",
        topic: "airbnb",
        paid: "PaymentApproved",
        contexts: &[
            context("payment", 8081, &[rows("payments", "payment", "payId", &["rsvId"], &["amount"])]),
            context(
                "room",
                8082,
                &[
                    rows("rooms", "room", "roomId", &["roomId", "rsvId"], &["price"]),
                    rows("reviews", "review", "reviewId", &["roomId"], &[]),
                ],
            ),
            context(
                "reservation",
                8083,
                &[rows("reservations", "reservation", "rsvId", &["customer", "rsvId", "roomId"], &["amount"])],
            ),
            context("message", 8084, &[]),
            context(
                "viewpage",
                8085,
                &[view(rows("roomviews", "roomview", "roomId", &["roomId", "rsvId"], &["price"]))],
            ),
            context("rentcar", 8086, &[rows("rentcars", "rentcar", "carId", &["carId", "rsvId"], &["price"])]),
        ],
        trade: stay,
    },
    System {
        name: "bookstore",
        topic: "bookstore",
        paid: "Paid",
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
        trade: bookstore,
    },
];

impl System {
    /// One request of this number, with everything that follows from it.
    pub fn trades(&self, served: &Served<'_>, n: u64) {
        (self.trade)(served, n);
        served.rests_in(self.name);
    }

    pub fn collections(&self) -> impl Iterator<Item = &'static Rows> {
        self.contexts.iter().flat_map(|context| context.collections)
    }
}

fn customer(n: u64) -> &'static str {
    if n.is_multiple_of(2) { "kim" } else { "이 순신" }
}

fn made(served: &Served<'_>, path: &str, body: &Value) -> u64 {
    let answer = served.post(path, body);
    answer.with(201);
    answer.id()
}

/// Two catches: one stays on the list, the other is picked.
fn taxi(served: &Served<'_>, n: u64) {
    let trip = json!({ "price": 1000 * n, "startingPoint": "a", "destination": "b", "customer": customer(n) });
    let (open, taken) = (made(served, "/taxi/catches", &trip), made(served, "/taxi/catches", &trip));
    served.shows(&format!("/taxi/catchReqLists/{open}"), "\"id\"");
    served.shows(&format!("/taxi/catchReqLists/{taken}"), "\"id\"");
    made(served, "/taxi/pickUps", &json!({ "matchId": taken, "driver": "park" }));
    served.shows(&format!("/taxi/myPages/{taken}"), "PickupAssigned");
}

fn fruit(served: &Served<'_>, n: u64) {
    let order = json!({ "userId": customer(n), "prodNm": "사과", "qty": n, "price": 1000 * n, "address": "서울" });
    let id = made(served, "/fruit/orders", &order);
    served.shows(&format!("/fruit/myPages/{id}"), "배송시작");
}

fn call_taxi(served: &Served<'_>, n: u64) {
    let call = json!({ "userId": customer(n), "userName": "Kim", "distance": n });
    let id = made(served, "/call-taxi/calls", &call);
    served.shows(&format!("/call-taxi/callViews/{id}"), "driveStart");
}

fn stay(served: &Served<'_>, n: u64) {
    let room = made(served, "/stay/rooms", &json!({ "desc": "sea", "price": 1000 * n }));
    let car = made(served, "/stay/rentcars", &json!({ "carName": "K5", "price": 100 * n }));
    made(served, "/stay/reviews", &json!({ "roomId": room, "content": "good" }));
    let stay = json!({ "roomId": room, "carId": car, "customer": customer(n) });
    made(served, "/stay/reservations", &stay);
    served.becomes(&format!("/stay/roomviews/{room}"), "a reserved room and car", |answer| {
        let row = answer.json();
        [&row["roomStatus"], &row["carStatus"], &row["rsvStatus"]].iter().all(|status| **status == "reserved")
    });
}

fn bookstore(served: &Served<'_>, n: u64) {
    let book = made(served, "/bookstore/books", &json!({ "name": "나들", "price": 1000 * n, "stock": 5 }));
    let order = json!({ "productId": book, "quantity": 1, "customerId": customer(n) });
    served.becomes("/bookstore/books", "a book the shop front knows", |_| {
        served.post("/bookstore/orders", &order).status == 201
    });
    let orders = served.rows("bookstore/orders");
    let id = orders.last().and_then(|order| order["id"].as_u64()).expect("it was placed");
    served.shows(&format!("/bookstore/storeOrders/{id}"), "\"Paid\"");
    served.put(&format!("/bookstore/storeOrders/{id}/accept"), &json!({})).with(200);
    served.shows(&format!("/bookstore/orderStatuses/{id}"), "DeliveryStarted");
}
