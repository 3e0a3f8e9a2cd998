//! The thread that hears the topic for all contexts of a process, and begins again after each fault.
use super::consumer::{Polled, TopicConsumer};
use super::feeds::{HeardFeed, Readers};
use super::incoming::Incoming;
use super::meter;
use crate::complaint::{Complaint, Sayings};
use crate::kafka::Kafka;
use rdkafka::message::{BorrowedMessage, Message};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// After a fault.
const PAUSE: Duration = Duration::from_millis(500);
/// For a message. rdkafka spins through the last millisecond of it.
const POLL: Duration = Duration::from_millis(500);
/// Messages that are told to the contexts before they are woken up.
const BATCH: usize = 500;
const MEASURE: Duration = Duration::from_secs(1);
/// Between two looks whether the topic is still the one that is heard.
const CHECK: Duration = Duration::from_secs(2);
/// A malformed message is told at most so often; each is counted.
const TELL: Duration = Duration::from_secs(1);

const SAYINGS: Sayings = Sayings {
    waits: "the topic can't be heard; events of other contexts are read from their logs",
    goes_on: "the topic is heard again",
};

pub(super) struct Hearing {
    kafka: Kafka,
    readers: Arc<Readers>,
    complaint: Complaint,
    told_at: Option<Instant>,
}

impl Hearing {
    pub fn new(kafka: Kafka, readers: Arc<Readers>) -> Hearing {
        Hearing { kafka, readers, complaint: Complaint::of(SAYINGS), told_at: None }
    }

    pub fn run(&mut self) {
        while !self.readers.has_ended() {
            if self.readers.now().is_empty() {
                std::thread::park(); // a process that stands by hears nothing
            } else if let Err(why) = self.hear() {
                tracing::debug!(topic = self.kafka.topic, why, "the topic is heard anew");
                self.complaint.waits(self.kafka.topic, &why);
                self.measure();
                std::thread::park_timeout(PAUSE);
            }
        }
    }

    /// While somebody reads, and until something fails.
    fn hear(&mut self) -> Result<(), String> {
        let mut consumer = TopicConsumer::open(&self.kafka.options, self.kafka.topic)?;
        let (mut measured_at, mut checked_at) = (Instant::now(), Instant::now());
        while !self.readers.has_ended() && !self.readers.now().is_empty() {
            self.hear_some(&consumer)?;
            if measured_at.elapsed() >= MEASURE {
                measured_at = Instant::now();
                self.measure();
            }
            if checked_at.elapsed() >= CHECK {
                checked_at = Instant::now();
                if consumer.check(self.readers.now().iter().any(|reader| reader.reads_a_log()))? {
                    self.complaint.goes_on(self.kafka.topic);
                }
            }
        }
        Ok(())
    }

    /// All that is here, up to a bound; then whoever finds more is woken up.
    fn hear_some(&mut self, consumer: &TopicConsumer) -> Result<(), String> {
        let readers = self.readers.now();
        let mut news = vec![false; readers.len()];
        let mut heard = Ok(());
        for nth in 0..BATCH {
            match consumer.poll(if nth == 0 { POLL } else { Duration::ZERO }) {
                Ok(Polled::Message(message)) => self.take(&message, &readers, &mut news),
                Ok(Polled::Nothing) => break,
                Ok(Polled::Trouble(why)) => self.complaint.waits(self.kafka.topic, &why),
                Err(why) => {
                    heard = Err(why);
                    break;
                }
            }
        }
        readers.iter().zip(news).filter(|(_, is_news)| *is_news).for_each(|(reader, _)| reader.tell_news());
        heard
    }

    fn take(&mut self, message: &BorrowedMessage<'_>, readers: &[Arc<HeardFeed>], news: &mut [bool]) {
        self.complaint.goes_on(self.kafka.topic);
        let is_read = |source| readers.iter().any(|reader| reader.reads(source));
        match Incoming::read(&self.kafka, message, is_read) {
            Incoming::Ours(event) => {
                readers.iter().zip(news).for_each(|(reader, is_news)| *is_news |= reader.hear(&event));
            }
            Incoming::Unread => {}
            Incoming::Foreign => meter::passed(self.kafka.system, "foreign"),
            Incoming::Malformed(reason) => {
                meter::passed(self.kafka.system, "malformed");
                self.tell(message, &reason);
            }
        }
    }

    /// What it should have said is read from its source's log.
    fn tell(&mut self, message: &BorrowedMessage<'_>, reason: &str) {
        if self.told_at.is_none_or(|at| at.elapsed() >= TELL) {
            self.told_at = Some(Instant::now());
            let (topic, partition, offset) = (message.topic(), message.partition(), message.offset());
            tracing::warn!(topic, partition, offset, reason, "a message can't be read, and is passed over");
        }
    }

    fn measure(&self) {
        self.readers.now().iter().for_each(|reader| reader.measure());
    }
}
