//! What payment does for an order, as fruit names it.
use super::*;
use crate::order::{Status as Ordered, tests::order};
use kernel::serde_json::{json, to_value};
use kernel::{Aggregate, fold};

fn bill() -> Bill<Details> {
    hold(&order(Ordered::Placed)).bill
}

#[test]
fn what_is_held_is_taken_then_given_back() {
    type Payment = payment::Payment<Published>;
    let held = || payment::Event::<Published>::Held(bill());
    let taken = || payment::Event::<Published>::Taken(<Published as payment::Naming>::approved(&bill()));
    let refunded = payment::Event::<Published>::Refunded(<Published as payment::Naming>::cancelled(&bill()));
    assert_eq!(fold::<Payment>([held()]).decide(Command::Take), Ok(vec![taken()]));
    assert_eq!(fold::<Payment>([held(), taken()]).decide(Command::Refund), Ok(vec![refunded]));
}

#[test]
fn an_event_reads_as_the_page_says() {
    let expected = json!({"eventType": "PaymentCanceled", "payId": 1, "orderId": 1, "userId": "kim", "price": 30_000,
        "payStatus": "결제취소"});
    assert_eq!(to_value(<Published as payment::Naming>::cancelled(&bill())).ok(), Some(expected));
}

#[test]
fn payment_follows_the_order() {
    let follows = |said| format!("{:?}", when_order(said).0);
    assert_eq!(follows(order::Published::OrderPlaced(order(Ordered::Placed))), "Some((Id(1), Take))");
    assert_eq!(follows(order::Published::OrderCanceled(order(Ordered::Canceled))), "Some((Id(1), Refund))");
}
