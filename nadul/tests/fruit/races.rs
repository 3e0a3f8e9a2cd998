//! At the same instant: cancels and couriers, cancels and starts, the same thing many times.
use crate::shop::{DELIVERED, open, order, place, row, sent};
use process::{Answer, Door, Served};
use serde_json::{Value, json};

const TIMES: u64 = 40;

fn cancels(door: &Door, id: u64) -> Answer {
    door.ask("DELETE", &format!("/orders/{id}"), &[], "").expect("an answer")
}

fn delivers(door: &Door, id: u64) -> Answer {
    door.ask("PATCH", &format!("/deliveries/{id}"), &[], DELIVERED).expect("an answer")
}

/// How order, payment, delivery and my page see it.
fn sides(served: &Served<'_>, id: u64) -> [Value; 4] {
    let page = row(served, "myPages", id);
    assert_eq!(page["orderStatus"], row(served, "orders", id)["orderStatus"]);
    [
        page["orderStatus"].clone(),
        row(served, "payments", id)["payStatus"].clone(),
        row(served, "deliveries", id)["deliveryStatus"].clone(),
        page["deliveryStatus"].clone(),
    ]
}

fn said(served: &Served<'_>, name: &str) -> usize {
    served.nadul.log("fruit").iter().filter(|event| event["eventType"] == name).count()
}

#[test]
fn of_a_cancel_and_a_completion_at_the_same_instant_one_wins_on_all_sides() {
    open(|served| {
        let ids: Vec<u64> = (0..TIMES).map(|_| place(served, "kim")).collect();
        served.rests();
        let race = |id: u64| {
            let told = served.at_once(2, |door, at| if at == 0 { cancels(door, id) } else { delivers(door, id) });
            [told[0].status, told[1].status]
        };
        let told: Vec<[u16; 2]> = ids.iter().map(|id| race(*id)).collect();
        served.rests();
        for (id, told) in ids.iter().zip(told) {
            let ended = match told {
                [204, 409] => ["주문취소", "결제취소", "배송취소", "배송취소"],
                [409, 200] => ["주문신청", "결제승인", "배송완료", "배송완료"],
                other => panic!("order {id}: {other:?}"),
            };
            assert_eq!(sides(served, *id), ended, "order {id}: {told:?}");
        }
        assert_eq!(said(served, "OrderCanceled") + said(served, "DeliveryCompleted"), ids.len());
        assert_eq!(said(served, "PaymentCanceled"), said(served, "OrderCanceled"));
    });
}

#[test]
fn a_cancel_that_races_the_start_of_the_delivery_ends_cancelled_on_both_sides() {
    open(|served| {
        let ids = served.at_once(TIMES as usize, |door, at| {
            let id = door.post("/orders", &order(&format!("c{at}"))).expect("an answer").id();
            cancels(door, id).with(204);
            id
        });
        served.rests();
        for id in &ids {
            let page = row(served, "myPages", *id);
            let delivery = served.get(&format!("/deliveries/{id}"));
            assert_eq!((&page["orderStatus"], &page["payStatus"]), (&json!("주문취소"), &json!("결제취소")));
            let status = if delivery.status == 404 { Value::Null } else { json!("배송취소") };
            assert_eq!((&page["deliveryStatus"], &delivery.json()["deliveryStatus"]), (&status, &status));
            let at = |name: &str| page["history"].to_string().find(name);
            assert!(at("DeliveryStarted") < at("OrderCanceled"), "it started after the cancel: {page}");
        }
        assert_eq!(said(served, "DeliveryStarted"), said(served, "DeliveryCanceled"));
    });
}

#[test]
fn of_many_cancels_at_once_one_is_done_and_all_are_told_so() {
    open(|served| {
        let id = sent(served, "kim");
        let told = served.at_once(20, |door, _| cancels(door, id).status);
        assert_eq!(told, [204; 20]);
        served.rests();
        for name in ["OrderCanceled", "PaymentCanceled", "DeliveryCanceled"] {
            assert_eq!(said(served, name), 1, "{name}");
        }
        served.counts("/messages?customer=kim", 6);
    });
}

#[test]
fn of_many_couriers_at_once_one_completes_and_all_are_told_so() {
    open(|served| {
        let id = sent(served, "kim");
        let told = served.at_once(50, |door, _| delivers(door, id).status);
        assert_eq!(told, [200; 50]);
        served.rests();
        assert_eq!(said(served, "DeliveryCompleted"), 1);
        served.counts("/messages?customer=kim", 4);
    });
}

#[test]
fn the_same_order_sent_many_times_at_once_is_one_order() {
    open(|served| {
        let body = order("kim").to_string();
        let once = |door: &Door| door.ask("POST", "/orders", &[("idempotency-key", "k1")], &body).expect("an answer");
        let told = served.at_once(20, |door, _| once(door));
        told.iter().for_each(|answer| assert_eq!(answer.with(201), told[0].json()));
        assert_eq!(once(&served.door()).with(201), told[0].json());
        served.rests();
        ["orders", "payments", "deliveries", "myPages"]
            .iter()
            .for_each(|all| drop(served.counts(&format!("/{all}"), 1)));
    });
}

#[test]
fn an_order_that_was_declined_is_placed_under_its_key_when_payment_approves() {
    open(|served| {
        let body = order("kim").to_string();
        let once = || served.door().ask("POST", "/orders", &[("idempotency-key", "k1")], &body).expect("an answer");
        served.pays("fruit", "decline");
        once().refused(402, "payment-declined");
        served.pays("fruit", "approve");
        let first = once().with(201);
        assert_eq!(once().with(201), first);
        served.counts("/orders", 1);
    });
}
