//! Given what happened to an order, when it is told to, then this happens or is refused.
use super::*;
use kernel::serde_json::{json, to_value};
use kernel::{Aggregate, fold};

pub(crate) fn order(order_status: Status) -> Order {
    let (user_id, prod_nm, address) = ("kim".into(), "사과".into(), "서울".into());
    Order { order_id: Id(1), user_id, prod_nm, qty: 3, price: Won(30_000), address, order_status }
}

fn placed() -> Event {
    Event::OrderPlaced(order(Status::Placed))
}

fn canceled() -> Event {
    Event::OrderCanceled(order(Status::Canceled))
}

fn given(events: impl IntoIterator<Item = Event>) -> Ordered {
    fold(events)
}

#[test]
fn what_is_paid_is_ordered_once() {
    let place = || Command::Place(order(Status::Placed));
    assert_eq!(given([]).decide(place()), Ok(vec![placed()]));
    assert_eq!(given([placed()]).decide(place()), Err(Refusal::AlreadyPlaced));
    assert_eq!(given([placed(), canceled()]).decide(place()), Err(Refusal::AlreadyPlaced));
}

#[test]
fn an_order_is_cancelled_once() {
    assert_eq!(given([placed()]).decide(Command::Cancel), Ok(vec![canceled()]));
    assert_eq!(given([placed(), canceled()]).decide(Command::Cancel), Ok(vec![]));
    assert_eq!(given([]).decide(Command::Cancel), Err(Refusal::UnknownOrder));
}

#[test]
fn a_cancelled_order_stays_readable() {
    assert_eq!(shown(Id(1), &given([placed(), canceled()])), Shown::Listed(order(Status::Canceled)));
    assert_eq!(shown(Id(1), &given([])), Shown::Hidden);
}

#[test]
fn an_event_reads_as_the_page_says() {
    let expected = json!({"eventType": "OrderPlaced", "orderId": 1, "userId": "kim", "prodNm": "사과", "qty": 3,
        "price": 30_000, "address": "서울", "orderStatus": "주문신청"});
    assert_eq!(to_value(placed()).ok(), Some(expected));
}
