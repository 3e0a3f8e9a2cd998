//! What fruit's deliveries are called, and what moves them.
use super::*;
use crate::order::tests::order as ordered;
use fulfilment::Happened;
use kernel::{EmptyReader, Timestamp};

pub(crate) fn parcel() -> Parcel {
    let (user_id, prod_nm, address) = ("kim".into(), "사과".into(), "서울".into());
    Parcel { delivery_id: Id(1), order_id: Id(1), user_id, prod_nm, qty: 3, address }
}

#[test]
fn every_word_of_its_own_is_read_as_it_was_said() {
    let (started, canceled) = (parcel().at(Status::Started), parcel().at(Status::Canceled));
    let events = [
        Event::DeliveryStarted(started),
        Event::DeliveryCanceled(canceled),
        Event::DeliveryCompleted(parcel().at(Status::Completed)),
        Event::ParcelPacked(parcel()),
        Event::OrderPaid,
        Event::StopHeld,
        Event::StopLifted,
        Event::DeliveryForgone,
    ];
    for event in events {
        assert_eq!(Event::from(Happened::from(event.clone())), event);
    }
}

#[test]
fn a_courier_may_only_complete() {
    let asked = |word: &str| {
        let body = Change { delivery_status: word.into() };
        let request = Request { id: Id(1), body: &body, local: &EmptyReader, at: Timestamp(0) };
        change(&request).map(|then| format!("{:?}", then.0))
    };
    assert_eq!(asked("배송완료"), Ok("Some((Id(1), Complete))".into()));
    assert_eq!(asked("배송취소"), Err(Refusal::StatusNotYours));
}

#[test]
fn it_follows_order_and_payment() {
    let of_order = |said| format!("{:?}", when_order(said).0.map(|(_, command)| command));
    let placed = order::Published::OrderPlaced(ordered(order::Status::Placed));
    assert_eq!(of_order(placed), format!("Some({:?})", Command::Know(parcel())));
    assert_eq!(of_order(order::Published::OrderCanceled(ordered(order::Status::Canceled))), "Some(Cancel)");
    let (pay_id, order_id, pay_status) = (Id(1), Id(1), payment::Status::Approved);
    let paid = payment::Paid { pay_id, order_id, user_id: "kim".into(), price: kernel::Won(1), pay_status };
    let of_payment = |said| format!("{:?}", when_payment(said).0);
    assert_eq!(of_payment(payment::Published::PaymentApproved(paid.clone())), "Some((Id(1), Release))");
    assert_eq!(of_payment(payment::Published::PaymentCanceled(paid)), "None");
}
