//! payment, as taxi names it: held, taken, voided, refunded.
use kernel::{Id, Won};
use payment::{Bill, Command, Event, Naming as _, Refusal};
use taxi::payment::{Details, Published};
use testkit::rules::given;

type Payment = payment::Payment<Published>;

fn bill() -> Bill<Details> {
    let details = Details { customer: "minji".into(), starting_point: "역".into(), destination: "공항".into() };
    Bill { key: Id(7), amount: Won(12_000), details }
}

fn held() -> Event<Published> {
    Event::Held(bill())
}

fn taken() -> Event<Published> {
    Event::Taken(Published::approved(&bill()))
}

fn refunded() -> Event<Published> {
    Event::Refunded(Published::cancelled(&bill()))
}

#[test]
fn money_is_held_once() {
    assert_eq!(given::<Payment>([]).when(Command::Hold(bill())).then([held()]).state(), Payment::Held(bill()));
    for past in [vec![held()], vec![held(), Event::Voided], vec![held(), taken()], vec![held(), taken(), refunded()]] {
        given::<Payment>(past).when(Command::Hold(bill())).refuses(Refusal::AlreadyHeld);
    }
}

#[test]
fn what_is_held_is_taken_when_the_request_exists() {
    assert_eq!(given::<Payment>([held()]).when(Command::Take).then([taken()]).state(), Payment::Approved(bill()));
    given::<Payment>([held(), taken()]).when(Command::Take).then([]);
    given::<Payment>([held(), taken(), refunded()]).when(Command::Take).then([]);
    for past in [vec![], vec![held(), Event::Voided]] {
        given::<Payment>(past).when(Command::Take).refuses(Refusal::NothingHeld);
    }
}

#[test]
fn what_was_never_taken_is_voided() {
    assert_eq!(given::<Payment>([held()]).when(Command::Void).then([Event::Voided]).state(), Payment::Voided);
    given::<Payment>([]).when(Command::Void).then([]);
    given::<Payment>([held(), Event::Voided]).when(Command::Void).then([]);
    for past in [vec![held(), taken()], vec![held(), taken(), refunded()]] {
        given::<Payment>(past).when(Command::Void).refuses(Refusal::AlreadyTaken);
    }
}

#[test]
fn what_was_taken_is_refunded_once() {
    let now = given::<Payment>([held(), taken()]).when(Command::Refund).then([refunded()]);
    assert_eq!(now.state(), Payment::Refunded(bill()));
    given::<Payment>([held(), taken(), refunded()]).when(Command::Refund).then([]);
    for past in [vec![], vec![held()], vec![held(), Event::Voided]] {
        given::<Payment>(past).when(Command::Refund).refuses(Refusal::NothingHeld);
    }
}
