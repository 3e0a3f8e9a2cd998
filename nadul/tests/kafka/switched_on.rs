//! A system that ran without Kafka sends all it has published when Kafka is set, and goes on where it was when a context was stopped.
use super::subscriber::{Relayed, repeated};
use crate::five::ALL;
use kafka_broker::KafkaBroker;

#[test]
fn what_was_published_before_kafka_was_set_is_sent_too() {
    let relayed = Relayed::to(KafkaBroker::shared(), ALL[3]);
    let system = relayed.system;
    let server = relayed.serve_without_kafka();
    (system.prepare)(&server);
    (1..=5).for_each(|n| system.trades(&server, n));
    assert!(!server.get("/metrics").text.contains("nadul_relay"), "nothing is relayed");
    server.stop();
    assert_eq!(relayed.topic.partitions(), 0);
    let server = relayed.serve();
    let messages = relayed.arrived();
    assert!(messages.len() > 10, "{}", messages.len());
    server.stop_context(system.name, system.payment);
    server.start_context(system.name, system.payment);
    system.trades(&server, 6);
    let messages = relayed.arrived();
    assert_eq!(repeated(&messages), 0, "a context that was stopped goes on behind its mark");
    server.stop();
    relayed.nadul.check_data();
}
