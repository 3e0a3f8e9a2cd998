//! Given what is known of a request, when something happens to it, then its customer hears of it, at once or as soon as they are known.
use super::*;
use kernel::{Aggregate, fold, serde_json};

fn paid() -> Message {
    Message { event_type: "Paid".into(), ko: "결제".into(), en: "Paid.".into(), timestamp: Timestamp(2) }
}

fn accepted() -> Message {
    Message { event_type: "Accepted".into(), ko: "수락".into(), en: "Accepted.".into(), timestamp: Timestamp(1) }
}

fn kim() -> Option<String> {
    Some("kim".into())
}

fn learned() -> Event {
    Event::CustomerLearned { customer: kim() }
}

fn waits(message: Message) -> Event {
    Event::MessageWaits { message }
}

fn sent(message: Message) -> Event {
    Event::MessageSent { customer: kim(), message }
}

fn given(events: impl IntoIterator<Item = Event>) -> Thread {
    fold(events)
}

#[test]
fn a_known_customer_hears_at_once() {
    assert_eq!(given([]).decide(Command::Learn { customer: kim() }), Ok(vec![learned()]));
    assert_eq!(given([learned()]).decide(Command::Tell(paid())), Ok(vec![sent(paid())]));
    assert_eq!(given([learned()]).decide(Command::Learn { customer: kim() }), Ok(vec![]));
}

#[test]
fn what_comes_first_waits_and_is_told_in_order_of_time() {
    assert_eq!(given([]).decide(Command::Tell(paid())), Ok(vec![waits(paid())]));
    let told = given([waits(paid()), waits(accepted())]).decide(Command::Learn { customer: kim() });
    assert_eq!(told, Ok(vec![learned(), sent(accepted()), sent(paid())]));
}

#[test]
fn every_event_is_read_back_as_it_was_written() {
    for event in [learned(), waits(paid()), sent(paid())] {
        let body = serde_json::to_string(&event).expect("plain data");
        assert_eq!(serde_json::from_str::<Event>(&body).expect(&body), event);
    }
}
