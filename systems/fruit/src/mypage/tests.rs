//! The row is the same however the three sources' events are interleaved.
use super::*;
use crate::delivery::{Status as Delivery, tests::parcel};
use crate::order::{Status as Ordered, tests::order as ordered};
use crate::payment::Status as Payment;

enum Heard {
    Order(order::Published),
    Payment(payment::Published),
    Delivery(delivery::Published),
}

fn paid(pay_status: Payment) -> Paid {
    Paid { pay_id: Id(1), order_id: Id(1), user_id: "kim".into(), price: Won(30_000), pay_status }
}

fn placed() -> Heard {
    Heard::Order(order::Published::OrderPlaced(ordered(Ordered::Placed)))
}

fn canceled() -> Heard {
    Heard::Order(order::Published::OrderCanceled(ordered(Ordered::Canceled)))
}

fn approved() -> Heard {
    Heard::Payment(payment::Published::PaymentApproved(paid(Payment::Approved)))
}

fn refunded() -> Heard {
    Heard::Payment(payment::Published::PaymentCanceled(paid(Payment::Canceled)))
}

fn started() -> Heard {
    Heard::Delivery(delivery::Published::DeliveryStarted(parcel().at(Delivery::Started)))
}

fn delivery_canceled() -> Heard {
    Heard::Delivery(delivery::Published::DeliveryCanceled(parcel().at(Delivery::Canceled)))
}

fn page(heard: impl IntoIterator<Item = Heard>) -> Page {
    heard.into_iter().fold(Page::default(), |page, heard| match heard {
        Heard::Order(said) => order(page, said),
        Heard::Payment(said) => payment(page, said),
        Heard::Delivery(said) => delivery(page, said),
    })
}

type Words = (Ordered, Option<Payment>, Option<Delivery>);

fn words(heard: impl IntoIterator<Item = Heard>) -> Option<Words> {
    match shown(Id(1), &page(heard)) {
        Shown::Listed(row) => Some((row.order_status, row.pay_status, row.delivery_status)),
        Shown::ById(_) | Shown::Hidden => None,
    }
}

#[test]
fn the_row_appears_with_the_order() {
    assert_eq!(words([approved(), started()]), None);
    assert_eq!(words([placed()]), Some((Ordered::Placed, None, None)));
    assert_eq!(words([approved(), placed()]), Some((Ordered::Placed, Some(Payment::Approved), None)));
}

#[test]
fn a_delivered_order_reads_so() {
    let completed = Heard::Delivery(delivery::Published::DeliveryCompleted(parcel().at(Delivery::Completed)));
    let words = words([placed(), approved(), started(), completed]);
    assert_eq!(words, Some((Ordered::Placed, Some(Payment::Approved), Some(Delivery::Completed))));
}

#[test]
fn a_cancelled_order_reads_the_same_in_every_order() {
    let sources: [[fn() -> Heard; 2]; 3] = [[placed, canceled], [approved, refunded], [started, delivery_canceled]];
    let expected = Some((Ordered::Canceled, Some(Payment::Canceled), Some(Delivery::Canceled)));
    for order in orders() {
        let mut next = [0; 3];
        let heard = order.map(|source| {
            next[source] += 1;
            sources[source][next[source] - 1]()
        });
        assert_eq!(words(heard), expected, "{order:?}");
    }
}

/// All ways to interleave three sources with two events each.
fn orders() -> Vec<[usize; 6]> {
    let digits = |number: usize| [1, 3, 9, 27, 81, 243].map(|place| number / place % 3);
    let twice = |order: &[usize; 6]| (0..3).all(|source| order.iter().filter(|s| **s == source).count() == 2);
    (0..729).map(digits).filter(twice).collect()
}
