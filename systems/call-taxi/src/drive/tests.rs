//! Given what happened to a drive, when it is told to, then this happens or is refused.
use super::*;
use kernel::fold;

const FARE: Won = Won(15_000);
const TOO_FAR: Won = Won(1_000_001);

fn taxi() -> Taxi {
    Taxi::of(Id(1), FARE)
}

fn started() -> Event {
    Event::DriveStarted(taxi().at(Status::Started))
}

fn ended() -> Event {
    Event::DriveEnded(taxi().at(Status::Ended))
}

fn cancelled() -> Event {
    Event::DriveCancelled(taxi().at(Status::Cancelled))
}

fn not_available() -> Event {
    Event::DriveNotAvailable(Taxi::of(Id(1), TOO_FAR).at(Status::Cancelled))
}

fn assign(fare: Won) -> Command {
    Command::Assign(Taxi::of(Id(1), fare))
}

fn found(fare: Won) -> Event {
    Event::TaxiFound(Taxi::of(Id(1), fare))
}

fn given(events: impl IntoIterator<Item = Event>) -> Drive {
    fold(events)
}

#[test]
fn a_taxi_has_the_first_four_digits() {
    let of = |id| (Taxi::of(Id(id), FARE).taxi_num, Taxi::of(Id(id), FARE).driver_name);
    assert_eq!(of(1), ("1111".into(), "driver1111".into()));
    assert_eq!(of(12), ("1333".into(), "driver1333".into()));
}

#[test]
fn a_paid_call_gets_a_drive() {
    assert_eq!(given([]).decide(assign(FARE)), Ok(vec![found(FARE), started()]));
    assert!(matches!(given([]).decide(assign(FARE_MAX)).as_deref(), Ok([_, Event::DriveStarted(_)])));
}

#[test]
fn no_taxi_drives_too_far() {
    assert_eq!(given([]).decide(assign(TOO_FAR)), Ok(vec![found(TOO_FAR), not_available()]));
}

#[test]
fn a_drive_is_assigned_once() {
    for before in [vec![started()], vec![started(), ended()], vec![not_available()], vec![started(), cancelled()]] {
        assert_eq!(given(before).decide(assign(FARE)), Ok(vec![]));
    }
}

#[test]
fn a_driver_ends_a_drive() {
    assert_eq!(given([started()]).decide(Command::End), Ok(vec![ended()]));
    assert_eq!(given([started(), ended()]).decide(Command::End), Ok(vec![]));
}

#[test]
fn what_is_unknown_or_cancelled_is_not_ended() {
    assert_eq!(given([]).decide(Command::End), Err(Refusal::UnknownDrive));
    assert_eq!(given([Event::StopHeld]).decide(Command::End), Err(Refusal::UnknownDrive));
    assert_eq!(given([Event::DriveForgone]).decide(Command::End), Err(Refusal::UnknownDrive));
    assert_eq!(given([not_available()]).decide(Command::End), Err(Refusal::DriveOff));
    assert_eq!(given([started(), cancelled()]).decide(Command::End), Err(Refusal::DriveOff));
}

#[test]
fn a_cancelled_call_cancels_its_drive() {
    assert_eq!(given([started()]).decide(Command::Cancel), Ok(vec![cancelled()]));
    assert_eq!(given([started(), Event::StopHeld]).decide(Command::Cancel), Ok(vec![cancelled()]));
    for over in [vec![started(), cancelled()], vec![not_available()], vec![started(), ended()]] {
        assert_eq!(given(over).decide(Command::Cancel), Ok(vec![]));
    }
}

#[test]
fn a_call_cancelled_before_its_drive_started_never_gets_one() {
    assert_eq!(given([]).decide(Command::Cancel), Ok(vec![Event::DriveForgone]));
    assert_eq!(given([Event::StopHeld]).decide(Command::Cancel), Ok(vec![Event::DriveForgone]));
    assert_eq!(given([Event::DriveForgone]).decide(Command::Cancel), Ok(vec![]));
    assert_eq!(given([Event::DriveForgone]).decide(assign(FARE)), Ok(vec![]));
}

#[test]
fn an_end_waits_while_a_stop_is_in_doubt() {
    assert_eq!(given([started()]).decide(Command::Stop), Ok(vec![Event::StopHeld]));
    assert_eq!(given([started(), Event::StopHeld]).decide(Command::End), Err(Refusal::StopInDoubt));
    assert_eq!(given([started(), Event::StopHeld, Event::StopLifted]).decide(Command::End), Ok(vec![ended()]));
}

#[test]
fn two_stops_are_lifted_one_by_one() {
    let held = [started(), Event::StopHeld, Event::StopHeld, Event::StopLifted];
    assert_eq!(given(held.clone()).decide(Command::End), Err(Refusal::StopInDoubt));
    assert_eq!(given(held).decide(Command::GoOn), Ok(vec![Event::StopLifted]));
    assert_eq!(given([started()]).decide(Command::GoOn), Ok(vec![]));
}

#[test]
fn what_has_ended_does_not_stop() {
    assert_eq!(given([started(), ended()]).decide(Command::Stop), Err(Refusal::DriveOver));
}

#[test]
fn what_never_drives_has_stopped_already() {
    for over in [vec![not_available()], vec![started(), cancelled()], vec![Event::DriveForgone]] {
        assert_eq!(given(over.clone()).decide(Command::Stop), Ok(vec![]));
        assert_eq!(given(over).decide(Command::GoOn), Ok(vec![]));
    }
}

#[test]
fn a_call_paid_while_a_stop_is_in_doubt_gets_its_drive_when_the_stop_is_lifted() {
    assert_eq!(given([Event::StopHeld]).decide(assign(FARE)), Ok(vec![found(FARE)]));
    let held = [Event::StopHeld, found(FARE)];
    assert_eq!(given(held.clone()).decide(assign(FARE)), Ok(vec![]));
    assert_eq!(given(held.clone()).decide(Command::GoOn), Ok(vec![Event::StopLifted, started()]));
    assert_eq!(given(held).decide(Command::Cancel), Ok(vec![Event::DriveForgone]));
}

#[test]
fn a_stop_lifted_before_the_fare_is_paid_leaves_nothing() {
    assert_eq!(given([Event::StopHeld]).decide(Command::GoOn), Ok(vec![Event::StopLifted]));
    assert_eq!(given([Event::StopHeld, Event::StopLifted]), Drive::default());
}

#[test]
fn a_row_tells_how_far_the_drive_is() {
    let status = |events: Vec<Event>| match shown(Id(1), &given(events)) {
        Shown::Listed(row) => Some(row.drive_status),
        Shown::ById(_) | Shown::Hidden => None,
    };
    assert_eq!(status(vec![Event::StopHeld]), None);
    assert_eq!(status(vec![started()]), Some(Status::Started));
    assert_eq!(status(vec![started(), ended()]), Some(Status::Ended));
    assert_eq!(status(vec![started(), cancelled()]), Some(Status::Cancelled));
    assert_eq!(status(vec![not_available()]), Some(Status::Cancelled));
}
