//! A hundred requests, as a subscriber sees them.
use super::subscriber::{Relayed, repeated};
use crate::five::ALL;
use kafka_broker::KafkaBroker;

#[test]
fn of_a_hundred_requests_every_published_event_is_on_the_topic_once() {
    let relayed = Relayed::to(KafkaBroker::shared(), ALL[4]);
    let system = relayed.system;
    let server = relayed.serve();
    (system.prepare)(&server);
    let body = (system.offer)(&server, "kim");
    let place = |client: &process::HttpClient, _| {
        (0..10).for_each(|_| client.post(&system.path(system.requests), &body).expect("an answer").expect_success());
    };
    server.at_once(10, place);
    server.wait_until_idle();
    let messages = relayed.arrived();
    assert_eq!(repeated(&messages), 0);
    assert!(messages.len() >= 300, "each request has its events: {}", messages.len());
    assert_eq!(relayed.topic.partitions(), 12);
    server.stop();
    assert_eq!(relayed.arrived().len(), messages.len(), "an orderly end sends nothing twice");
    let server = relayed.serve();
    server.post(&system.path(system.requests), &body).expect_success();
    server.wait_until_idle();
    assert_eq!(repeated(&relayed.arrived()), 0, "what is marked is not sent again");
    server.stop();
    relayed.nadul.check_data();
}
