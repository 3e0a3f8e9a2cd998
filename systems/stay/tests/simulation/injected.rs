//! Faults injected on purpose, one at a time: a simulation that does not find them proves nothing.
use super::clients::{simulation, simulation_of, system};
use kernel::{Aggregate as _, System, nothing};
use payment::Payment;
use stay::bookable::{Command, Thing, Use};
use stay::payment::Published as PaymentPublished;
use stay::rentcar::Car;
use stay::reservation::{self, Published, Reservation};
use stay::room::{self, Room};
use stay::viewpage::Page;
use testkit::exchange::Exchange;
use testkit::simulation::ProtocolFault;
use testkit::{finds, finds_ownership_faults, finds_protocol_faults};

finds_protocol_faults!(simulation());
finds_ownership_faults!(simulation());

finds! {
    a_request_refused_for_what_it_holds_itself: simulation().replicas(3).inject(ProtocolFault::GhostHoldRefuses), within 6000;
}

finds! {
    a_stream_that_tells_everybody_which_room_a_reservation_has_left: simulation().with_people().inject(ProtocolFault::LeavingToldToAll), within 1000;
    a_stream_that_ignores_whose_rows_are: simulation().with_people().inject(ProtocolFault::FollowsAllRows), within 200;
}

finds! {
    a_room_booked_twice: simulation_of(booked_twice()), within 500;
    a_car_held_although_payment_refused: simulation_of(car_not_voided()), within 500;
    a_room_held_although_payment_refused: simulation_of(room_not_voided()), within 500;
    a_cancel_that_frees_the_room_and_not_the_car: simulation_of(car_kept()), within 500;
    a_confirmation_that_leaves_the_room_on_hold: simulation_of(left_on_hold()), within 500;
    a_cancel_that_gives_no_money_back: simulation_of(not_refunded()), within 500;
    a_cancel_overtaken_by_its_confirmation: simulation_of(confirmed_after_all()), within 2000;
    a_column_with_two_sources: simulation_of(two_sources()), within 500;
}

fn booked_twice() -> System {
    system().with_rule::<Thing<Room>>(|room, command| match (command, room) {
        (Command::Hold { by }, Thing::Offered(_, Use::Held(_) | Use::Reserved(_))) => {
            Ok(vec![room::Event::RoomHeld { by }])
        }
        (command, room) => room.decide(command),
    })
}

fn car_not_voided() -> System {
    system().with_rule::<Thing<Car>>(|car, command| match (command, car) {
        (Command::Void { .. }, Thing::Offered(..)) => Ok(vec![]),
        (command, car) => car.decide(command),
    })
}

fn room_not_voided() -> System {
    system().with_rule::<Thing<Room>>(|room, command| match (command, room) {
        (Command::Void { .. }, Thing::Offered(..)) => Ok(vec![]),
        (command, room) => room.decide(command),
    })
}

fn car_kept() -> System {
    system().with_policy::<Published, Thing<Car>>(|event, rest| match event {
        Published::ReservationCancelled(_) => nothing(),
        event @ (Published::ReservationCreated(_) | Published::ReservationConfirmed(_)) => rest(event),
        event @ Published::ReservationCancelRequested(_) => rest(event),
    })
}

/// Nothing is uneven: the room is held for its reservation for ever, and never said to be reserved.
fn left_on_hold() -> System {
    system().with_policy::<Published, Thing<Room>>(|event, rest| match event {
        Published::ReservationConfirmed(_) => nothing(),
        event @ (Published::ReservationCreated(_) | Published::ReservationCancelled(_)) => rest(event),
        event @ Published::ReservationCancelRequested(_) => rest(event),
    })
}

fn not_refunded() -> System {
    system().with_rule::<Payment<PaymentPublished>>(|payment, command| match (command, payment) {
        (payment::Command::Refund, Payment::Approved(_)) => Ok(vec![]),
        (command, payment) => payment.decide(command),
    })
}

fn confirmed_after_all() -> System {
    system().with_rule::<Reservation>(|reservation, command| match (command, reservation) {
        (reservation::Command::Confirm, Reservation::CancelRequested(booking)) => {
            Ok(vec![reservation::Event::ReservationConfirmed(booking.clone())])
        }
        (command, reservation) => reservation.decide(command),
    })
}

/// The row takes payment's word only where it has heard of the reservation before.
fn two_sources() -> System {
    system().with_deaf_view::<Page>("roomviews", "payment", |page| page.reservation.is_none())
}

/// The trials of a saga can fail too: the car stays held.
mod on_trial {
    use super::super::RESERVE;
    use super::super::sagas::OFFERED;
    use super::{car_not_voided, simulation_of};
    use testkit::simulation::Trial;

    fn reserving() -> Trial {
        Trial::new(simulation_of(car_not_voided()), OFFERED, RESERVE)
    }

    #[test]
    #[should_panic(expected = "conserved: rentcar")]
    fn a_hold_left_behind_by_a_refusal() {
        reserving().refused_or_unanswered_it_leaves_nothing();
    }

    #[test]
    #[should_panic(expected = "conserved: rentcar")]
    fn a_hold_left_behind_by_a_late_question() {
        reserving().repeated_and_in_the_wrong_order_it_happens_once();
    }

    #[test]
    #[should_panic(expected = "conserved: rentcar")]
    fn a_hold_left_behind_by_a_crash() {
        reserving().crashed_after_each_step_it_happens_or_not();
    }
}

/// A test that fails reports the few things that matter, in the system's own names.
#[test]
fn a_failing_lifetime_is_reported_short() {
    simulation_of(booked_twice()).reports_short(&["POST /rooms", "POST /reservations", "RoomHeld", "conserved: room"]);
}
