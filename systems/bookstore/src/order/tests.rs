//! Given what happened to an order, when it is told to, then this happens or is refused.
use super::*;
use kernel::{
    Aggregate, Body, Erased, Form, FormLimits, Invalid, InvalidField, LocalReader, Timestamp, fold, serde_json,
};
use std::sync::Arc;

pub(crate) fn purchase() -> Purchase {
    Purchase {
        order_id: Id(1),
        product_id: Id(7),
        product_name: "Emma".into(),
        qty: 2,
        amount: Won(20_000),
        customer_id: Some("kim".into()),
        customer_name: None,
        customer_addr: Some("Seoul".into()),
    }
}

fn placed() -> Event {
    Event::OrderPlaced(purchase())
}

fn cancelled() -> Event {
    Event::OrderCancelled(purchase())
}

fn given(events: impl IntoIterator<Item = Event>) -> Order {
    fold(events)
}

#[test]
fn a_paid_order_is_placed_once() {
    assert_eq!(given([]).decide(Command::Place(purchase())), Ok(vec![placed()]));
    assert_eq!(given([placed()]).decide(Command::Place(purchase())), Err(Refusal::AlreadyPlaced));
}

#[test]
fn an_order_is_cancelled_once() {
    assert_eq!(given([placed()]).decide(Command::Cancel), Ok(vec![cancelled()]));
    assert_eq!(given([placed(), cancelled()]).decide(Command::Cancel), Ok(vec![]));
}

#[test]
fn what_is_rejected_or_unknown_is_not_cancelled() {
    assert_eq!(given([placed(), Event::OrderRejected]).decide(Command::Cancel), Err(Refusal::AlreadyRejected));
    assert_eq!(given([]).decide(Command::Cancel), Err(Refusal::UnknownOrder));
}

#[test]
fn an_order_keeps_the_first_word_it_heard() {
    assert_eq!(given([placed()]).decide(Command::Reject), Ok(vec![Event::OrderRejected]));
    assert_eq!(given([placed(), Event::OrderRejected]).decide(Command::Reject), Ok(vec![]));
    assert_eq!(given([placed(), cancelled()]).decide(Command::Reject), Ok(vec![]));
    assert_eq!(given([]).decide(Command::Reject), Err(Refusal::UnknownOrder));
}

#[test]
fn a_row_tells_the_word() {
    let status = |events: Vec<Event>| match shown(Id(1), &given(events)) {
        Shown::Listed(row) => Some(row.status),
        Shown::ById(_) | Shown::Hidden => None,
    };
    assert_eq!(status(vec![]), None);
    assert_eq!(status(vec![placed()]), Some(Status::OrderPlaced));
    assert_eq!(status(vec![placed(), cancelled()]), Some(Status::OrderCancelled));
    assert_eq!(status(vec![placed(), Event::OrderRejected]), Some(Status::Rejected));
}

/// A shop front whose catalogue has heard these.
struct ShopFront(Vec<book::Published>);

impl LocalReader for ShopFront {
    fn state(&self, _: Name, _: Id) -> Option<Erased> {
        None
    }
    fn folded_value(&self, view: Name, id: Id) -> Option<Erased> {
        assert_eq!((view, id), (CATALOGUE, Id(7)));
        Some(Arc::new(self.0.clone().into_iter().fold(None, catalogue)))
    }
}

fn title(price: i64) -> book::Title {
    book::Title { product_id: Id(7), name: "Emma".into(), price: Won(price), stock: None }
}

fn bought(qty: u64, heard: Vec<book::Published>) -> Result<(String, Won), Refusal> {
    let (customer_id, customer_name, customer_addr) = Default::default();
    let body = Basket { product_id: Id(7), quantity: qty, customer_id, customer_name, customer_addr };
    let request = Request { id: Id(1), body: &body, local: &ShopFront(heard), at: Timestamp(0) };
    buy(&request).map(|purchase| (purchase.product_name, purchase.amount))
}

#[test]
fn a_book_costs_what_the_shop_front_knows() {
    use book::Published::{BookDeleted, BookModified, BookRegistered};
    let registered = || BookRegistered(title(10_000));
    assert_eq!(bought(2, vec![registered()]), Ok(("Emma".into(), Won(20_000))));
    assert_eq!(bought(2, vec![registered(), BookModified(title(9_000))]), Ok(("Emma".into(), Won(18_000))));
    assert_eq!(bought(2, vec![registered(), BookDeleted(title(10_000))]), Err(Refusal::NotInCatalogue));
    assert_eq!(bought(2, vec![]), Err(Refusal::NotInCatalogue));
}

#[test]
fn an_amount_nobody_can_pay_is_refused() {
    let registered = || vec![book::Published::BookRegistered(title(1 << 52))];
    assert_eq!(bought(1, registered()), Ok(("Emma".into(), Won(1 << 52))));
    assert_eq!(bought(2, registered()), Err(Refusal::AmountTooHigh));
}

#[test]
fn quantity_has_two_names_that_must_agree() {
    let read = |sent: &str| {
        let fields = serde_json::from_str(sent).expect("an object");
        Basket::read(&Body { fields, limits: FormLimits { text_chars_max: 1000 } }).map(|basket| basket.quantity)
    };
    assert_eq!(read(r#"{"productId":7,"quantity":2}"#), Ok(2));
    assert_eq!(read(r#"{"productId":7,"qty":"2"}"#), Ok(2));
    assert_eq!(read(r#"{"productId":7,"quantity":2,"qty":"2"}"#), Ok(2));
    let wrong = InvalidField { field: "quantity", why: Invalid::Contradiction("qty") };
    assert_eq!(read(r#"{"productId":7,"quantity":2,"qty":3}"#), Err(vec![wrong]));
}
