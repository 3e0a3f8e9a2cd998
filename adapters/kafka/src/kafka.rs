//! The brokers of one cluster, as the topic of one system is kept there.
use crate::options::KafkaOptions;
use crate::producer::Producer;
use crate::relay::KafkaRelay;
use kernel::{Name, System};
use runtime::port::broker::{Broker, Relay, RelayedLog};
use std::sync::Arc;

#[derive(Clone)]
pub struct Kafka {
    pub(crate) options: Arc<KafkaOptions>,
    pub(crate) system: Name,
    pub(crate) topic: Name,
    pub(crate) contexts: Arc<[Name]>,
}

impl Kafka {
    /// No answer of a broker is waited for.
    ///
    /// # Errors
    /// What is set can't work, in librdkafka's words.
    pub fn new(options: KafkaOptions, system: &System) -> Result<Kafka, String> {
        Producer::open(&options).map_err(|error| error.to_string())?;
        let contexts = system.contexts.iter().map(|context| context.name).collect();
        Ok(Kafka { options: Arc::new(options), system: system.name, topic: system.topic, contexts })
    }
}

impl Broker for Kafka {
    fn begin(&self, log: Arc<dyn RelayedLog>) -> Arc<dyn Relay> {
        Arc::new(KafkaRelay::begin(self.clone(), log))
    }
}
