//! What librdkafka is told: the settings that every client shares, and those of a producer.
use crate::options::KafkaOptions;
use rdkafka::config::{ClientConfig, RDKafkaLogLevel};

impl KafkaOptions {
    pub(crate) fn client(&self) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set_log_level(RDKafkaLogLevel::Warning);
        config
            .set("bootstrap.servers", &self.bootstrap)
            .set("client.id", "nadul")
            .set("security.protocol", self.security.name())
            .set("socket.keepalive.enable", "true")
            // a broker that comes back is noticed soon
            .set("reconnect.backoff.max.ms", "1000")
            .set("log.connection.close", "false");
        if let Some(sign_in) = self.sign_in.as_ref().filter(|_| self.security.signs_in()) {
            config.set("sasl.mechanism", sign_in.mechanism.name());
            config.set("sasl.username", &sign_in.username).set("sasl.password", sign_in.password.reveal());
        }
        if let Some(file) = &self.root_certificate {
            config.set("ssl.ca.location", file);
        }
        config
    }

    /// In order for each key, acknowledged by every replica in sync, and never given up: what can't be sent waits.
    pub(crate) fn producer(&self) -> ClientConfig {
        let mut config = self.client();
        config
            .set("enable.idempotence", "true")
            .set("acks", "all")
            .set("message.timeout.ms", "0")
            .set("linger.ms", self.linger.as_millis().to_string())
            .set("compression.type", "lz4")
            // as Java's clients choose the partition of a key; librdkafka's own choice differs
            .set("partitioner", "murmur2_random")
            .set("queue.buffering.max.messages", self.window_events.to_string())
            .set("queue.buffering.max.kbytes", self.window_kb.to_string())
            // a topic that was removed is noticed soon; it is made again
            .set("topic.metadata.propagation.max.ms", "5000");
        config
    }
}
