//! Given what happened to a sale, when it is told to, then this happens or is refused.
use super::*;
use Event::{SalePaid, SaleWithdrawn};
use kernel::{Aggregate, fold};

pub(crate) fn goods() -> Goods {
    Goods { order_id: Id(1), product_id: Id(7), product_name: "Emma".into(), qty: 2 }
}

pub(crate) fn listed() -> Event {
    Event::SaleListed(goods())
}

pub(crate) fn accepted() -> Event {
    Event::Accepted(goods().verdict(None))
}

pub(crate) fn rejected() -> Event {
    Event::Rejected(goods().verdict(Some("no".into())))
}

pub(crate) fn cancelled() -> Event {
    Event::StoreCancelled(goods().verdict(None))
}

fn ordered() -> Event {
    Event::SaleOrdered(goods())
}

fn secured() -> Event {
    Event::StockSecured { copies: 2 }
}

fn released() -> Event {
    Event::StockReleased { product_id: Id(7), copies: 2 }
}

fn order() -> Command {
    Command::Order(goods())
}

fn secure() -> Command {
    Command::Secure { copies: 2, accept: false }
}

fn without() -> Command {
    Command::GoWithout { reason: "no".into() }
}

fn reject() -> Command {
    Command::Reject { reason: "no".into() }
}

fn given(events: impl IntoIterator<Item = Event>) -> Sale {
    fold(events)
}

/// Sales that are decided, each by its events.
fn decided() -> [Vec<Event>; 3] {
    [
        vec![listed(), secured(), accepted()],
        vec![listed(), secured(), rejected(), released()],
        vec![listed(), secured(), cancelled(), released()],
    ]
}

#[test]
fn a_sale_is_listed_when_it_is_ordered_and_paid_whichever_comes_first() {
    assert_eq!(given([]).decide(order()), Ok(vec![ordered()]));
    assert_eq!(given([ordered()]).decide(Command::Pay), Ok(vec![listed()]));
    assert_eq!(given([]).decide(Command::Pay), Ok(vec![SalePaid]));
    assert_eq!(given([SalePaid]).decide(order()), Ok(vec![listed()]));
}

#[test]
fn a_sale_is_listed_once() {
    assert_eq!(given([ordered()]).decide(order()), Ok(vec![]));
    assert_eq!(given([SalePaid]).decide(Command::Pay), Ok(vec![]));
    for after in decided().into_iter().chain([vec![listed()]]) {
        assert_eq!(given(after.clone()).decide(order()), Ok(vec![]));
        assert_eq!(given(after).decide(Command::Pay), Ok(vec![]));
    }
}

#[test]
fn it_is_open_once_its_stock_is_taken() {
    assert_eq!(given([listed()]).decide(secure()), Ok(vec![secured()]));
    let at_once = Command::Secure { copies: 2, accept: true };
    assert_eq!(given([listed()]).decide(at_once), Ok(vec![secured(), accepted()]));
    for after in decided().into_iter().chain([vec![listed(), secured()]]) {
        assert_eq!(given(after).decide(secure()), Ok(vec![]));
    }
}

#[test]
fn without_stock_it_is_rejected() {
    assert_eq!(given([listed()]).decide(without()), Ok(vec![rejected()]));
    for after in decided().into_iter().chain([vec![listed(), secured()], vec![listed(), cancelled()]]) {
        assert_eq!(given(after).decide(without()), Ok(vec![]));
    }
}

#[test]
fn the_seller_accepts_or_rejects_what_is_open() {
    assert_eq!(given([listed(), secured()]).decide(Command::Accept), Ok(vec![accepted()]));
    assert_eq!(given([listed(), secured()]).decide(reject()), Ok(vec![rejected(), released()]));
}

