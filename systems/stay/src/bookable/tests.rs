//! Given what happened to a room or a car, when it is told to, then this happens or is refused. Both keep the same rules.
use super::*;
use crate::rentcar::{self, Car};
use crate::room::{self, Edit, Room};
use kernel::{Aggregate, fold};

const GUEST: Id = Id(7);
const OTHER: Id = Id(8);
const ROOM: Id = Id(1);

fn room() -> Offer<Room> {
    Offer::new(Room { room_id: ROOM, desc: "sea view".into(), review_cnt: 0 }, Some(Won(50_000)))
}

fn car() -> Offer<Car> {
    Offer::new(Car { car_id: Id(3), car_name: "K5".into(), room_id: None }, Some(Won(30_000)))
}

fn reserved<D: Bookable>(offer: Offer<D>) -> Happened<D> {
    Happened::Reserved(offer.with_booking((GUEST, ROOM), Status::Reserved, Action::Reserved))
}

fn cancelled<D: Bookable>(offer: Offer<D>) -> Happened<D> {
    Happened::Cancelled(offer.with_booking((GUEST, ROOM), Status::Available, Action::Cancelled))
}

fn deleted<D: Bookable>(offer: Offer<D>) -> Happened<D> {
    Happened::Deleted(Offer { last_action: Action::Delete, ..offer })
}

fn given<D: Bookable>(happened: impl IntoIterator<Item = Happened<D>>) -> Thing<D> {
    fold(happened.into_iter().map(D::Event::from))
}

fn free<D: Bookable>(offer: &Offer<D>) -> Thing<D> {
    given([Happened::Registered(offer.clone())])
}

fn held<D: Bookable>(offer: &Offer<D>) -> Thing<D> {
    given([Happened::Registered(offer.clone()), Happened::Held { by: GUEST }])
}

fn taken<D: Bookable>(offer: &Offer<D>) -> Thing<D> {
    given([Happened::Registered(offer.clone()), Happened::Held { by: GUEST }, reserved(offer.clone())])
}

fn gone<D: Bookable>(offer: &Offer<D>) -> Thing<D> {
    given([Happened::Registered(offer.clone()), deleted(offer.clone())])
}

const HOLD: fn(Id) -> Command<Room> = |by| Command::Hold { by };
const VOID: fn(Id) -> Command<Room> = |by| Command::Void { by };
const RESERVE: fn(Id) -> Command<Room> = |by| Command::Reserve { by, room_id: ROOM };
const FREE: fn(Id) -> Command<Room> = |by| Command::Free { by, room_id: ROOM };

#[test]
fn what_is_registered_is_offered_once() {
    let registered = room::Event::RoomRegistered(room());
    assert_eq!(given([]).decide(Command::Register(room())), Ok(vec![registered]));
    assert_eq!(free(&room()).decide(Command::Register(room())), Err(Refusal::AlreadyRegistered));
    assert_eq!(given([]).decide(Command::Register(car())), Ok(vec![rentcar::Event::CarRegistered(car())]));
}

#[test]
fn without_a_price_it_is_free_of_charge() {
    assert_eq!(Offer::new(room().details, None).price, Won::ZERO);
}

#[test]
fn one_guest_holds_it_and_the_others_are_refused() {
    assert_eq!(free(&room()).decide(HOLD(GUEST)), Ok(vec![room::Event::RoomHeld { by: GUEST }]));
    assert_eq!(held(&room()).decide(HOLD(OTHER)), Err(Refusal::RoomNotAvailable));
    assert_eq!(taken(&room()).decide(HOLD(OTHER)), Err(Refusal::RoomNotAvailable));
    assert_eq!(given([]).decide(HOLD(GUEST)), Err(Refusal::UnknownRoom));
    assert_eq!(gone(&room()).decide(HOLD(GUEST)), Err(Refusal::UnknownRoom));
    assert_eq!(free(&car()).decide(Command::Hold { by: GUEST }), Ok(vec![rentcar::Event::CarHeld { by: GUEST }]));
    assert_eq!(held(&car()).decide(Command::Hold { by: OTHER }), Err(Refusal::CarNotAvailable));
    assert_eq!(gone(&car()).decide(Command::Hold { by: OTHER }), Err(Refusal::UnknownCar));
}

