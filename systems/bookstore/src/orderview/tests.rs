//! The row is the same however the four sources' events are interleaved.
use super::*;
use crate::order::tests::purchase;
use crate::store::sale::tests::goods;
use kernel::Event as _;

enum Heard {
    Order(order::Published),
    Sale(sale::Published),
    Delivery(delivery::Published),
    Pay(pay::Published),
}

fn placed() -> Heard {
    Heard::Order(order::Published::OrderPlaced(purchase()))
}

fn cancelled() -> Heard {
    Heard::Order(order::Published::OrderCancelled(purchase()))
}

fn accepted() -> Heard {
    Heard::Sale(sale::Published::Accepted(goods().verdict(None)))
}

fn rejected() -> Heard {
    Heard::Sale(sale::Published::Rejected(goods().verdict(Some("no".into()))))
}

fn store_cancelled() -> Heard {
    Heard::Sale(sale::Published::StoreCancelled(goods().verdict(None)))
}

fn sent(event: delivery::Event) -> Heard {
    Heard::Delivery(event.published().expect("a published event"))
}

fn started() -> Heard {
    sent(delivery::tests::started())
}

fn delivery_cancelled() -> Heard {
    sent(delivery::tests::cancelled())
}

fn paid() -> Heard {
    Heard::Pay(pay::Published::Paid { pay_id: Id(1), order_id: Id(1), amount: Won(20_000) })
}

fn refunded() -> Heard {
    Heard::Pay(pay::Published::PaymentCancelled { pay_id: Id(1), order_id: Id(1), amount: Won(20_000) })
}

fn page(heard: impl IntoIterator<Item = Heard>) -> Page {
    heard.into_iter().fold(Page::default(), |page, heard| match heard {
        Heard::Order(said) => order(page, said),
        Heard::Sale(said) => sale(page, said),
        Heard::Delivery(said) => delivery(page, said),
        Heard::Pay(said) => pay(page, said),
    })
}

type Words = (Status, Option<delivery::Status>, Option<pay::Status>);

fn words(heard: impl IntoIterator<Item = Heard>) -> Option<Words> {
    match shown(Id(1), &page(heard)) {
        Shown::Listed(row) => Some((row.order_status, row.delivery_status, row.pay_status)),
        Shown::ById(_) | Shown::Hidden => None,
    }
}

#[test]
fn the_row_appears_with_the_order() {
    assert_eq!(words([paid(), accepted(), started()]), None);
    assert_eq!(words([placed()]), Some((Status::OrderPlaced, None, None)));
}

#[test]
fn the_row_follows_the_order() {
    use {delivery::Status as Delivery, pay::Status as Pay};
    let delivered = || sent(delivery::tests::delivered());
    assert_eq!(words([placed(), paid()]), Some((Status::OrderPlaced, None, Some(Pay::Paid))));
    assert_eq!(words([placed(), paid(), accepted()]), Some((Status::Accepted, None, Some(Pay::Paid))));
    assert_eq!(
        words([placed(), accepted(), started(), delivered()]),
        Some((Status::Accepted, Some(Delivery::Delivered), None))
    );
    assert_eq!(words([placed(), paid(), rejected(), refunded()]), Some((Status::Rejected, None, Some(Pay::Cancelled))));
}

#[test]
fn an_order_cancelled_before_it_heard_of_a_rejection_stays_cancelled() {
    assert_eq!(words([placed(), rejected(), cancelled()]), Some((Status::OrderCancelled, None, None)));
    assert_eq!(words([placed(), cancelled(), rejected()]), Some((Status::OrderCancelled, None, None)));
}

#[test]
fn a_cancelled_order_reads_the_same_in_every_order() {
    let sources: [[fn() -> Heard; 2]; 4] =
        [[placed, cancelled], [accepted, store_cancelled], [started, delivery_cancelled], [paid, refunded]];
    let undone = (Status::OrderCancelled, Some(delivery::Status::DeliveryCancelled), Some(pay::Status::Cancelled));
    for order in orders() {
        let mut next = [0; 4];
        let heard = order.map(|source| {
            next[source] += 1;
            sources[source][next[source] - 1]()
        });
        assert_eq!(words(heard), Some(undone), "{order:?}");
    }
}

/// All ways to interleave four sources with two events each.
fn orders() -> Vec<[usize; 8]> {
    let digits = |number: usize| std::array::from_fn(|place| (number >> (2 * place)) % 4);
    let twice = |order: &[usize; 8]| (0..4).all(|source| order.iter().filter(|s| **s == source).count() == 2);
    (0..1 << 16).map(digits).filter(twice).collect()
}
