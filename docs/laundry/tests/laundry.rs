//! The example works: its rules say what the page says, nothing is declared wrongly, and it lives through a bad world.
use kernel::{Id, Settings, System, Won};
use laundry::wash::{Command, Event, Order, Refusal, Wash};
use testkit::rules::given;
use testkit::simulation::{ClientInput, SimClient, Simulation};

fn order() -> Order {
    Order { wash_id: Id(1), customer: "kim".into(), pieces: 2, price: Won(8_000) }
}

fn ordered() -> Event {
    Event::WashOrdered(order())
}

fn finished() -> Event {
    Event::WashFinished { wash_id: Id(1) }
}

fn cancelled() -> Event {
    Event::WashCancelled { wash_id: Id(1) }
}

fn system() -> System {
    laundry::system(&Settings::defaults(laundry::SETTINGS))
}

#[test]
fn nothing_is_declared_wrongly() {
    assert_eq!(system().faults(), []);
}

#[test]
fn a_wash_is_ordered_once_and_ends_once() {
    given::<Wash>([]).when(Command::Order(order())).then([ordered()]);
    given::<Wash>([ordered()]).when(Command::Order(order())).refuses(Refusal::AlreadyOrdered);
    given::<Wash>([ordered()]).when(Command::Finish).then([finished()]).when(Command::Finish).then_nothing();
    given::<Wash>([ordered()]).when(Command::Cancel).then([cancelled()]).when(Command::Cancel).then_nothing();
}

#[test]
fn what_is_washed_can_not_be_cancelled_and_what_is_cancelled_can_not_be_washed() {
    given::<Wash>([ordered(), finished()]).when(Command::Cancel).refuses(Refusal::AlreadyWashed);
    given::<Wash>([ordered(), cancelled()]).when(Command::Finish).refuses(Refusal::Cancelled);
    given::<Wash>([]).when(Command::Cancel).refuses(Refusal::UnknownWash);
    given::<Wash>([]).when(Command::Finish).refuses(Refusal::UnknownWash);
}

/// What follows from each event, as the board draws it.
#[test]
fn whenever_a_wash_is_ordered_payment_takes_what_it_holds() {
    let board = board::draw(&system()).text();
    assert!(board.contains("saga       order a wash: hold the price (payment)"), "{board}");
    assert!(board.contains("whenever   wash.WashOrdered then Take"), "{board}");
    assert!(board.contains("whenever   wash.WashCancelled then Refund"), "{board}");
}

#[test]
fn keeps_every_promise_whatever_goes_wrong() {
    let report = Simulation::new(system(), Settings::defaults(laundry::SETTINGS))
        .does(6, "POST /washes", bring)
        .does(5, "PATCH /washes/{id}", change)
        .run(300);
    println!("{report}");
    if let Some(found) = report.found {
        panic!("{found}");
    }
}

fn bring(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let (pieces, customer) = (client.number(1..9), client.one_of(&["kim", "lee"]));
    Some(ClientInput::new(format!(r#"{{"pieces":{pieces},"customer":"{customer}"}}"#)))
}

fn change(client: &mut SimClient<'_>) -> Option<ClientInput> {
    let status = client.one_of(&["Finished", "Cancelled"]);
    Some(ClientInput::at(client.key_of("wash")?, format!(r#"{{"status":"{status}"}}"#)))
}
