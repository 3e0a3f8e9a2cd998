//! message: a customer is told, at once or when it is known who they are.
use kernel::Timestamp;
use message::{Command, Event, Message, Thread};
use testkit::rules::given;

fn message(at: i64) -> Message {
    Message { event_type: "PickupAssigned".into(), ko: "배차".into(), en: "match".into(), timestamp: Timestamp(at) }
}

fn minji() -> Option<String> {
    Some("minji".into())
}

fn learned() -> Event {
    Event::CustomerLearned { customer: minji() }
}

fn waits(at: i64) -> Event {
    Event::MessageWaits { message: message(at) }
}

fn sent(at: i64) -> Event {
    Event::MessageSent { customer: minji(), message: message(at) }
}

#[test]
fn a_known_customer_is_told_at_once() {
    given::<Thread>([]).when(Command::Learn { customer: minji() }).then([learned()]);
    given::<Thread>([learned()]).when(Command::Tell(message(1))).then([sent(1)]);
    given::<Thread>([learned(), sent(1)]).when(Command::Tell(message(2))).then([sent(2)]);
}

#[test]
fn what_happens_before_the_customer_is_known_waits_and_is_told_in_its_order() {
    given::<Thread>([]).when(Command::Tell(message(1))).then([waits(1)]);
    let now = given::<Thread>([waits(2)]).when(Command::Tell(message(1))).then([waits(1)]);
    assert_eq!(now.state(), Thread::Waiting { messages: vec![message(1), message(2)] });
    let learn = Command::Learn { customer: minji() };
    let now = given::<Thread>([waits(2), waits(1)]).when(learn).then([learned(), sent(1), sent(2)]);
    assert_eq!(now.state(), Thread::Open { customer: minji() });
}

#[test]
fn the_customer_is_learned_once() {
    given::<Thread>([learned()]).when(Command::Learn { customer: minji() }).then([]);
}
