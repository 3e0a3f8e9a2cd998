//! The row is the same however the sources' events are interleaved, and shows the latest reservation only.
use super::*;
use crate::bookable::{Action, Status as Offered};
use crate::payment::Status as Pay;
use crate::reservation::Status as Reserved;
use kernel::{EventSet as _, Meta, Timestamp};

#[derive(Clone)]
enum Heard {
    Room(u64, room::Published),
    Reservation(u64, reservation::Published),
    Payment(u64, payment::Published),
    Rentcar(u64, rentcar::Published),
}

fn at(position: u64) -> Recorded {
    Recorded {
        position,
        event_id: kernel::uuid::Uuid::nil(),
        event_type: "Said".into(),
        version: 1,
        published: true,
        kind: "said".into(),
        id: Id(1),
        key: Id(1),
        at: Timestamp(0),
        meta: Meta::default(),
        body: "{}".into(),
        value: None,
    }
}

fn page(heard: impl IntoIterator<Item = Heard>) -> Page {
    heard.into_iter().fold(Page::default(), |page, heard| match heard {
        Heard::Room(position, said) => room(page, said, &at(position)),
        Heard::Reservation(position, said) => reservation(page, said, &at(position)),
        Heard::Payment(position, said) => payment(page, said, &at(position)),
        Heard::Rentcar(position, said) => rentcar(page, said, &at(position)),
    })
}

fn of_room(status: Offered, rsv_id: Option<u64>) -> Offer<Room> {
    let room = Offer::new(Room { room_id: Id(1), desc: "sea view".into(), review_cnt: 2 }, Some(Won(50_000)));
    Offer { status, rsv_id: rsv_id.map(Id), ..room }
}

fn of_car(status: Offered, rsv_id: u64) -> Offer<Car> {
    let car = Offer::new(Car { car_id: Id(3), car_name: "K5".into(), room_id: Some(Id(1)) }, None);
    Offer { status, last_action: Action::Reserved, rsv_id: Some(Id(rsv_id)), ..car }
}

fn booking(rsv_id: u64, status: Reserved) -> Booking {
    let (rsv_id, room_id, car_id) = (Id(rsv_id), Id(1), Some(Id(3)));
    Booking { rsv_id, room_id, car_id, customer: None, status, pay_id: rsv_id, amount: Won(50_000) }
}

fn paid(rsv_id: u64, status: Pay) -> Paid {
    let (pay_id, rsv_id, room_id) = (Id(rsv_id), Id(rsv_id), Id(1));
    Paid { pay_id, rsv_id, room_id, car_id: Some(Id(3)), amount: Won(50_000), status }
}

/// Reservation 9 is made, paid, reserved and cancelled, then 8 is made, paid and reserved: the last created, not the highest.
fn sources() -> [Vec<Heard>; 4] {
    use reservation::Published::*;
    let rooms = [
        room::Published::RoomRegistered(of_room(Offered::Available, None)),
        room::Published::RoomReserved(of_room(Offered::Reserved, Some(9))),
        room::Published::RoomCancelled(of_room(Offered::Available, Some(9))),
        room::Published::RoomReserved(of_room(Offered::Reserved, Some(8))),
    ];
    let reservations = [
        ReservationCreated(booking(9, Reserved::ReqReserve)),
        ReservationConfirmed(booking(9, Reserved::Reserved)),
        ReservationCancelRequested(booking(9, Reserved::ReqCancel)),
        ReservationCancelled(booking(9, Reserved::Cancelled)),
        ReservationCreated(booking(8, Reserved::ReqReserve)),
        ReservationConfirmed(booking(8, Reserved::Reserved)),
    ];
    let payments = [
        payment::Published::PaymentApproved(paid(9, Pay::Paid)),
        payment::Published::PaymentCancelled(paid(9, Pay::Cancelled)),
        payment::Published::PaymentApproved(paid(8, Pay::Paid)),
    ];
    let cars = [
        rentcar::Published::CarReserved(of_car(Offered::Reserved, 9)),
        rentcar::Published::CarCancelled(of_car(Offered::Available, 9)),
        rentcar::Published::CarReserved(of_car(Offered::Reserved, 8)),
    ];
    [
        (1..).zip(rooms).map(|(at, said)| Heard::Room(at, said)).collect(),
        (1..).zip(reservations).map(|(at, said)| Heard::Reservation(at, said)).collect(),
        (1..).zip(payments).map(|(at, said)| Heard::Payment(at, said)).collect(),
        (1..).zip(cars).map(|(at, said)| Heard::Rentcar(at, said)).collect(),
    ]
}

fn expected() -> Row {
    Row {
        desc: "sea view".into(),
        price: Won(50_000),
        room_status: Offered::Reserved,
        review_cnt: 2,
        rsv_id: Some(Id(8)),
        rsv_status: Some(Reserved::Reserved),
        pay_id: Some(Id(8)),
        pay_status: Some(Pay::Paid),
        car_id: Some(Id(3)),
        car_name: Some("K5".into()),
        car_status: Some(Offered::Reserved),
    }
}

#[test]
fn the_row_is_the_same_in_every_order_of_the_sources() {
    let mut seed = 1_u64;
    for _ in 0..2_000 {
        let mut sources = sources().map(|source| source.into_iter().peekable());
        let mut heard = vec![];
        while sources.iter_mut().any(|source| source.peek().is_some()) {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            heard.extend(sources[(seed >> 33) as usize % 4].next());
        }
        assert_eq!(shown(Id(1), &page(heard)), Shown::Listed(expected()), "seed {seed}");
    }
}

#[test]
fn an_older_event_heard_late_overrides_nothing() {
    let heard = sources().into_iter().flatten();
    let [rooms, reservations, payments, cars] = sources();
    let late =
        [rooms[1].clone(), reservations[0].clone(), reservations[1].clone(), payments[0].clone(), cars[1].clone()];
    assert_eq!(shown(Id(1), &page(heard.chain(late))), Shown::Listed(expected()));
}

#[test]
fn a_new_reservation_begins_without_the_old_one_s_payment_and_car() {
    let [rooms, reservations, mut payments, mut cars] = sources();
    payments.pop();
    cars.pop();
    let heard = rooms.into_iter().chain(reservations).chain(payments).chain(cars);
    let row = Row { pay_status: None, car_name: None, car_status: None, ..expected() };
    assert_eq!(shown(Id(1), &page(heard)), Shown::Listed(row));
}

#[test]
fn a_row_needs_its_room_and_goes_with_it_for_good() {
    let [rooms, reservations, ..] = sources();
    assert_eq!(shown(Id(1), &page(reservations.clone())), Shown::Hidden);
    let deleted = Heard::Room(5, room::Published::RoomDeleted(of_room(Offered::Available, None)));
    let heard = rooms.into_iter().chain([deleted]).chain(reservations);
    assert_eq!(shown(Id(1), &page(heard)), Shown::Hidden);
}

#[test]
fn a_review_changes_no_column() {
    let text = review::Text { review_id: Id(5), room_id: Id(1), content: "quiet".into() };
    let said = review::Published::ReviewCreated(text);
    assert_eq!((said.name(), review(page([]), said, &at(1))), ("ReviewCreated", page([])));
}

#[test]
fn a_page_is_stored_and_read_back() {
    let page = page(sources().into_iter().flatten());
    let stored = kernel::serde_json::to_string(&page).expect("plain data");
    assert_eq!(kernel::serde_json::from_str::<Page>(&stored).ok(), Some(page));
}
