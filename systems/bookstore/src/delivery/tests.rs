//! Given what happened to a delivery, when it is told to, then this happens or is refused.
use super::*;
use crate::order::tests::purchase;
use Event::{DeliveryForgone, ParcelReleased, StopHeld, StopLifted};
use kernel::{Nowhere, fold};

fn emma() -> Parcel {
    parcel(purchase())
}

fn known() -> Event {
    Event::ParcelKnown(emma())
}

pub(crate) fn started() -> Event {
    Event::DeliveryStarted(emma().at(Status::DeliveryStarted))
}

pub(crate) fn delivered() -> Event {
    Event::Delivered(emma().at(Status::Delivered))
}

pub(crate) fn cancelled() -> Event {
    Event::DeliveryCancelled(emma().at(Status::DeliveryCancelled))
}

fn given(events: impl IntoIterator<Item = Event>) -> Delivery {
    fold(events)
}

#[test]
fn it_starts_when_it_is_known_and_released_whichever_comes_first() {
    assert_eq!(given([]).decide(Command::Know(emma())), Ok(vec![known()]));
    assert_eq!(given([known()]).decide(Command::Release), Ok(vec![ParcelReleased, started()]));
    assert_eq!(given([]).decide(Command::Release), Ok(vec![ParcelReleased]));
    assert_eq!(given([ParcelReleased]).decide(Command::Know(emma())), Ok(vec![known(), started()]));
}

#[test]
fn it_starts_once() {
    assert_eq!(given([known()]).decide(Command::Know(emma())), Ok(vec![]));
    assert_eq!(given([ParcelReleased]).decide(Command::Release), Ok(vec![]));
    for over in [vec![started()], vec![started(), delivered()], vec![started(), cancelled()], vec![DeliveryForgone]] {
        assert_eq!(given(over.clone()).decide(Command::Know(emma())), Ok(vec![]));
        assert_eq!(given(over).decide(Command::Release), Ok(vec![]));
    }
}

#[test]
fn a_courier_delivers() {
    assert_eq!(given([started()]).decide(Command::Deliver), Ok(vec![delivered()]));
    assert_eq!(given([started(), delivered()]).decide(Command::Deliver), Ok(vec![]));
}

#[test]
fn what_has_not_started_or_is_cancelled_is_not_delivered() {
    assert_eq!(given([known()]).decide(Command::Deliver), Err(Refusal::UnknownDelivery));
    assert_eq!(given([DeliveryForgone]).decide(Command::Deliver), Err(Refusal::UnknownDelivery));
    assert_eq!(given([started(), cancelled()]).decide(Command::Deliver), Err(Refusal::DeliveryOff));
}

#[test]
fn a_courier_sets_no_other_state() {
    let change = |state: &str| {
        let body = Change { delivery_state: state.into() };
        let asked = change(&Request { id: Id(1), body: &body, home: &Nowhere, at: kernel::Timestamp(0) });
        asked.map(|then| then.0.is_some())
    };
    assert_eq!(change("Delivered"), Ok(true));
    assert_eq!(change("DeliveryCancelled"), Err(Refusal::StateNotYours));
}

#[test]
fn a_cancelled_order_cancels_its_delivery() {
    assert_eq!(given([started()]).decide(Command::Cancel), Ok(vec![cancelled()]));
    assert_eq!(given([started(), StopHeld]).decide(Command::Cancel), Ok(vec![cancelled()]));
    assert_eq!(given([known()]).decide(Command::Cancel), Ok(vec![DeliveryForgone]));
    for over in [vec![started(), cancelled()], vec![DeliveryForgone], vec![started(), delivered()]] {
        assert_eq!(given(over).decide(Command::Cancel), Ok(vec![]));
    }
}

#[test]
fn a_courier_waits_while_a_stop_is_in_doubt() {
    assert_eq!(given([started()]).decide(Command::Stop), Ok(vec![StopHeld]));
    assert_eq!(given([started(), StopHeld]).decide(Command::Deliver), Err(Refusal::StopInDoubt));
    assert_eq!(given([started(), StopHeld, StopLifted]).decide(Command::Deliver), Ok(vec![delivered()]));
}

#[test]
fn two_stops_are_lifted_one_by_one() {
    let held = [started(), StopHeld, StopHeld, StopLifted];
    assert_eq!(given(held.clone()).decide(Command::Deliver), Err(Refusal::StopInDoubt));
    assert_eq!(given(held).decide(Command::GoOn), Ok(vec![StopLifted]));
    assert_eq!(given([started()]).decide(Command::GoOn), Ok(vec![]));
}

#[test]
fn what_is_delivered_does_not_stop() {
    assert_eq!(given([started(), delivered()]).decide(Command::Stop), Err(Refusal::AlreadyDelivered));
}

#[test]
fn what_never_starts_has_stopped_already() {
    for over in [vec![started(), cancelled()], vec![DeliveryForgone]] {
        assert_eq!(given(over.clone()).decide(Command::Stop), Ok(vec![]));
        assert_eq!(given(over).decide(Command::GoOn), Ok(vec![]));
    }
}

#[test]
fn what_is_accepted_while_a_stop_is_in_doubt_starts_when_the_stop_is_lifted() {
    assert_eq!(given([known(), StopHeld]).decide(Command::Release), Ok(vec![ParcelReleased]));
    assert_eq!(given([StopHeld, ParcelReleased]).decide(Command::Know(emma())), Ok(vec![known()]));
    let held = [StopHeld, ParcelReleased, known()];
    assert_eq!(given(held.clone()).decide(Command::GoOn), Ok(vec![StopLifted, started()]));
    assert_eq!(given(held).decide(Command::Cancel), Ok(vec![DeliveryForgone]));
    assert_eq!(given([StopHeld, known()]).decide(Command::GoOn), Ok(vec![StopLifted]));
}

#[test]
fn a_row_tells_how_far_the_parcel_is() {
    let state = |events: Vec<Event>| match shown(Id(1), &given(events)) {
        Shown::Listed(row) => Some(row.delivery_state),
        Shown::ById(_) | Shown::Hidden => None,
    };
    assert_eq!(state(vec![known(), StopHeld]), None);
    assert_eq!(state(vec![started()]), Some(Status::DeliveryStarted));
    assert_eq!(state(vec![started(), delivered()]), Some(Status::Delivered));
    assert_eq!(state(vec![started(), cancelled()]), Some(Status::DeliveryCancelled));
}
