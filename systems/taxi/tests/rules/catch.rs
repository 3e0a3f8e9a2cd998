//! catch: requested, matched, reopened, cancelled.
use kernel::{Id, Won};
use taxi::catch::{Catch, Command, Event, Refusal, Trip};
use testkit::rules::given;

fn trip() -> Trip {
    Trip {
        id: Id(7),
        price: Won(12_000),
        starting_point: "역".into(),
        destination: "공항".into(),
        customer: "minji".into(),
    }
}

fn requested() -> Event {
    Event::CatchRequested(trip())
}

fn matched() -> Event {
    Event::CatchMatched { driver: "kim".into() }
}

fn cancelled() -> Event {
    Event::CatchCancelled { id: Id(7), customer: "minji".into() }
}

fn assign() -> Command {
    Command::Assign { driver: "kim".into() }
}

#[test]
fn a_paid_request_is_a_catch() {
    let now = given::<Catch>([]).when(Command::Request(trip())).then([requested()]);
    assert_eq!(now.state(), Catch::Open(trip()));
}

#[test]
fn a_catch_is_requested_once() {
    for past in [vec![requested()], vec![requested(), matched()], vec![requested(), cancelled()]] {
        given::<Catch>(past).when(Command::Request(trip())).refuses(Refusal::AlreadyRequested);
    }
}

#[test]
fn it_is_matched_with_the_driver_who_picked_it() {
    let now = given::<Catch>([requested()]).when(assign()).then([matched()]);
    assert_eq!(now.state(), Catch::Matched { trip: trip(), driver: "kim".into() });
    given::<Catch>([requested(), matched()]).when(assign()).then([]);
    given::<Catch>([]).when(assign()).refuses(Refusal::UnknownCatch);
}

#[test]
fn given_back_it_is_open_again() {
    let now = given::<Catch>([requested(), matched()]).when(Command::Reopen).then([Event::CatchReopened]);
    assert_eq!(now.state(), Catch::Open(trip()));
    given::<Catch>([requested()]).when(Command::Reopen).then([]);
    given::<Catch>([]).when(Command::Reopen).refuses(Refusal::UnknownCatch);
}

#[test]
fn it_is_cancelled_before_and_after_a_match() {
    for past in [vec![requested()], vec![requested(), matched()]] {
        let now = given::<Catch>(past).when(Command::Cancel).then([cancelled()]);
        assert_eq!(now.state(), Catch::Cancelled(trip()));
    }
    given::<Catch>([requested(), cancelled()]).when(Command::Cancel).then([]);
    given::<Catch>([]).when(Command::Cancel).refuses(Refusal::UnknownCatch);
}

#[test]
fn a_cancel_wins_over_whatever_comes_later() {
    for command in [assign(), Command::Reopen] {
        let now = given::<Catch>([requested(), cancelled()]).when(command).then([]);
        assert_eq!(now.state(), Catch::Cancelled(trip()));
    }
}
