//! What a subscriber has to find on a system's topic: what the logs of its contexts have published.
use crate::five::{LONG_TIMEOUTS, ListedSystem, serve};
use kafka_broker::{KafkaBroker, ReadMessage, Topic};
use process::{Nadul, ServerProcess};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A system whose published events go to a broker.
pub struct Relayed {
    pub nadul: Nadul,
    pub system: &'static ListedSystem,
    pub topic: Topic,
    bootstrap: String,
}

impl Relayed {
    /// Its topic is not there yet.
    pub fn to(broker: &KafkaBroker, system: &'static ListedSystem) -> Relayed {
        let topic = broker.topic(system.topic);
        topic.delete();
        let bootstrap = format!("kafka.bootstrap={}", broker.bootstrap);
        Relayed { nadul: Nadul::new(), system, topic, bootstrap }
    }

    pub fn serve(&self) -> ServerProcess<'_> {
        let settings: Vec<&str> = LONG_TIMEOUTS.into_iter().chain([self.bootstrap.as_str()]).collect();
        serve(&self.nadul, &[self.system], &settings)
    }

    pub fn serve_without_kafka(&self) -> ServerProcess<'_> {
        serve(&self.nadul, &[self.system], &LONG_TIMEOUTS)
    }

    /// Every published event of its logs, by its id.
    pub fn published(&self) -> BTreeMap<String, Value> {
        let log = self.nadul.log(self.system.name).into_iter().filter(|event| event["published"] == true);
        log.map(|event| (event["eventId"].as_str().expect("an id").to_string(), event)).collect()
    }

    /// Everything on the topic, once every published event is there; nothing else may be, and all is in order.
    #[track_caller]
    pub fn arrived(&self) -> Vec<ReadMessage> {
        self.arrived_of(&self.published())
    }

    #[track_caller]
    pub fn arrived_of(&self, published: &BTreeMap<String, Value>) -> Vec<ReadMessage> {
        let are_all_there = |messages: &[ReadMessage]| {
            let ids: BTreeSet<&str> = messages.iter().map(|message| message.header("ce_id")).collect();
            published.keys().all(|id| ids.contains(id.as_str()))
        };
        let messages = self.topic.wait_until("every published event", are_all_there);
        for message in &messages {
            let event = published.get(message.header("ce_id"));
            is_of(self.system, message, event.unwrap_or_else(|| panic!("nobody has published {message:?}")));
        }
        are_in_order(&messages);
        messages
    }
}

/// The frame as it is in the log without what only the log says, and the headers that say the same.
fn is_of(system: &ListedSystem, message: &ReadMessage, event: &Value) {
    let mut frame = event.clone();
    for of_the_log in ["key", "published", "traceparent"] {
        frame.as_object_mut().expect("an object").remove(of_the_log);
    }
    assert_eq!(serde_json::from_str::<Value>(&message.value).expect("a frame"), frame);
    let source = format!("/{}/{}", system.name, event["source"].as_str().expect("a source"));
    assert_eq!(
        (message.key.as_str(), message.header("ce_source")),
        (event["key"].to_string().as_str(), source.as_str())
    );
    assert_eq!(message.header("type"), event["eventType"]);
    assert_eq!(message.header("ce_type"), event["eventType"]);
    assert_eq!(message.header("ce_time"), event["timestamp"]);
    assert_eq!(message.header("ce_correlationid"), event["correlationId"]);
    assert_eq!(message.number("ce_sequence"), event["position"].as_u64().expect("a position"));
}

/// The first copies: in order within each partition, and without a gap among all that their source has published.
fn are_in_order(messages: &[ReadMessage]) {
    let mut chains: BTreeMap<&str, BTreeMap<u64, u64>> = BTreeMap::new();
    let mut newest: BTreeMap<(i32, &str), u64> = BTreeMap::new();
    for message in messages {
        let (source, sequence) = (message.header("ce_source"), message.number("ce_sequence"));
        if chains.entry(source).or_default().insert(sequence, message.number("ce_after")).is_none() {
            let before = newest.insert((message.partition, source), sequence).unwrap_or(0);
            assert!(before < sequence, "{sequence} of {source} comes behind {before}");
        }
    }
    for (source, chain) in chains {
        let last = chain.iter().fold(0, |before, (sequence, after)| {
            assert_eq!(*after, before, "{source} has a gap before {sequence}");
            *sequence
        });
        assert!(last > 0, "{source}");
    }
}

/// How many events come more than once.
pub fn repeated(messages: &[ReadMessage]) -> usize {
    let ids: BTreeSet<&str> = messages.iter().map(|message| message.header("ce_id")).collect();
    messages.len() - ids.len()
}
