//! What librdkafka says beside its answers, for those who read the log closely.
use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::KafkaError;

/// Says nothing of its own: what fails is told by the answer.
pub(crate) struct Silent;

impl ClientContext for Silent {
    fn log(&self, level: RDKafkaLogLevel, of: &str, text: &str) {
        tracing::debug!(?level, of, text, "librdkafka");
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::debug!(%error, reason, "librdkafka");
    }
}

impl ConsumerContext for Silent {}
