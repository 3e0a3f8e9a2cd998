//! What a guest reads, to the letter.
use super::*;
use crate::bookable::Offer;
use crate::reservation::{Published, Status, tests::booking};
use kernel::{Id, Won};

fn ko(notice: Notice) -> Option<String> {
    match notice {
        Notice::Sentence(Id(7), sentence) => Some(sentence.ko),
        Notice::Sentence(..) | Notice::Customer(..) | Notice::Silence => None,
    }
}

fn car() -> Offer<Car> {
    let car = Car { car_id: Id(1), car_name: "K5".into(), room_id: Some(Id(1)) };
    Offer { rsv_id: Some(Id(7)), ..Offer::new(car, Some(Won(1))) }
}

#[test]
fn a_confirmation_and_a_cancellation_name_room_and_city() {
    let said = |event, city| ko(when_reservation(event, city));
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
    let said = |event| ko(when_rentcar(event));
    let reserved = "렌터카가 예약 되었습니다. 방 번호 : [1], 렌터카번호[1], 렌터카명 [K5]";
    assert_eq!(said(rentcar::Published::CarReserved(car())).as_deref(), Some(reserved));
    let cancelled = "렌터카가 예약이 취소 되었습니다. 방 번호 : [1], 렌터카번호[1], 렌터카명 [K5]";
    assert_eq!(said(rentcar::Published::CarCancelled(car())).as_deref(), Some(cancelled));
    assert_eq!(said(rentcar::Published::CarModified(car())), None);
}

#[test]
fn the_guest_is_learned_from_the_reservation() {
    let created = Published::ReservationCreated(booking(Status::ReqReserve));
    let (key, guest) = (created.record().rsv_id, created.record().customer.clone());
    assert_eq!(when_reservation(created, None), Notice::Customer(key, guest));
}
