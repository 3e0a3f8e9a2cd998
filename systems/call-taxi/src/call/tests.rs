//! Given what happened to a call, when it is told to, then this happens or is refused.
use super::*;
use Status::{Cancelled, PayFailed, Requested};
use kernel::{Aggregate, Body, EmptyReader, Form, FormLimits, fold, serde_json};

pub(crate) fn ride() -> Ride {
    let distance = distance("1.5").expect("a distance");
    Ride { call_id: Id(1), user_id: "kim".into(), user_name: "Kim".into(), distance, fare: Won(15_000) }
}

fn placed() -> Event {
    Event::CallPlaced(ride().at(Requested))
}

fn cancelled() -> Event {
    Event::CallCancelled(ride().at(Cancelled))
}

fn failed() -> Event {
    Event::CallPayFailed(ride().at(PayFailed))
}

fn given(events: impl IntoIterator<Item = Event>) -> Call {
    fold(events)
}

#[test]
fn a_paid_call_is_placed() {
    assert_eq!(given([]).decide(Command::Place(ride())), Ok(vec![placed()]));
}

#[test]
fn a_call_is_placed_once() {
    assert_eq!(given([placed()]).decide(Command::Place(ride())), Err(Refusal::AlreadyCalled));
}

#[test]
fn an_unpaid_call_is_kept_as_failed() {
    assert_eq!(given([]).decide(Command::Fail(ride())), Ok(vec![failed()]));
    assert_eq!(shown(Id(1), &given([failed()])), row(PayFailed));
}

#[test]
fn a_call_that_was_placed_does_not_fail() {
    assert_eq!(given([placed()]).decide(Command::Fail(ride())), Err(Refusal::AlreadyCalled));
}

#[test]
fn a_call_is_cancelled_before_and_after_its_drive_started() {
    assert_eq!(given([placed()]).decide(Command::Cancel), Ok(vec![cancelled()]));
    assert_eq!(given([placed(), Event::CallStarted]).decide(Command::Cancel), Ok(vec![cancelled()]));
}

#[test]
fn a_second_cancel_changes_nothing() {
    assert_eq!(given([placed(), cancelled()]).decide(Command::Cancel), Ok(vec![]));
}

#[test]
fn what_is_complete_failed_or_unknown_is_not_cancelled() {
    let complete = [placed(), Event::CallStarted, Event::CallCompleted];
    assert_eq!(given(complete).decide(Command::Cancel), Err(Refusal::AlreadyComplete));
    assert_eq!(given([failed()]).decide(Command::Cancel), Err(Refusal::NeverPaid));
    assert_eq!(given([]).decide(Command::Cancel), Err(Refusal::UnknownCall));
}

#[test]
fn a_call_follows_its_drive() {
    assert_eq!(given([placed()]).decide(Command::Start), Ok(vec![Event::CallStarted]));
    assert_eq!(given([placed(), Event::CallStarted]).decide(Command::Start), Ok(vec![]));
    assert_eq!(given([placed(), Event::CallStarted]).decide(Command::Complete), Ok(vec![Event::CallCompleted]));
    assert_eq!(given([placed(), Event::CallCompleted]).decide(Command::Complete), Ok(vec![]));
    assert_eq!(given([]).decide(Command::Start), Err(Refusal::UnknownCall));
    assert_eq!(given([]).decide(Command::Complete), Err(Refusal::UnknownCall));
}

#[test]
fn a_cancelled_call_stays_cancelled_whatever_its_drive_does() {
    assert_eq!(given([placed(), cancelled()]).decide(Command::Start), Ok(vec![]));
    assert_eq!(given([placed(), cancelled()]).decide(Command::Complete), Ok(vec![]));
}

#[test]
fn a_row_tells_how_far_the_call_is() {
    assert_eq!(shown(Id(1), &given([])), Shown::Hidden);
    assert_eq!(shown(Id(1), &given([placed()])), row(Requested));
    assert_eq!(shown(Id(1), &given([placed(), Event::CallStarted])), row(Status::Started));
    assert_eq!(shown(Id(1), &given([placed(), Event::CallCompleted])), row(Status::Complete));
    assert_eq!(shown(Id(1), &given([placed(), cancelled()])), row(Cancelled));
}

fn row(call_status: Status) -> Shown<Called> {
    Shown::Listed(ride().at(call_status))
}

#[test]
fn a_fare_is_exact() {
    let fare = |text: &str| distance(text).and_then(|distance| distance.times(FARE_OF_ONE));
    assert_eq!(fare("100"), Some(Won(1_000_000)));
    assert_eq!(fare("100.1"), Some(Won(1_001_000)));
    assert_eq!(fare("0.0001"), Some(Won(1)));
    assert_eq!(fare("900719925474.0991"), Some(Won((1 << 53) - 1)));
}

#[test]
fn a_fare_nobody_can_pay_is_refused() {
    let asked = |text: &str| {
        let body = Order { user_id: "kim".into(), user_name: "Kim".into(), distance: distance(text)? };
        Some(
            order(&Request { id: Id(1), body: &body, local: &EmptyReader, at: kernel::Timestamp(0) })
                .map(|ride| ride.fare),
        )
    };
    assert_eq!(asked("900719925474.0991"), Some(Ok(Won((1 << 53) - 1))));
    assert_eq!(asked("900719925474.0992"), Some(Err(Refusal::FareTooHigh)));
    assert_eq!(asked("1000000000000"), Some(Err(Refusal::FareTooHigh)));
}

/// A distance as a customer sends it.
fn distance(text: &str) -> Option<Decimal> {
    let sent = format!(r#"{{"userId":"kim","userName":"Kim","distance":{text}}}"#);
    let body = Body { fields: serde_json::from_str(&sent).ok()?, limits: FormLimits { text_chars_max: 1000 } };
    Order::read(&body).ok().map(|order| order.distance)
}
