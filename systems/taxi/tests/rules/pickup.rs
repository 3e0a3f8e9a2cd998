//! pickup: listed, picked, given back, closed.
use kernel::{Id, Won};
use taxi::pickup::{Command, Event, Pickup, Reason, Refusal, Ride};
use testkit::rules::given;

const ID: Id = Id(7);

fn ride() -> Ride {
    Ride { price: Won(12_000), customer: "minji".into(), starting_point: "역".into(), destination: "공항".into() }
}

fn listed() -> Event {
    Event::RequestListed(ride())
}

fn assigned() -> Event {
    Event::PickupAssigned { match_id: ID, driver: "kim".into(), customer: "minji".into() }
}

fn given_back(reason: Reason) -> Event {
    Event::PickupCancelled { match_id: ID, driver: "kim".into(), customer: "minji".into(), reason }
}

fn pick_as(driver: &str) -> Command {
    Command::Pick { match_id: ID, driver: driver.into() }
}

fn pick() -> Command {
    pick_as("kim")
}

#[test]
fn a_paid_request_is_listed_once() {
    let now = given::<Pickup>([]).when(Command::List(ride())).then([listed()]);
    assert_eq!(now.state(), Pickup::Open(ride()));
    given::<Pickup>([listed()]).when(Command::List(ride())).then([]);
    given::<Pickup>([listed(), assigned()]).when(Command::List(ride())).then([]);
}

#[test]
fn a_cancel_that_came_first_keeps_it_off_the_list() {
    given::<Pickup>([Event::RequestClosed]).when(Command::List(ride())).then([]);
}

#[test]
fn one_driver_picks_it() {
    let now = given::<Pickup>([listed()]).when(pick()).then([assigned()]);
    assert_eq!(now.state(), Pickup::Taken { ride: ride(), driver: "kim".into() });
}

#[test]
fn the_driver_who_has_it_may_ask_again() {
    given::<Pickup>([listed(), assigned()]).when(pick()).then([]);
    given::<Pickup>([listed(), assigned(), given_back(Reason::Driver)]).when(pick()).then([assigned()]);
    let closed = [listed(), assigned(), given_back(Reason::Cancelled), Event::RequestClosed];
    given::<Pickup>(closed).when(pick()).refuses(Refusal::NotOpen);
}

#[test]
fn nobody_picks_what_is_not_open() {
    given::<Pickup>([]).when(pick()).refuses(Refusal::UnknownRequest);
    given::<Pickup>([listed(), assigned()]).when(pick_as("lee")).refuses(Refusal::NotOpen);
    given::<Pickup>([listed(), Event::RequestClosed]).when(pick()).refuses(Refusal::NotOpen);
}

#[test]
fn a_match_given_back_is_open_again() {
    let give_back = || Command::GiveBack { match_id: ID };
    let now = given::<Pickup>([listed(), assigned()]).when(give_back()).then([given_back(Reason::Driver)]);
    assert_eq!(now.state(), Pickup::Open(ride()));
    for past in [vec![], vec![listed()], vec![listed(), Event::RequestClosed]] {
        given::<Pickup>(past).when(give_back()).refuses(Refusal::NoMatch);
    }
}

#[test]
fn a_cancelled_request_is_closed_and_its_driver_told() {
    let close = || Command::Close { match_id: ID };
    for past in [vec![], vec![listed()]] {
        assert_eq!(given::<Pickup>(past).when(close()).then([Event::RequestClosed]).state(), Pickup::Closed);
    }
    let told = [given_back(Reason::Cancelled), Event::RequestClosed];
    assert_eq!(given::<Pickup>([listed(), assigned()]).when(close()).then(told).state(), Pickup::Closed);
    given::<Pickup>([Event::RequestClosed]).when(close()).then([]);
}
