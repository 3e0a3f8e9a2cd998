//! What payment does for a call, as call-taxi names it.
use super::*;
use kernel::{Aggregate, Won, fold};
use payment::{Event, Payment, Refusal};

type Fare = Payment<Published>;

fn bill() -> Bill<()> {
    Bill { key: Id(1), amount: Won(15_000), details: () }
}

fn held() -> Event<Published> {
    Event::Held(bill())
}

fn paid() -> Event<Published> {
    Event::Taken(Published::FarePaid { pay_id: Id(1), call_id: Id(1), fare: Won(15_000) })
}

fn refunded() -> Event<Published> {
    Event::Refunded(Published::FareRefunded { pay_id: Id(1), call_id: Id(1), fare: Won(15_000) })
}

fn given(events: impl IntoIterator<Item = Event<Published>>) -> Fare {
    fold(events)
}

#[test]
fn a_fare_is_held_then_taken_then_refunded() {
    assert_eq!(given([]).decide(Command::Hold(bill())), Ok(vec![held()]));
    assert_eq!(given([held()]).decide(Command::Take), Ok(vec![paid()]));
    assert_eq!(given([held(), paid()]).decide(Command::Refund), Ok(vec![refunded()]));
}

#[test]
fn a_fare_of_a_call_that_failed_is_voided() {
    assert_eq!(given([held()]).decide(Command::Void), Ok(vec![Event::Voided]));
    assert_eq!(given([held(), Event::Voided]).decide(Command::Void), Ok(vec![]));
    assert_eq!(given([held(), paid()]).decide(Command::Void), Err(Refusal::AlreadyTaken));
}

#[test]
fn a_fare_is_held_once_and_refunded_once() {
    assert_eq!(given([held()]).decide(Command::Hold(bill())), Err(Refusal::AlreadyHeld));
    assert_eq!(given([held(), paid(), refunded()]).decide(Command::Refund), Ok(vec![]));
    assert_eq!(given([]).decide(Command::Refund), Err(Refusal::NothingHeld));
    assert_eq!(given([]).decide(Command::Take), Err(Refusal::NothingHeld));
}

#[test]
fn a_call_that_failed_is_never_charged() {
    let ride = call::tests::ride();
    assert!(when_call(call::Published::CallPayFailed(ride.at(call::Status::PayFailed))).0.is_none());
}