#[test]
fn only_its_holder_gives_a_hold_back() {
    assert_eq!(held(&room()).decide(VOID(GUEST)), Ok(vec![room::Event::RoomVoided]));
    assert_eq!(held(&room()).decide(VOID(OTHER)), Ok(vec![]));
    assert_eq!(held(&car()).decide(Command::Void { by: GUEST }), Ok(vec![rentcar::Event::CarVoided]));
    for state in [given([]), free(&room()), taken(&room()), gone(&room())] {
        assert_eq!(state.decide(VOID(GUEST)), Ok(vec![]));
    }
    assert_eq!(given([Happened::Registered(room()), Happened::Held { by: GUEST }, Happened::Voided]), free(&room()));
}

#[test]
fn what_is_held_is_reserved_for_its_holder() {
    assert_eq!(held(&room()).decide(RESERVE(GUEST)), Ok(vec![reserved(room()).into()]));
    assert_eq!(held(&car()).decide(Command::Reserve { by: GUEST, room_id: ROOM }), Ok(vec![reserved(car()).into()]));
    for state in [given([]), free(&room()), taken(&room()), gone(&room())] {
        assert_eq!(state.decide(RESERVE(GUEST)), Ok(vec![]));
    }
    assert_eq!(held(&room()).decide(RESERVE(OTHER)), Ok(vec![]));
}

#[test]
fn it_is_freed_for_its_guest_only() {
    assert_eq!(taken(&room()).decide(FREE(GUEST)), Ok(vec![cancelled(room()).into()]));
    assert_eq!(held(&room()).decide(FREE(GUEST)), Ok(vec![cancelled(room()).into()]));
    assert_eq!(taken(&room()).decide(FREE(OTHER)), Ok(vec![]));
    for state in [given([]), free(&room()), gone(&room())] {
        assert_eq!(state.decide(FREE(GUEST)), Ok(vec![]));
    }
    let freed = given([Happened::Registered(car()), Happened::Held { by: GUEST }, cancelled(car())]);
    let as_before = Offer { last_action: Action::Cancelled, ..car() };
    assert_eq!(freed, Thing::Offered(as_before, Use::Free));
}

#[test]
fn a_change_keeps_the_hold() {
    let change = || Command::Edit(Edit::Modify { desc: Some("city view".into()), price: Some(Won(1)) });
    let mut changed = room();
    (changed.details.desc, changed.price, changed.last_action) = ("city view".into(), Won(1), Action::Modify);
    let modified = room::Event::RoomModified(changed.clone());
    assert_eq!(held(&room()).decide(change()), Ok(vec![modified.clone()]));
    assert_eq!(held(&room()).evolve(modified.clone()), Thing::Offered(changed, Use::Held(GUEST)));
    assert_eq!(free(&room()).evolve(modified).decide(change()), Ok(vec![]));
    assert_eq!(given([]).decide(change()), Err(Refusal::UnknownRoom));
    assert_eq!(gone(&room()).decide(change()), Err(Refusal::UnknownRoom));
}

#[test]
fn reviews_are_counted_while_the_room_is_there() {
    let note = |more| Command::Note(Edit::Reviews(more));
    let mut reviewed = room();
    (reviewed.details.review_cnt, reviewed.last_action) = (1, Action::Review);
    assert_eq!(free(&room()).decide(note(1)), Ok(vec![room::Event::RoomModified(reviewed)]));
    assert_eq!(gone(&room()).decide(note(-1)), Ok(vec![]));
    assert_eq!(given([]).decide(note(1)), Ok(vec![]));
}

