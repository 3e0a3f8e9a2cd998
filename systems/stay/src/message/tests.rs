//! What a guest reads, to the letter.
use super::*;
use crate::bookable::Offer;
use crate::reservation::{Published, Status, tests::booking};
use kernel::{EmptyReader, Id, Timestamp, Won};

fn ko(then: impl Fn(&EventContext<'_>) -> Then<Thread>) -> Option<String> {
    let told = EventContext {
        event_type: "Said",
        source: "said",
        position: 1,
        key: Id(7),
        at: Timestamp(0),
        local: &EmptyReader,
    };
    match then(&told).0 {
        Some((Id(7), message::Command::Tell(message))) => Some(message.ko),
        _ => None,
    }
}

fn of_reservation(city: Option<&str>, said: Published) -> Option<String> {
    ko(|told| City::new(city).when_reservation(said.clone(), told))
}

fn car() -> Offer<Car> {
    let car = Car { car_id: Id(1), car_name: "K5".into(), room_id: Some(Id(1)) };
    Offer { rsv_id: Some(Id(7)), ..Offer::new(car, Some(Won(1))) }
}

#[test]
fn a_confirmation_and_a_cancellation_name_room_and_city() {
    let said = |said, city| of_reservation(city, said);
    let confirmed = || Published::ReservationConfirmed(booking(Status::Reserved));
    let cancelled = || Published::ReservationCancelled(booking(Status::Cancelled));
    let with = "예약이 완료 되었습니다. 방 번호 : [1], 도시명[Seoul]";
    assert_eq!(said(confirmed(), Some("Seoul")).as_deref(), Some(with));
    assert_eq!(said(confirmed(), None).as_deref(), Some("예약이 완료 되었습니다. 방 번호 : [1]"));
    let with = "예약이 취소 되었습니다. 방 번호 : [1], 도시명[Seoul]";
    assert_eq!(said(cancelled(), Some("Seoul")).as_deref(), Some(with));
    assert_eq!(said(Published::ReservationCancelRequested(booking(Status::ReqCancel)), None), None);
}

#[test]
fn a_car_is_named_by_number_and_name() {
    let said = |said: rentcar::Published| ko(|told| when_rentcar(said.clone(), told));
    let reserved = "렌터카가 예약 되었습니다. 방 번호 : [1], 렌터카번호[1], 렌터카명 [K5]";
    assert_eq!(said(rentcar::Published::CarReserved(car())).as_deref(), Some(reserved));
    let cancelled = "렌터카가 예약이 취소 되었습니다. 방 번호 : [1], 렌터카번호[1], 렌터카명 [K5]";
    assert_eq!(said(rentcar::Published::CarCancelled(car())).as_deref(), Some(cancelled));
    assert_eq!(said(rentcar::Published::CarModified(car())), None);
}

#[test]
fn the_guest_is_learned_from_the_reservation() {
    let told = |told: &EventContext<'_>| {
        City::new(None).when_reservation(Published::ReservationCreated(booking(Status::ReqReserve)), told)
    };
    assert_eq!(ko(told), None);
}
