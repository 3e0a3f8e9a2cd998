//! Given what happened to a delivery, when it is told to, then this happens or is refused.
use super::*;
use crate::order::tests::order as ordered;
use kernel::{Nowhere, Timestamp, fold};

pub(crate) fn parcel(delivery_status: Status) -> Parcel {
    let (user_id, prod_nm, address) = ("kim".into(), "사과".into(), "서울".into());
    Parcel { delivery_id: Id(1), order_id: Id(1), user_id, prod_nm, qty: 3, address, delivery_status }
}

fn packed() -> Event {
    Event::ParcelPacked(parcel(Status::Started))
}

fn started() -> Event {
    Event::DeliveryStarted(parcel(Status::Started))
}

fn completed() -> Event {
    Event::DeliveryCompleted(parcel(Status::Completed))
}

fn canceled() -> Event {
    Event::DeliveryCanceled(parcel(Status::Canceled))
}

fn pack() -> Command {
    Command::Pack(parcel(Status::Started))
}

fn given(events: impl IntoIterator<Item = Event>) -> Delivery {
    fold(events)
}

fn on_its_way() -> Delivery {
    given([packed(), Event::OrderPaid, started()])
}

fn stopping() -> Delivery {
    given([packed(), Event::OrderPaid, started(), Event::StopHeld])
}

fn delivered() -> Delivery {
    given([packed(), Event::OrderPaid, started(), completed()])
}

fn off() -> Delivery {
    given([packed(), Event::OrderPaid, started(), canceled()])
}

fn forgone() -> Delivery {
    given([Event::DeliveryForgone])
}

#[test]
fn it_starts_when_goods_and_money_are_there_whichever_comes_first() {
    assert_eq!(given([]).decide(pack()), Ok(vec![packed()]));
    assert_eq!(given([packed()]).decide(Command::Pay), Ok(vec![Event::OrderPaid, started()]));
    assert_eq!(given([]).decide(Command::Pay), Ok(vec![Event::OrderPaid]));
    assert_eq!(given([Event::OrderPaid]).decide(pack()), Ok(vec![packed(), started()]));
}

#[test]
fn it_starts_once() {
    for state in [on_its_way(), stopping(), delivered(), off(), forgone()] {
        assert_eq!(state.decide(pack()), Ok(vec![]));
        assert_eq!(state.decide(Command::Pay), Ok(vec![]));
    }
    assert_eq!(given([packed()]).decide(pack()), Ok(vec![]));
    assert_eq!(given([Event::OrderPaid]).decide(Command::Pay), Ok(vec![]));
}

#[test]
fn a_stop_holds_what_is_not_delivered_yet() {
    for state in [given([]), given([packed()]), on_its_way(), stopping()] {
        assert_eq!(state.decide(Command::Stop), Ok(vec![Event::StopHeld]));
    }
    assert_eq!(off().decide(Command::Stop), Ok(vec![]));
    assert_eq!(forgone().decide(Command::Stop), Ok(vec![]));
    assert_eq!(delivered().decide(Command::Stop), Err(Refusal::AlreadyDelivered));
}

#[test]
fn a_start_waits_for_a_cancel_in_doubt() {
    assert_eq!(given([Event::StopHeld, packed()]).decide(Command::Pay), Ok(vec![Event::OrderPaid]));
    let waiting = given([Event::StopHeld, packed(), Event::OrderPaid]);
    assert_eq!(waiting.decide(Command::GoOn), Ok(vec![Event::StopLifted, started()]));
    assert_eq!(waiting.decide(Command::Cancel), Ok(vec![Event::DeliveryForgone]));
}

#[test]
fn a_lifted_stop_leaves_another_one() {
    let two = given([Event::StopHeld, Event::StopHeld, packed(), Event::OrderPaid]);
    assert_eq!(two.decide(Command::GoOn), Ok(vec![Event::StopLifted]));
    assert_eq!(stopping().decide(Command::GoOn), Ok(vec![Event::StopLifted]));
    assert_eq!(stopping().evolve(Event::StopLifted), on_its_way());
}

