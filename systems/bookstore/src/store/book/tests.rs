//! Given what happened to a book, when it is told to, then this happens or is refused.
use super::*;
use kernel::{Aggregate, fold};

pub(crate) fn emma(stock: Option<u64>) -> Title {
    Title { product_id: Id(7), name: "Emma".into(), price: Won(10_000), stock }
}

fn registered(stock: Option<u64>) -> Event {
    Event::BookRegistered(emma(stock))
}

fn modified(stock: Option<u64>) -> Event {
    Event::BookModified(emma(stock))
}

fn deleted() -> Event {
    Event::BookDeleted(emma(Some(3)))
}

fn taken(copies: u64) -> Event {
    Event::StockTaken { order_id: Id(1), copies }
}

fn given(events: impl IntoIterator<Item = Event>) -> Book {
    fold(events)
}

fn edit(stock: FieldEdit<u64>) -> Command {
    Command::Modify { name: None, price: None, stock }
}

fn take(copies: u64) -> Command {
    Command::Take { order_id: Id(1), copies }
}

#[test]
fn a_book_is_registered_once() {
    assert_eq!(given([]).decide(Command::Register(emma(None))), Ok(vec![registered(None)]));
    assert_eq!(given([registered(None)]).decide(Command::Register(emma(None))), Err(Refusal::AlreadyRegistered));
}

#[test]
fn an_edit_changes_what_it_names() {
    let priced = Command::Modify { name: None, price: Some(Won(9_000)), stock: FieldEdit::Keep };
    let cheaper = Title { price: Won(9_000), ..emma(Some(3)) };
    assert_eq!(given([registered(Some(3))]).decide(priced), Ok(vec![Event::BookModified(cheaper)]));
    assert_eq!(given([registered(Some(3))]).decide(edit(FieldEdit::Set(0))), Ok(vec![modified(Some(0))]));
    assert_eq!(given([registered(Some(3))]).decide(edit(FieldEdit::Clear)), Ok(vec![modified(None)]));
    assert_eq!(given([registered(Some(3))]).decide(edit(FieldEdit::Keep)), Ok(vec![]));
}

#[test]
fn a_deleted_book_is_gone() {
    assert_eq!(given([registered(Some(3))]).decide(Command::Delete), Ok(vec![deleted()]));
    assert_eq!(given([registered(Some(3)), deleted()]).decide(Command::Delete), Err(Refusal::UnknownBook));
    assert_eq!(given([registered(Some(3)), deleted()]).decide(edit(FieldEdit::Clear)), Err(Refusal::UnknownBook));
    assert_eq!(shown(Id(7), &given([registered(Some(3)), deleted()])), Shown::Hidden);
}

#[test]
fn what_is_unknown_is_neither_changed_nor_deleted_nor_given_back() {
    assert_eq!(given([]).decide(edit(FieldEdit::Clear)), Err(Refusal::UnknownBook));
    assert_eq!(given([]).decide(Command::Delete), Err(Refusal::UnknownBook));
    assert_eq!(given([]).decide(Command::Return { copies: 1 }), Err(Refusal::UnknownBook));
}

#[test]
fn stock_is_never_oversold() {
    let short = Event::StockShort { order_id: Id(1), reason: "not enough stock".into() };
    assert_eq!(given([registered(Some(3))]).decide(take(3)), Ok(vec![taken(3)]));
    assert_eq!(given([registered(Some(3)), taken(2)]).decide(take(2)), Ok(vec![short.clone()]));
    assert_eq!(given([registered(Some(3)), taken(2), short]).decide(take(1)), Ok(vec![taken(1)]));
}

#[test]
fn without_a_limit_nothing_leaves_the_shelf() {
    assert_eq!(given([registered(None)]).decide(take(3)), Ok(vec![taken(0)]));
}

#[test]
fn a_book_not_on_sale_has_no_stock() {
    let short = Event::StockShort { order_id: Id(1), reason: "not sold any more".into() };
    assert_eq!(given([registered(Some(3)), deleted()]).decide(take(1)), Ok(vec![short.clone()]));
    assert_eq!(given([]).decide(take(1)), Ok(vec![short]));
}

#[test]
fn what_is_given_back_is_on_the_shelf_again() {
    let back = Event::StockReturned { copies: 2 };
    assert_eq!(given([registered(Some(3)), taken(2)]).decide(Command::Return { copies: 2 }), Ok(vec![back.clone()]));
    let shelf = |events: Vec<Event>| match shown(Id(7), &given(events)) {
        Shown::Listed(row) => row.stock,
        Shown::ById(_) | Shown::Hidden => None,
    };
    assert_eq!(shelf(vec![registered(Some(3)), taken(2)]), Some(1));
    assert_eq!(shelf(vec![registered(Some(3)), taken(2), back.clone()]), Some(3));
    assert_eq!(shelf(vec![registered(Some(3)), taken(2), modified(Some(5)), back.clone()]), Some(7));
    assert_eq!(shelf(vec![registered(Some(3)), taken(2), modified(None), back]), None);
}

#[test]
fn the_books_owe_what_orders_have_taken() {
    let owed = |events: Vec<Event>| entries(Id(7), &given(events)).iter().map(|entry| entry.amount).sum::<i64>();
    assert_eq!(owed(vec![registered(Some(3)), taken(2)]), -2);
    assert_eq!(owed(vec![registered(Some(3)), taken(2), modified(Some(9))]), -2);
    assert_eq!(owed(vec![registered(Some(3)), taken(2), deleted()]), -2);
    assert_eq!(owed(vec![registered(Some(3)), taken(2), deleted(), Event::StockReturned { copies: 2 }]), 0);
}
