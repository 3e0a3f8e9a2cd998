//! What payment does for an order, as bookstore names it.
use super::*;
use crate::order::tests::purchase;
use crate::store::sale::tests::goods;
use kernel::{Aggregate, fold};
use payment::Event;

fn held() -> Event<Published> {
    let Hold { bill } = hold(&purchase());
    Event::Held(bill)
}

fn paid() -> Event<Published> {
    Event::Taken(Published::Paid { pay_id: Id(1), order_id: Id(1), amount: Won(20_000) })
}

fn refunded() -> Event<Published> {
    Event::Refunded(Published::PaymentCancelled { pay_id: Id(1), order_id: Id(1), amount: Won(20_000) })
}

fn given(events: impl IntoIterator<Item = Event<Published>>) -> Payment<Published> {
    fold(events)
}

#[test]
fn an_amount_is_held_then_taken_then_refunded_once() {
    assert_eq!(given([]).decide(Command::Hold(hold(&purchase()).bill)), Ok(vec![held()]));
    assert_eq!(given([held()]).decide(Command::Take), Ok(vec![paid()]));
    assert_eq!(given([held(), paid()]).decide(Command::Refund), Ok(vec![refunded()]));
    assert_eq!(given([held(), paid(), refunded()]).decide(Command::Refund), Ok(vec![]));
}

#[test]
fn a_rejection_and_a_cancel_refund() {
    let refund = |then: Then<Payment<Published>>| matches!(then.0, Some((Id(1), Command::Refund)));
    assert!(refund(when_order(order::Published::OrderCancelled(purchase()))));
    assert!(refund(when_sale(sale::Published::Rejected(goods().verdict(Some("no".into()))))));
    assert!(!refund(when_sale(sale::Published::StoreCancelled(goods().verdict(None)))));
    assert!(!refund(when_sale(sale::Published::Accepted(goods().verdict(None)))));
}