#[test]
fn where_no_stop_is_held_none_is_lifted() {
    for state in [given([]), given([packed()]), on_its_way(), delivered(), off(), forgone()] {
        assert_eq!(state.decide(Command::GoOn), Ok(vec![]));
    }
}

#[test]
fn a_cancelled_order_is_not_delivered() {
    assert_eq!(on_its_way().decide(Command::Cancel), Ok(vec![canceled()]));
    assert_eq!(stopping().decide(Command::Cancel), Ok(vec![canceled()]));
    assert_eq!(given([]).decide(Command::Cancel), Ok(vec![Event::DeliveryForgone]));
    assert_eq!(given([packed(), Event::OrderPaid]).decide(Command::Cancel), Ok(vec![Event::DeliveryForgone]));
    for state in [delivered(), off(), forgone()] {
        assert_eq!(state.decide(Command::Cancel), Ok(vec![]));
    }
}

#[test]
fn the_courier_completes_what_is_on_its_way() {
    assert_eq!(on_its_way().decide(Command::Complete), Ok(vec![completed()]));
    assert_eq!(delivered().decide(Command::Complete), Ok(vec![]));
    assert_eq!(off().decide(Command::Complete), Err(Refusal::DeliveryOff));
    assert_eq!(stopping().decide(Command::Complete), Err(Refusal::StopInDoubt));
    for state in [given([]), given([packed()]), forgone()] {
        assert_eq!(state.decide(Command::Complete), Err(Refusal::UnknownDelivery));
    }
}

#[test]
fn a_courier_may_only_complete() {
    let asked = |word: &str| {
        let body = Change { delivery_status: word.into() };
        let request = Request { id: Id(1), body: &body, home: &Nowhere, at: Timestamp(0) };
        change(&request).map(|then| format!("{:?}", then.0))
    };
    assert_eq!(asked("배송완료"), Ok("Some((Id(1), Complete))".into()));
    assert_eq!(asked("배송취소"), Err(Refusal::StatusNotYours));
}

#[test]
fn only_what_has_started_is_shown() {
    assert_eq!(shown(Id(1), &given([packed()])), Shown::Hidden);
    assert_eq!(shown(Id(1), &forgone()), Shown::Hidden);
    assert_eq!(shown(Id(1), &stopping()), Shown::Listed(parcel(Status::Started)));
    assert_eq!(shown(Id(1), &off()), Shown::Listed(parcel(Status::Canceled)));
}

#[test]
fn it_follows_order_and_payment() {
    let of_order = |said| format!("{:?}", when_order(said).0.map(|(_, command)| command));
    let placed = order::Published::OrderPlaced(ordered(order::Status::Placed));
    assert_eq!(of_order(placed), format!("Some({:?})", pack()));
    assert_eq!(of_order(order::Published::OrderCanceled(ordered(order::Status::Canceled))), "Some(Cancel)");
    let (pay_id, order_id, pay_status) = (Id(1), Id(1), payment::Status::Approved);
    let paid = payment::Paid { pay_id, order_id, user_id: "kim".into(), price: kernel::Won(1), pay_status };
    let of_payment = |said| format!("{:?}", when_payment(said).0);
    assert_eq!(of_payment(payment::Published::PaymentApproved(paid.clone())), "Some((Id(1), Pay))");
    assert_eq!(of_payment(payment::Published::PaymentCanceled(paid)), "None");
}

#[test]
fn its_books_balance_those_of_its_order() {
    let sum = |delivery: Delivery, rule: Name| {
        entries(Id(1), &delivery).iter().filter(|entry| entry.rule == rule).map(|entry| entry.amount).sum::<i64>()
    };
    assert_eq!((sum(on_its_way(), "deliveries"), sum(delivered(), "deliveries")), (-1, -1));
    assert_eq!((sum(off(), "deliveries"), sum(forgone(), "deliveries")), (0, 0));
    assert_eq!((sum(stopping(), "stops"), sum(on_its_way(), "stops"), sum(off(), "stops")), (1, 0, 0));
}
