//! The topic is removed while events are published: what follows goes to a new one.
use super::subscriber::Relayed;
use crate::five::ALL;
use kafka_broker::KafkaBroker;

#[test]
fn a_process_whose_topic_is_removed_goes_on() {
    let relayed = Relayed::to(KafkaBroker::shared(), ALL[2]);
    let server = relayed.serve();
    (relayed.system.prepare)(&server);
    relayed.system.trades(&server, 1);
    relayed.arrived();
    relayed.topic.delete();
    let before = relayed.published();
    relayed.system.trades(&server, 2);
    let later: Vec<String> = relayed.published().into_keys().filter(|id| !before.contains_key(id)).collect();
    let are_there = |messages: &[kafka_broker::ReadMessage]| {
        later.iter().all(|id| messages.iter().any(|message| message.header("ce_id") == id))
    };
    relayed.topic.wait_until("what came later", are_there);
    assert_eq!(relayed.topic.partitions(), 12);
    server.stop();
    relayed.nadul.check_data();
}
