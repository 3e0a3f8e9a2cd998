//! What call-taxi's drives are called, who drives, and how far.
use super::*;
use fulfilment::{Happened, Naming as _};
use kernel::{Aggregate, fold};

const FARE: Won = Won(15_000);
const TOO_FAR: Won = Won(1_000_001);

fn taxi() -> Taxi {
    Taxi::new(Id(1), FARE)
}

#[test]
fn a_taxi_has_the_first_four_digits() {
    let of = |id| (Taxi::new(Id(id), FARE).taxi_num, Taxi::new(Id(id), FARE).driver_name);
    assert_eq!(of(1), ("1111".into(), "driver1111".into()));
    assert_eq!(of(12), ("1333".into(), "driver1333".into()));
}

#[test]
fn no_taxi_drives_too_far() {
    assert!(Taxi::new(Id(1), FARE_MAX).available() && !Taxi::new(Id(1), TOO_FAR).available());
    let called: Drive = fold([Event::TaxiFound(Taxi::new(Id(1), TOO_FAR))]);
    let not_available = Event::DriveNotAvailable(Taxi::new(Id(1), TOO_FAR).at(Status::Cancelled));
    assert_eq!(called.decide(Command::Release), Ok(vec![Event::TaxiReleased, not_available]));
}

#[test]
fn every_word_of_its_own_is_read_as_it_was_said() {
    let events = [
        Event::DriveStarted(taxi().at(Status::Started)),
        Event::DriveNotAvailable(taxi().at(Status::Cancelled)),
        Event::DriveCancelled(taxi().at(Status::Cancelled)),
        Event::DriveEnded(taxi().at(Status::Ended)),
        Event::StopHeld,
        Event::StopLifted,
        Event::TaxiFound(taxi()),
        Event::TaxiReleased,
        Event::DriveForgone,
    ];
    for event in events {
        assert_eq!(Event::from(Happened::from(event.clone())), event);
    }
}
