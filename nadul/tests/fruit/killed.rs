//! Killed again and again under customers who order, cancel and are delivered to.
use crate::shop::{DELIVERED, PATIENT, is_empty, order, row};
use process::{Door, Nadul, Served};
use serde_json::Value;
use std::collections::BTreeMap;

const KILLS: usize = 20;
const CUSTOMERS: usize = 8;

/// One customer's visit as far as it was answered.
#[derive(Debug)]
struct Visit {
    id: u64,
    cancel: Option<u16>,
    completion: Option<u16>,
}

/// Orders; then cancels, or has it delivered, or both, or waits.
fn visit(door: &Door, at: usize) -> Option<Visit> {
    let id = door.post("/orders", &order(&format!("c{at}")))?.id();
    let cancel = || Some(door.ask("DELETE", &format!("/orders/{id}"), &[], "")?.status);
    let deliver = || Some(door.ask("PATCH", &format!("/deliveries/{id}"), &[], DELIVERED)?.status);
    Some(match id % 4 {
        0 => Visit { id, cancel: cancel(), completion: None },
        1 => Visit { id, cancel: None, completion: deliver() },
        2 => Visit { id, completion: deliver(), cancel: cancel() },
        _ => Visit { id, cancel: None, completion: None },
    })
}

fn served(nadul: &Nadul) -> Served<'_> {
    nadul.serve(&["fruit", "--data", "data", "--set", PATIENT[0], "--set", PATIENT[1]])
}

#[test]
fn what_was_answered_stays_so_and_the_money_is_conserved() {
    let nadul = Nadul::new();
    let mut visits = vec![];
    for kill in 0..KILLS {
        let served = served(&nadul);
        visits.extend(served.killed_under(CUSTOMERS, 1 + kill * 7 % 40, visit));
        let said = nadul.run(&["check", "--data", "data"]);
        assert_eq!(said.code, Some(0), "after kill {kill}: {said:?}");
    }
    let served = served(&nadul);
    served.rests();
    visits.iter().for_each(|visit| was_kept(&served, visit));
    is_conserved(&served);
    served.stop();
    nadul.is_proved();
}

fn was_kept(served: &Served<'_>, visit: &Visit) {
    let (order, page) = (row(served, "orders", visit.id), row(served, "myPages", visit.id));
    match (visit.cancel, visit.completion) {
        (Some(204), None | Some(404)) => assert_eq!(order["orderStatus"], "주문취소", "{visit:?}"),
        (None | Some(409), Some(200)) => assert_eq!(page["deliveryStatus"], "배송완료", "{visit:?}"),
        (None, None | Some(404)) => {} // what was asked last may have been done or not
        other => panic!("{other:?} of {visit:?}"),
    }
}

fn by_order(rows: Vec<Value>, status: &str) -> BTreeMap<u64, (i64, String)> {
    let price = |row: &Value| row["price"].as_i64().unwrap_or_default();
    let entry = |row: &Value| {
        (row["orderId"].as_u64().expect("an id"), (price(row), row[status].as_str().unwrap_or_default().to_string()))
    };
    rows.iter().map(entry).collect()
}

/// Approved and not refunded = price of the orders not cancelled; a delivery is completed or under way only for such an order.
fn is_conserved(served: &Served<'_>) {
    let sum = |rows: &BTreeMap<u64, (i64, String)>, word: &str| {
        rows.values().filter(|(_, status)| status == word).map(|(price, _)| price).sum::<i64>()
    };
    let orders = by_order(served.rows("orders"), "orderStatus");
    let payments = by_order(served.rows("payments"), "payStatus");
    let deliveries = by_order(served.rows("deliveries"), "deliveryStatus");
    assert!(sum(&orders, "주문신청") > 0 && sum(&orders, "주문취소") > 0);
    assert_eq!(sum(&payments, "결제승인"), sum(&orders, "주문신청"));
    assert_eq!(sum(&payments, "결제취소"), sum(&orders, "주문취소"));
    assert!(payments.keys().eq(orders.keys()), "a payment without its order, or an order without its payment");
    for (id, (_, status)) in &orders {
        let delivery = deliveries.get(id).map_or("", |(_, status)| status);
        let fits = match status.as_str() {
            "주문신청" => ["배송시작", "배송완료"].contains(&delivery),
            _ => ["", "배송취소"].contains(&delivery),
        };
        assert!(fits, "order {id} is {status}, its delivery {delivery}");
    }
    assert!(deliveries.keys().all(|id| orders.contains_key(id)));
    let pages = by_order(served.rows("myPages"), "orderStatus");
    assert_eq!(pages, orders);
}

/// Payment answers late here, so that the money is held while nobody knows yet whether there will be an order.
#[test]
fn killed_between_its_hold_and_its_order_nothing_is_left_and_the_key_is_free() {
    let nadul = Nadul::new();
    let body = order("kim").to_string();
    let once = |door: &Door| door.ask("POST", "/orders", &[("idempotency-key", "k1")], &body);
    let first = served(&nadul);
    first.pays("fruit", "late");
    let door = first.door();
    std::thread::scope(|threads| {
        let asked = threads.spawn(|| once(&door));
        first.shows("/payments/1", "결제승인");
        first.kill();
        assert!(asked.join().expect("who asked is there").is_none(), "an order was promised");
    });
    let second = served(&nadul);
    second.becomes("/payments/1", "nothing", |answer| answer.status == 404);
    is_empty(second.rests());
    assert_eq!(once(&second.door()).expect("an answer").with(201)["orderStatus"], "주문신청");
    second.rests();
    let kept = once(&second.door()).expect("an answer").with(201);
    second.kill();
    let third = served(&nadul);
    assert_eq!(once(&third.door()).expect("an answer").with(201), kept);
    third.counts("/orders", 1);
    third.rests();
    third.stop();
    nadul.is_proved();
}