#[test]
fn the_seller_decides_once() {
    let [accepted, rejected, cancelled] = decided();
    assert_eq!(given(accepted.clone()).decide(Command::Accept), Ok(vec![]));
    assert_eq!(given(accepted).decide(reject()), Err(Refusal::AlreadyAccepted));
    assert_eq!(given(rejected.clone()).decide(Command::Accept), Err(Refusal::SaleRejected));
    assert_eq!(given(rejected).decide(reject()), Ok(vec![]));
    assert_eq!(given(cancelled.clone()).decide(Command::Accept), Err(Refusal::SaleCancelled));
    assert_eq!(given(cancelled).decide(reject()), Err(Refusal::SaleCancelled));
}

#[test]
fn the_seller_waits_while_the_stock_is_in_doubt() {
    assert_eq!(given([listed()]).decide(Command::Accept), Err(Refusal::StockInDoubt));
    assert_eq!(given([listed()]).decide(reject()), Err(Refusal::StockInDoubt));
}

#[test]
fn what_is_not_listed_can_not_be_decided() {
    for before in [vec![], vec![ordered()], vec![SalePaid], vec![ordered(), SaleWithdrawn]] {
        assert_eq!(given(before.clone()).decide(Command::Accept), Err(Refusal::NotListed));
        assert_eq!(given(before.clone()).decide(reject()), Err(Refusal::NotListed));
        assert_eq!(given(before.clone()).decide(secure()), Err(Refusal::NotListed));
        assert_eq!(given(before).decide(without()), Err(Refusal::NotListed));
    }
    assert_eq!(given([]).decide(Command::Cancel), Err(Refusal::NotListed));
}

#[test]
fn a_cancel_gives_back_what_was_taken() {
    assert_eq!(given([listed(), secured()]).decide(Command::Cancel), Ok(vec![cancelled(), released()]));
    assert_eq!(given([listed(), secured(), accepted()]).decide(Command::Cancel), Ok(vec![cancelled(), released()]));
    let unlimited = Event::StockSecured { copies: 0 };
    assert_eq!(given([listed(), unlimited]).decide(Command::Cancel), Ok(vec![cancelled()]));
}

#[test]
fn stock_that_comes_after_a_cancel_goes_back_once() {
    assert_eq!(given([listed()]).decide(Command::Cancel), Ok(vec![cancelled()]));
    assert_eq!(given([listed(), cancelled()]).decide(secure()), Ok(vec![released()]));
    assert_eq!(given([listed(), cancelled(), released()]).decide(secure()), Ok(vec![]));
}

#[test]
fn a_cancel_before_the_payment_is_heard_ends_as_one_after_it() {
    assert_eq!(given([ordered()]).decide(Command::Cancel), Ok(vec![SaleWithdrawn]));
    assert_eq!(given([ordered(), SaleWithdrawn]).decide(Command::Cancel), Ok(vec![]));
    assert_eq!(given([ordered(), SaleWithdrawn]).decide(Command::Pay), Ok(vec![listed(), cancelled()]));
    assert_eq!(given([ordered(), SaleWithdrawn, listed(), cancelled()]), given([SalePaid, listed(), cancelled()]));
}

#[test]
fn a_second_cancel_and_one_after_a_rejection_change_nothing() {
    let [_, rejected, cancelled] = decided();
    assert_eq!(given(rejected).decide(Command::Cancel), Ok(vec![]));
    assert_eq!(given(cancelled).decide(Command::Cancel), Ok(vec![]));
}

#[test]
fn a_row_tells_the_sellers_word_and_why() {
    let told = |events: Vec<Event>| match shown(Id(1), &given(events)) {
        Shown::Listed(row) => Some((row.status, row.reason)),
        Shown::ById(_) | Shown::Hidden => None,
    };
    assert_eq!(told(vec![ordered()]), None);
    assert_eq!(told(vec![listed()]), Some((Status::Paid, None)));
    assert_eq!(told(vec![listed(), secured()]), Some((Status::Paid, None)));
    let [accepted, rejected, cancelled] = decided();
    assert_eq!(told(accepted), Some((Status::Accepted, None)));
    assert_eq!(told(rejected), Some((Status::Rejected, Some("no".into()))));
    assert_eq!(told(cancelled), Some((Status::Cancelled, None)));
}
