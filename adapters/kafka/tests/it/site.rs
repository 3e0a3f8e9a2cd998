//! A topic of its own, and relays to it.
use crate::log::MemoryLog;
use kafka::{Kafka, KafkaOptions, SaslMechanism, Security, SignIn};
use kafka_broker::{KafkaBroker, PASSWORD, ReadMessage, Topic, USER};
use kernel::{Context, Secret, SettingValue, System};
use runtime::port::broker::{Broker, Relay, RelayedLog};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

const WAIT_LIMIT: Duration = Duration::from_secs(60);

pub struct Site {
    pub topic: Topic,
    pub options: KafkaOptions,
    system: System,
}

impl Site {
    pub fn on(broker: &KafkaBroker) -> Site {
        let name: &'static str = format!("topic-{:016x}", fastrand::u64(..)).leak();
        let options = KafkaOptions { bootstrap: broker.bootstrap.clone(), ..KafkaOptions::default() };
        let system = System::new("shop", name, "").context(Context::new("orders", 1));
        Site { topic: broker.topic(name), options, system }
    }

    /// As somebody the broker knows.
    pub fn signing_in(mut self, security: Security, mechanism: SaslMechanism) -> Site {
        self.options.security = security;
        self.options.sign_in = Some(SignIn { mechanism, username: USER.into(), password: Secret::read(PASSWORD) });
        self
    }

    pub fn shared() -> Site {
        Site::on(KafkaBroker::shared())
    }

    pub fn kafka(&self) -> Kafka {
        Kafka::new(self.options.clone(), &self.system).expect("options that fit")
    }

    pub fn relay(&self, log: &Arc<MemoryLog>) -> Arc<dyn Relay> {
        self.kafka().begin(log.clone())
    }

    /// Everything on the topic, once so many different events are there.
    pub fn events(&self, many: usize) -> Vec<ReadMessage> {
        self.topic.wait_until(&format!("{many} events"), |messages| sequences(messages).len() >= many)
    }
}

/// The positions that were sent, each once.
pub fn sequences(messages: &[ReadMessage]) -> Vec<u64> {
    let mut all: Vec<u64> = messages.iter().map(|message| message.number("ce_sequence")).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The published positions up to one.
pub fn published(newest: u64) -> Vec<u64> {
    (1..=newest).filter(|position| !position.is_multiple_of(3)).collect()
}

pub fn wait_for_mark(log: &MemoryLog, mark: u64) {
    wait_until(&format!("a mark of {mark}"), || log.relayed() == mark);
}

#[track_caller]
pub fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let until = Instant::now() + WAIT_LIMIT;
    while !holds() {
        assert!(Instant::now() < until, "never {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// In each partition the first copies are in order.
pub fn are_in_order(messages: &[ReadMessage]) {
    let mut newest = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for message in messages {
        let sequence = message.number("ce_sequence");
        if seen.insert(sequence) {
            let before = newest.insert(message.partition, sequence).unwrap_or(0);
            assert!(before < sequence, "{sequence} comes behind {before} in partition {}", message.partition);
        }
    }
}
