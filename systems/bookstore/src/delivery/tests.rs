//! What bookstore's deliveries are called, and what moves them.
use super::*;
use crate::order::tests::purchase;
use fulfilment::Happened;
use kernel::EmptyReader;

fn emma() -> Parcel {
    parcel(purchase())
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

#[test]
fn every_word_of_its_own_is_read_as_it_was_said() {
    let events = [
        started(),
        delivered(),
        cancelled(),
        Event::ParcelKnown(emma()),
        Event::ParcelReleased,
        Event::StopHeld,
        Event::StopLifted,
        Event::DeliveryForgone,
    ];
    for event in events {
        assert_eq!(Event::from(Happened::from(event.clone())), event);
    }
}

#[test]
fn a_courier_sets_no_other_state() {
    let change = |state: &str| {
        let body = Change { delivery_state: state.into() };
        let asked = change(&Request { id: Id(1), body: &body, local: &EmptyReader, at: kernel::Timestamp(0) });
        asked.map(|then| then.0.is_some())
    };
    assert_eq!(change("Delivered"), Ok(true));
    assert_eq!(change("DeliveryCancelled"), Err(Refusal::StateNotYours));
}
