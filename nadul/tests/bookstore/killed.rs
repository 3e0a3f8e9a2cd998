//! kill −9 under load, again and again: what was promised stands, and nothing is there twice.
use crate::bookstore::ledger::{books_balance, number};
use crate::bookstore::steps::{accept, basket, book, cancel, closes, deliver, opens, reject};
use process::{HttpAnswer, HttpClient, Nadul, ServerProcess};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

const KILLS: usize = 25;
const BUYERS: usize = 8;
const STOCK: [u64; 2] = [2_000, 60];

/// What was said yes to of one order, before it was killed.
#[derive(Default)]
struct Told {
    order: u64,
    yes: Vec<&'static str>,
}

impl Told {
    /// A word was said yes to, or not; `None`: it was killed.
    fn of(&mut self, word: &'static str, answer: Option<HttpAnswer>) -> Option<()> {
        let answer = answer?;
        assert!([200, 204, 404, 409].contains(&answer.status), "{word}: {answer:?}");
        if answer.status < 300 {
            self.yes.push(word);
        }
        Some(())
    }
}

/// The seller's list has it, or it was killed.
fn is_listed(client: &HttpClient, id: u64) -> Option<()> {
    while client.request("GET", &format!("/storeOrders/{id}"), &[], "")?.status == 404 {
        std::thread::yield_now();
    }
    Some(())
}

/// A buyer orders; then it is accepted and delivered, rejected, cancelled at any moment, or left alone.
fn visits(client: &HttpClient, buyer: usize, turn: usize) -> Option<Told> {
    let at = buyer * 5 + turn;
    let basket = basket(1 + at as u64 % 3, 1 + at as u64 % 2, &format!("buyer{buyer}"));
    let mut told = Told { order: client.post("/orders", &basket)?.created_id(), ..Told::default() };
    let _or_killed = goes_on(client, at, &mut told);
    Some(told)
}

fn goes_on(client: &HttpClient, at: usize, told: &mut Told) -> Option<()> {
    let id = told.order;
    let course: &[&'static str] = match at % 8 {
        0 => return told.of("cancel", cancel(client, id)), // before anybody has heard of it
        1 => &["reject"],
        2 => &["reject", "cancel"],
        3 => &[],
        4 | 5 => &["accept", "deliver"],
        6 => &["accept", "cancel"],
        _ => &["accept"],
    };
    is_listed(client, id)?;
    course.iter().try_for_each(|word| {
        let answer = match *word {
            "reject" => reject(client, id),
            "accept" => accept(client, id),
            "deliver" => deliver(client, id),
            _ => cancel(client, id),
        };
        told.of(word, answer)
    })
}

#[test]
fn killed_again_and_again_under_load_it_loses_and_doubles_nothing() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let books = [book(&server, 10, STOCK[0]), book(&server, 20, STOCK[1]), book(&server, 30, None)];
    assert_eq!(books, [1, 2, 3], "ids are given in order");
    closes(server);
    let mut told = vec![];
    for kill in 0..KILLS {
        let server = nadul.serve(&[
            "bookstore",
            "--data",
            "data",
            "--set",
            "bookstore.hold_timeout_ms=20000",
            "--set",
            "bookstore.payment_timeout_ms=20000",
            "--set",
            "http.request_timeout_ms=25000",
        ]);
        let turns: Vec<AtomicUsize> = (0..BUYERS).map(|_| AtomicUsize::new(kill)).collect();
        let turn = |buyer: usize| turns[buyer].fetch_add(1, Ordering::Relaxed);
        told.extend(
            server.kill_under_load(BUYERS, 1 + kill * 7 % 40, |client, buyer| visits(client, buyer, turn(buyer))),
        );
        let said = nadul.run(&["check", "--data", "data"]);
        assert_eq!(said.code, Some(0), "after kill {kill}: {said:?}");
    }
    let server = opens(&nadul);
    books_balance(&server, &[(1, STOCK[0]), (2, STOCK[1])]);
    is_kept(&server, &told);
    tells_each_once(&server);
    closes(server);
}

fn by_id(server: &ServerProcess<'_>, collection: &str) -> BTreeMap<u64, Value> {
    server.rows(collection).into_iter().map(|row| (number(&row, "id"), row)).collect()
}

/// Each yes stands.
fn is_kept(server: &ServerProcess<'_>, told: &[Told]) {
    let (orders, sales) = (by_id(server, "orders"), by_id(server, "storeOrders"));
    let deliveries = by_id(server, "deliveries");
    let mut ids: Vec<u64> = told.iter().map(|told| told.order).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), told.len(), "an id was given twice");
    assert!(told.len() > KILLS, "only {} orders were placed", told.len());
    for Told { order, yes } in told {
        let (row, sale) = (&orders[order], &sales[order]);
        for word in yes {
            let stands = match *word {
                "cancel" => row["status"] == "OrderCancelled",
                "reject" => sale["status"] == "Rejected",
                "accept" => sale["status"] == "Accepted" || row["status"] == "OrderCancelled",
                _ => deliveries[order]["deliveryState"] == "Delivered",
            };
            assert!(stands, "{word}: {row} {sale}");
        }
    }
}

/// Each thing a buyer should hear once, and nothing else.
fn tells_each_once(server: &ServerProcess<'_>) {
    let mut heard: BTreeMap<(u64, String), usize> = BTreeMap::new();
    for buyer in 0..BUYERS {
        let path = |page: u64| format!("/messages?customer=buyer{buyer}&size=200&page={page}");
        let pages = server.get(&path(0)).expect_status(200)["page"]["totalPages"].as_u64().expect("pages");
        for message in (0..pages).flat_map(|page| server.get(&path(page)).rows()) {
            let word = message["eventType"].as_str().expect("a type").to_string();
            *heard.entry((number(&message, "orderId"), word)).or_default() += 1;
        }
    }
    assert!(heard.values().all(|times| *times == 1), "{heard:?}");
    let (sales, deliveries) = (by_id(server, "storeOrders"), by_id(server, "deliveries"));
    let mut expected = BTreeMap::new();
    let mut hears = |id: u64, word: &str, if_so: bool| if_so.then(|| expected.insert((id, word.to_string()), 1));
    for (id, order) in by_id(server, "orders") {
        let (sale, undone) = (&sales[&id]["status"], order["status"] != "OrderPlaced");
        let state = deliveries.get(&id).map(|delivery| delivery["deliveryState"].clone());
        let accepted = sale == "Accepted" || heard.contains_key(&(id, "Accepted".to_string())) && sale == "Cancelled";
        hears(id, "OrderPlaced", true);
        hears(id, "OrderCancelled", order["status"] == "OrderCancelled");
        hears(id, "PaymentCancelled", undone);
        hears(id, "Rejected", sale == "Rejected");
        hears(id, "Accepted", accepted);
        hears(id, "DeliveryStarted", state.is_some());
        hears(id, "Delivered", state == Some("Delivered".into()));
        hears(id, "DeliveryCancelled", state == Some("DeliveryCancelled".into()));
    }
    assert_eq!(heard, expected);
}
