//! A car as others read it, and how it is changed.
use super::*;
use kernel::serde_json::{json, to_value};

fn car() -> Offer<Car> {
    Offer::new(Car { car_id: Id(3), car_name: "K5".into(), room_id: None }, Some(Won(30_000)))
}

#[test]
fn an_event_reads_as_the_page_says() {
    let expected = json!({"eventType": "CarRegistered", "carId": 3, "carName": "K5", "price": 30_000,
        "status": "available", "lastAction": "register", "roomId": null, "rsvId": null});
    assert_eq!(to_value(Event::CarRegistered(car())).ok(), Some(expected));
}

#[test]
fn a_change_changes_what_it_names() {
    let edited = Car::edited(car(), Modify { car_name: Some("K7".into()), price: None });
    assert_eq!(
        (edited.details.car_name.as_str(), edited.price, edited.last_action),
        ("K7", Won(30_000), Action::Modify)
    );
    let edited = Car::edited(car(), Modify { car_name: None, price: Some(Won(0)) });
    assert_eq!((edited.details.car_name.as_str(), edited.price), ("K5", Won(0)));
}

#[test]
fn every_word_is_the_car_s_own() {
    let happened = [
        Happened::Registered(car()),
        Happened::Modified(car()),
        Happened::Held { by: Id(2) },
        Happened::Voided,
        Happened::Reserved(car()),
        Happened::Cancelled(car()),
        Happened::Deleted(car()),
    ];
    for happened in happened {
        assert_eq!(Happened::from(Event::from(happened.clone())), happened);
    }
}
