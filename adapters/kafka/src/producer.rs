//! librdkafka's producer, wrapped: what is sent, what is acknowledged, and why it has to be thrown away.
use crate::options::KafkaOptions;
use crate::outgoing::Outgoing;
use rdkafka::ClientContext;
use rdkafka::config::{FromClientConfigAndContext, RDKafkaLogLevel};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{BaseProducer, BaseRecord, DeliveryResult, Producer as _, ProducerContext};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What librdkafka has said since it was asked last.
#[derive(Default)]
pub(crate) struct Heard {
    /// Positions.
    pub acknowledged: Vec<u64>,
    /// It can't go on in order: a new producer goes on from the mark.
    pub fault: Option<String>,
    /// It goes on by itself.
    pub trouble: Option<String>,
}

#[derive(Default)]
struct Listener(Mutex<Heard>);

impl Listener {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ClientContext for Listener {
    fn log(&self, level: RDKafkaLogLevel, of: &str, text: &str) {
        tracing::debug!(?level, of, text, "librdkafka");
    }

    fn error(&self, error: KafkaError, reason: &str) {
        let is_fatal = error.rdkafka_error_code() == Some(RDKafkaErrorCode::Fatal);
        let mut heard = self.heard();
        let of = if is_fatal { &mut heard.fault } else { &mut heard.trouble };
        *of = Some(reason.to_string());
    }
}

impl ProducerContext for Listener {
    /// A position.
    type DeliveryOpaque = usize;

    fn delivery(&self, result: &DeliveryResult<'_>, position: usize) {
        let mut heard = self.heard();
        match result {
            Ok(_) => heard.acknowledged.push(position as u64),
            Err((error, _)) => heard.fault = Some(format!("event {position} was not taken: {error}")),
        }
    }
}

/// Whether a message was taken over.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    Yes,
    /// As many wait as may.
    NoRoom,
}

pub(crate) struct Producer(BaseProducer<Listener>);

impl Producer {
    pub fn open(options: &KafkaOptions) -> Result<Producer, KafkaError> {
        BaseProducer::from_config_and_context(&options.producer(), Listener::default()).map(Producer)
    }

    /// Of an event at a position.
    pub fn send(&self, topic: &str, position: u64, message: Outgoing) -> Result<Taken, KafkaError> {
        let Outgoing { key, value, headers } = message;
        let record = BaseRecord::with_opaque_to(topic, position as usize).key(&key).payload(&value).headers(headers);
        match self.0.send(record) {
            Ok(()) => Ok(Taken::Yes),
            Err((error, _)) if error.rdkafka_error_code() == Some(RDKafkaErrorCode::QueueFull) => Ok(Taken::NoRoom),
            Err((error, _)) => Err(error),
        }
    }

    /// What there is to hear. It is not waited for: rdkafka's poll with a time spins through the last millisecond of it.
    pub fn hear(&self) -> Heard {
        let mut known = 0;
        loop {
            self.0.poll(Duration::ZERO); // takes one event of librdkafka's, with some messages
            let now = self.0.context().heard().acknowledged.len();
            if now == std::mem::replace(&mut known, now) {
                break;
            }
        }
        let mut heard = std::mem::take(&mut *self.0.context().heard());
        heard.fault = heard.fault.or_else(|| self.0.client().fatal_error().map(|(_, text)| text));
        heard
    }
}