#[test]
fn only_what_is_free_is_deleted_and_it_never_comes_back() {
    assert_eq!(free(&room()).decide(Command::Delete), Ok(vec![deleted(room()).into()]));
    assert_eq!(free(&car()).decide(Command::Delete), Ok(vec![deleted(car()).into()]));
    assert_eq!(held(&room()).decide(Command::Delete), Err(Refusal::RoomNotAvailable));
    assert_eq!(taken(&car()).decide(Command::Delete), Err(Refusal::CarNotAvailable));
    assert_eq!(gone(&room()).decide(Command::Delete), Err(Refusal::UnknownRoom));
    assert_eq!(given::<Room>([]).decide(Command::Delete), Err(Refusal::UnknownRoom));
    assert_eq!(gone(&room()).decide(Command::Register(room())), Err(Refusal::AlreadyRegistered));
}

#[test]
fn a_hold_is_not_shown_but_can_not_be_booked() {
    assert_eq!(shown(ROOM, &held(&room())), Shown::Listed(room()));
    assert_eq!(shown(ROOM, &gone(&room())), Shown::Hidden);
    assert_eq!(free(&room()).is_free(), Ok(true));
    assert_eq!(held(&room()).is_free(), Ok(false));
    assert_eq!(taken(&car()).is_free(), Ok(false));
    assert_eq!(gone(&car()).is_free(), Err(Refusal::UnknownCar));
}

#[test]
fn what_belongs_to_a_reservation_carries_its_key() {
    let key = |happened: Happened<Room>| Thing::<Room>::key(&happened.into(), ROOM);
    assert_eq!(key(Happened::Held { by: GUEST }), GUEST);
    assert_eq!(key(reserved(room())), GUEST);
    assert_eq!(key(cancelled(room())), GUEST);
    for of_its_own in [Happened::Registered(room()), Happened::Modified(room()), Happened::Voided, deleted(room())] {
        assert_eq!(key(of_its_own), ROOM);
    }
}

#[test]
fn room_and_car_follow_their_reservation() {
    use crate::reservation::{Published, Status, tests::booking};
    let room = |said| format!("{:?}", when_reservation::<Room>(said).0);
    let car = |said| format!("{:?}", when_reservation::<Car>(said).0);
    let confirmed = || Published::ReservationConfirmed(booking(Status::Reserved));
    let cancelled = || Published::ReservationCancelled(booking(Status::Cancelled));
    assert_eq!(room(confirmed()), "Some((Id(1), Reserve { by: Id(7), room_id: Id(1) }))");
    assert_eq!(car(confirmed()), "Some((Id(3), Reserve { by: Id(7), room_id: Id(1) }))");
    assert_eq!(room(cancelled()), "Some((Id(1), Free { by: Id(7), room_id: Id(1) }))");
    let without_car = Published::ReservationConfirmed(Booking { car_id: None, ..booking(Status::Reserved) });
    assert_eq!(car(without_car), "None");
    assert_eq!(room(Published::ReservationCreated(booking(Status::ReqReserve))), "None");
    assert_eq!(room(Published::ReservationCancelRequested(booking(Status::ReqCancel))), "None");
}

#[test]
fn its_books_name_whose_it_is() {
    let of = |thing: Thing<Car>| entries(Id(3), &thing);
    assert_eq!(of(held(&car())), [Entry::new("rentcar", GUEST, -3)]);
    assert_eq!(of(taken(&car())), [Entry::new("rentcar", GUEST, -3)]);
    assert_eq!(of(free(&car())), []);
}

#[test]
fn a_state_is_stored_and_read_back() {
    for state in [given([]), free(&car()), held(&car()), taken(&car()), gone(&car())] {
        let stored = kernel::serde_json::to_string(&state).expect("plain data");
        assert_eq!(kernel::serde_json::from_str::<Thing<Car>>(&stored).ok(), Some(state));
    }
}
