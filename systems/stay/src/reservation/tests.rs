//! Given what happened to a reservation, when it is told to, then this happens or is refused.
use super::*;
use kernel::serde_json::{json, to_value};
use kernel::{Aggregate, EmptyReader, Timestamp, fold};

pub(crate) fn booking(status: Status) -> Booking {
    let (room_id, car_id, customer) = (Id(1), Some(Id(3)), Some("kim".into()));
    Booking { rsv_id: Id(7), room_id, car_id, customer, status, pay_id: Id(7), amount: Won(80_000) }
}

fn created() -> Event {
    Event::ReservationCreated(booking(Status::ReqReserve))
}

fn confirmed() -> Event {
    Event::ReservationConfirmed(booking(Status::Reserved))
}

fn cancel_requested() -> Event {
    Event::ReservationCancelRequested(booking(Status::ReqCancel))
}

fn cancelled() -> Event {
    Event::ReservationCancelled(booking(Status::Cancelled))
}

fn given(events: impl IntoIterator<Item = Event>) -> Reservation {
    fold(events)
}

#[test]
fn what_is_held_and_paid_is_reserved() {
    let create = || Command::Create(booking(Status::ReqReserve));
    assert_eq!(given([]).decide(create()), Ok(vec![created()]));
    assert_eq!(given([created()]).decide(create()), Err(Refusal::AlreadyCreated));
    assert_eq!(given([created(), confirmed()]).decide(create()), Err(Refusal::AlreadyCreated));
}

#[test]
fn what_costs_nothing_goes_the_way_of_all_others() {
    let gratis = |status| Booking { amount: Won::ZERO, ..booking(status) };
    let created = || Event::ReservationCreated(gratis(Status::ReqReserve));
    assert_eq!(given([]).decide(Command::Create(gratis(Status::ReqReserve))), Ok(vec![created()]));
    assert!(payment::hold(&gratis(Status::ReqReserve)).is_some());
    let requested = Event::ReservationCancelRequested(gratis(Status::ReqCancel));
    assert_eq!(given([created()]).decide(Command::RequestCancel), Ok(vec![requested]), "payment ends it");
}

#[test]
fn more_than_can_be_paid_is_refused() {
    let held = |price| Held { price: Won(price) };
    let nothing = Booking { amount: Won::ZERO, ..booking(Status::ReqReserve) };
    let most = priced(nothing, held(Won::MAX.0));
    assert!(payment::hold(&most).is_some());
    assert_eq!(given([]).decide(Command::Create(most.clone())).map(|events| events.len()), Ok(1));
    for price in [1, Won::MAX.0] {
        let sum = priced(most.clone(), held(price));
        assert!(payment::hold(&sum).is_none());
        assert_eq!(given([]).decide(Command::Create(sum)), Err(Refusal::TooExpensive));
    }
}

#[test]
fn a_payment_confirms_unless_a_cancel_came_first() {
    assert_eq!(given([created()]).decide(Command::Confirm), Ok(vec![confirmed()]));
    assert_eq!(given([created(), confirmed()]).decide(Command::Confirm), Ok(vec![]));
    assert_eq!(given([created(), cancel_requested()]).decide(Command::Confirm), Ok(vec![]));
    assert_eq!(given([created(), cancel_requested(), cancelled()]).decide(Command::Confirm), Ok(vec![]));
    assert_eq!(given([]).decide(Command::Confirm), Err(Refusal::UnknownReservation));
}

#[test]
fn a_guest_cancels_at_any_time() {
    assert_eq!(given([created()]).decide(Command::RequestCancel), Ok(vec![cancel_requested()]));
    assert_eq!(given([created(), confirmed()]).decide(Command::RequestCancel), Ok(vec![cancel_requested()]));
    assert_eq!(given([created(), cancel_requested()]).decide(Command::RequestCancel), Ok(vec![]));
    assert_eq!(given([created(), cancel_requested(), cancelled()]).decide(Command::RequestCancel), Ok(vec![]));
    assert_eq!(given([]).decide(Command::RequestCancel), Err(Refusal::UnknownReservation));
}

#[test]
fn it_is_cancelled_when_the_money_is_back() {
    assert_eq!(given([created(), cancel_requested()]).decide(Command::Cancel), Ok(vec![cancelled()]));
    assert_eq!(given([created(), cancel_requested(), cancelled()]).decide(Command::Cancel), Ok(vec![]));
    assert_eq!(given([created(), confirmed()]).decide(Command::Cancel), Ok(vec![cancelled()])); // whatever gave it back
    assert_eq!(given([]).decide(Command::Cancel), Err(Refusal::UnknownReservation));
}

#[test]
fn a_client_may_only_cancel() {
    let asked = |status: &str| {
        let body = Change { status: status.into() };
        let request = Request { id: Id(7), body: &body, local: &EmptyReader, at: Timestamp(0) };
        change(&request).map(|then| format!("{:?}", then.0))
    };
    assert_eq!(asked("reqCancel"), Ok("Some((Id(7), RequestCancel))".into()));
    assert_eq!(asked("reserved"), Err(Refusal::StatusNotYours));
}

#[test]
fn an_event_reads_as_the_page_says() {
    let expected = json!({"eventType": "ReservationCreated", "rsvId": 7, "roomId": 1, "carId": 3, "customer": "kim",
        "status": "reqReserve", "payId": 7, "amount": 80_000});
    assert_eq!(to_value(created()).ok(), Some(expected));
}

#[test]
fn it_follows_its_payment() {
    let (rsv_id, room_id, status) = (Id(7), Id(1), payment::Status::Paid);
    let paid = payment::Paid { pay_id: rsv_id, rsv_id, room_id, car_id: None, amount: Won(1), status };
    let follows = |said| format!("{:?}", when_payment(said).0);
    assert_eq!(follows(payment::Published::PaymentApproved(paid.clone())), "Some((Id(7), Confirm))");
    assert_eq!(follows(payment::Published::PaymentCancelled(paid)), "Some((Id(7), Cancel))");
}

#[test]
fn its_books_name_what_it_has() {
    let entries = |event: fn() -> Event| entries(Id(7), &given([event()])).iter().map(|e| e.amount).collect::<Vec<_>>();
    assert_eq!(entries(confirmed), [80_000, 1, 3]);
    assert_eq!(entries(cancelled), Vec::<i64>::new());
}
