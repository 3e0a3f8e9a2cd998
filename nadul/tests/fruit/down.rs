//! A context down and back: the others go on, and what it missed is done once, in order.
use crate::shop::{cancel, deliver, open, order, place, row, sent};
use process::Served;
use serde_json::{Value, json};

const MANY: u64 = 10;

fn places(served: &Served<'_>) -> Vec<u64> {
    (0..MANY).map(|_| place(served, "kim")).collect()
}

/// The orders of whom this was said, in that order.
fn said(served: &Served<'_>, name: &str) -> Vec<u64> {
    let said = served.nadul.log("fruit").into_iter().filter(|event| event["eventType"] == name);
    said.filter_map(|event| event["key"].as_u64()).collect()
}

#[test]
fn what_was_ordered_while_delivery_was_down_is_sent_once_in_order() {
    open(|served| {
        served.works("fruit", "delivery", false);
        let ids = places(served);
        served.counts("/payments", MANY);
        served.get("/deliveries").refused(503, "unavailable");
        served.works("fruit", "delivery", true);
        served.rests();
        assert_eq!(said(served, "DeliveryStarted"), ids);
    });
}

#[test]
fn what_was_cancelled_while_payment_was_down_is_refunded_once_in_order() {
    open(|served| {
        let ids = places(served);
        served.rests().works("fruit", "payment", false);
        served.post("/orders", &order("lee")).refused(503, "unavailable");
        ids.iter().for_each(|id| drop(cancel(served, *id).with(204)));
        served.counts("/orders", MANY);
        served.works("fruit", "payment", true);
        served.rests();
        assert_eq!(said(served, "PaymentCanceled"), ids);
        sent(served, "lee");
    });
}

#[test]
fn what_happened_while_my_page_was_down_is_shown_once() {
    open(|served| {
        served.works("fruit", "mypage", false);
        let ids = places(served);
        served.counts("/deliveries", MANY);
        cancel(served, ids[0]).with(204);
        deliver(served, ids[1]).with(200);
        served.get("/myPages").refused(503, "unavailable");
        served.works("fruit", "mypage", true);
        served.rests();
        let names = |id: u64| {
            let history = row(served, "myPages", id)["history"].as_array().cloned().unwrap_or_default();
            history.iter().map(|entry| entry["eventType"].as_str().unwrap_or_default().to_string()).collect::<Vec<_>>()
        };
        let started = ["OrderPlaced", "PaymentApproved", "DeliveryStarted"];
        assert_eq!(names(ids[0]).len(), 6);
        assert_eq!(names(ids[1]), [&started[..], &["DeliveryCompleted"]].concat());
        ids[2..].iter().for_each(|id| assert_eq!(names(*id), started));
        served.counts("/myPages", MANY);
    });
}

#[test]
fn what_happened_while_message_was_down_is_told_once_in_order() {
    open(|served| {
        served.works("fruit", "message", false);
        let ids = places(served);
        served.counts("/deliveries", MANY);
        deliver(served, ids[0]).with(200);
        served.get("/messages?customer=kim").refused(503, "unavailable");
        served.works("fruit", "message", true);
        served.rests();
        let rows = served.get("/messages?customer=kim&size=200").rows();
        let of = |id: u64| {
            let mine = rows.iter().filter(move |row| row["orderId"] == id);
            mine.map(|row| row["eventType"].as_str().unwrap_or_default()).collect::<Vec<_>>()
        };
        let started = ["OrderPlaced", "PaymentApproved", "DeliveryStarted"];
        assert_eq!(of(ids[0]), [&started[..], &["DeliveryCompleted"]].concat());
        ids[1..].iter().for_each(|id| assert_eq!(of(*id), started));
        assert!(rows.iter().map(|row| row["timestamp"].to_string()).collect::<Vec<_>>().is_sorted());
    });
}

#[test]
fn while_order_is_down_the_courier_completes_and_everybody_reads() {
    open(|served| {
        let id = sent(served, "kim");
        served.rests().works("fruit", "order", false);
        served.post("/orders", &order("lee")).refused(503, "unavailable");
        cancel(served, id).refused(503, "unavailable");
        served.get("/orders").refused(503, "unavailable");
        deliver(served, id).with(200);
        served.shows(&format!("/myPages/{id}"), "배송완료");
        served.shows("/messages?customer=kim", "Your order is delivered.");
        served.works("fruit", "order", true);
        cancel(served, id).refused(409, "already-delivered");
        served.counts("/orders", 1);
    });
}

#[test]
fn orders_are_taken_around_the_clock() {
    open(|served| {
        let closed = ["delivery", "mypage", "message"];
        closed.iter().for_each(|context| served.works("fruit", context, false));
        let ids = places(served);
        closed.iter().for_each(|context| served.works("fruit", context, true));
        served.rests();
        assert_eq!(said(served, "DeliveryStarted"), ids);
        served.counts("/myPages", MANY);
        served.counts("/messages?customer=kim", 3 * MANY);
    });
}

#[test]
fn my_page_and_messages_answer_while_everything_else_is_down() {
    open(|served| {
        let id = sent(served, "kim");
        let page = row(served.rests(), "myPages", id);
        ["order", "payment", "delivery"].iter().for_each(|context| served.works("fruit", context, false));
        assert_eq!(row(served, "myPages", id), page);
        let kinds = |row: &Value| row["eventType"].clone();
        let told: Vec<Value> = served.get("/messages?customer=kim").rows().iter().map(kinds).collect();
        assert_eq!(told, [json!("OrderPlaced"), json!("PaymentApproved"), json!("DeliveryStarted")]);
        ["order", "payment", "delivery"].iter().for_each(|context| served.works("fruit", context, true));
    });
}
