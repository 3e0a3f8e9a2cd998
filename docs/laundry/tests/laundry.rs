//! The example works: nothing is declared wrongly, and its rules say what the page says.
use kernel::{Aggregate, Id, Settings, Won};
use laundry::wash::{Command, Event, Order, Refusal, Wash};

fn order() -> Order {
    Order { wash_id: Id(1), customer: "kim".into(), pieces: 2, price: Won(8_000) }
}

/// The wash after these events.
fn given(events: &[Event]) -> Wash {
    events.iter().cloned().fold(Wash::default(), Wash::evolve)
}

#[test]
fn nothing_is_declared_wrongly() {
    let system = laundry::system(&Settings::defaults(laundry::SETTINGS));
    assert_eq!(system.flaws(), []);
}

#[test]
fn a_wash_is_ordered_finished_or_cancelled() {
    let ordered = given(&[Event::WashOrdered(order())]);
    assert_eq!(Wash::New.decide(Command::Order(order())), Ok(vec![Event::WashOrdered(order())]));
    assert_eq!(ordered.decide(Command::Finish), Ok(vec![Event::WashFinished { wash_id: Id(1) }]));
    assert_eq!(ordered.decide(Command::Cancel), Ok(vec![Event::WashCancelled { wash_id: Id(1) }]));
    assert_eq!(ordered.decide(Command::Order(order())), Err(Refusal::AlreadyOrdered));
}

#[test]
fn what_is_washed_can_not_be_cancelled_and_what_is_cancelled_can_not_be_washed() {
    let finished = given(&[Event::WashOrdered(order()), Event::WashFinished { wash_id: Id(1) }]);
    let cancelled = given(&[Event::WashOrdered(order()), Event::WashCancelled { wash_id: Id(1) }]);
    assert_eq!(finished.decide(Command::Cancel), Err(Refusal::AlreadyWashed));
    assert_eq!(cancelled.decide(Command::Finish), Err(Refusal::Cancelled));
    assert_eq!(finished.decide(Command::Finish), Ok(vec![]));
    assert_eq!(cancelled.decide(Command::Cancel), Ok(vec![]));
    assert_eq!(Wash::New.decide(Command::Cancel), Err(Refusal::UnknownWash));
}

/// What follows from each event, as the board draws it.
#[test]
fn whenever_a_wash_is_ordered_payment_takes_what_it_holds() {
    let system = laundry::system(&Settings::defaults(laundry::SETTINGS));
    let board = kernel::board::of(&system).text();
    assert!(board.contains("saga       order a wash: hold the price (payment)"), "{board}");
    assert!(board.contains("whenever   wash.WashOrdered then Take"), "{board}");
    assert!(board.contains("whenever   wash.WashCancelled then Refund"), "{board}");
}
