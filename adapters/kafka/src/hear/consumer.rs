//! librdkafka's consumer, wrapped: all partitions of one topic from a moment on, and why it has to be thrown away.
//!
//! One that is opened anew, since the topic was made anew or cut off, begins some seconds back as well: what is older comes from the logs.
use crate::options::KafkaOptions;
use crate::silent::Silent;
use rdkafka::Offset;
use rdkafka::config::FromClientConfigAndContext;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::BorrowedMessage;
use rdkafka::topic_partition_list::{TopicPartitionList, TopicPartitionListElem};
use std::cell::Cell;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Longer than a lease usually lasts: a context's next owner hears on the topic all that was missed, and little that the one before has heard
/// already, which would have to be taken and dropped at the very moment when requests wait. What is older comes from the logs.
const BACK: Duration = Duration::from_secs(10);

/// What a look at the topic gives.
pub(super) enum Polled<'a> {
    Message(BorrowedMessage<'a>),
    Nothing,
    /// Why nothing comes; it goes on by itself.
    Trouble(String),
}

pub(super) struct TopicConsumer {
    consumer: BaseConsumer<Silent>,
    /// Asks brokers about the topic, on connections of its own: on the consumer's an answer comes behind the messages that are waited for.
    asker: BaseConsumer<Silent>,
    topic: &'static str,
    answer: Duration,
    partitions: Vec<Partition>,
    /// Since the last look there was a moment in which everything that had come was heard.
    was_empty: Cell<bool>,
}

/// How a partition stood at the last look.
#[derive(Clone, Copy)]
struct Partition {
    /// Of the message that is to come next.
    next: i64,
    /// Behind the newest message.
    end: i64,
}

impl Partition {
    /// Everything that is there has come.
    fn heard_up_to(next: i64) -> Partition {
        Partition { next, end: next }
    }

    /// What was there at the last look has not come since.
    fn is_silent(self, next: i64) -> bool {
        self.next == next && self.end != next
    }
}

impl TopicConsumer {
    /// # Errors
    /// No broker answers, or there is no such topic.
    pub fn open(options: &KafkaOptions, topic: &'static str) -> Result<TopicConsumer, String> {
        let mut config = options.client();
        config
            // a name for logs of brokers; nobody joins the group, and no offset is kept in it
            .set("group.id", "nadul-feed")
            .set("enable.auto.commit", "false")
            .set("enable.auto.offset.store", "false")
            // an offset that is gone is told, instead of passed over
            .set("auto.offset.reset", "error")
            .set("allow.auto.create.topics", "false")
            .set("topic.metadata.refresh.interval.ms", "10000")
            .set("fetch.error.backoff.ms", "100")
            .set("queued.max.messages.kbytes", "16384");
        let failed = |error: KafkaError| format!("the topic {topic} can't be heard: {error}");
        let new = || BaseConsumer::from_config_and_context(&config, Silent).map_err(failed);
        let (consumer, asker, answer) = (new()?, new()?, options.answer);
        let mut consumer =
            TopicConsumer { consumer, asker, topic, answer, partitions: vec![], was_empty: Cell::new(false) };
        consumer.assign().map_err(failed)?;
        match consumer.partitions[..] {
            [] => Err(format!("there is no topic {topic} yet")),
            _ => Ok(consumer),
        }
    }

    fn assign(&mut self) -> Result<(), KafkaError> {
        let since = (SystemTime::now() - BACK).duration_since(UNIX_EPOCH);
        let since_ms = since.map_or(0, |since| since.as_millis() as i64);
        let count = self.count()?;
        // The ends are asked for first: where nothing was sent since, what is sent between the two questions is behind the end.
        let (ends, all) = (self.offsets(count, Offset::End)?, self.offsets(count, Offset::Offset(since_ms))?);
        for (mut partition, end) in all.elements().into_iter().zip(ends.elements()) {
            partition.error()?;
            end.error()?;
            let first = offset(&partition).or(offset(&end)).unwrap_or_default();
            partition.set_offset(Offset::Offset(first))?;
            self.partitions.push(Partition::heard_up_to(first));
        }
        self.consumer.assign(&all)
    }

    /// Partitions of the topic; 0: there is none.
    fn count(&self) -> Result<usize, KafkaError> {
        let metadata = self.asker.fetch_metadata(Some(self.topic), self.answer)?;
        let topic = metadata.topics().first().filter(|topic| topic.error().is_none());
        Ok(topic.map_or(0, |topic| topic.partitions().len()))
    }

    /// Of each partition the first message from a moment on, in ms since 1970, or its end.
    fn offsets(&self, partitions: usize, from: Offset) -> Result<TopicPartitionList, KafkaError> {
        let mut all = TopicPartitionList::new();
        for partition in 0..partitions as i32 {
            all.add_partition_offset(self.topic, partition, from)?;
        }
        if partitions == 0 { Ok(all) } else { self.asker.offsets_for_times(all, self.answer) }
    }

    /// Whether a broker answers: one that does not tells nothing of the topic.
    ///
    /// # Errors
    /// The topic has other partitions now, or none; or what is on it does not come. Of a topic that was removed and made anew at once
    /// librdkafka may hear nothing any more, and says nothing (confluent-kafka-python#1787).
    pub fn check(&mut self, something_is_missed: bool) -> Result<bool, String> {
        let Ok(count) = self.count() else { return Ok(false) };
        let (topic, had) = (self.topic, self.partitions.len());
        if count != had {
            return Err(format!("the topic {topic} had {had} partitions, and has {count}"));
        }
        if !self.was_empty.take() || !something_is_missed {
            return Ok(true);
        }
        match self.silent() {
            Ok(None) => Ok(true),
            Ok(Some(partition)) => Err(format!("messages in partition {partition} of the topic {topic} do not come")),
            Err(_) => Ok(false),
        }
    }

    /// A partition that has something which has not come since the last look.
    fn silent(&mut self) -> Result<Option<usize>, KafkaError> {
        let (positions, ends) = (self.consumer.position()?, self.offsets(self.partitions.len(), Offset::End)?);
        let looks = positions.elements().into_iter().zip(ends.elements());
        for (nth, (partition, (position, end))) in self.partitions.iter_mut().zip(looks).enumerate() {
            let next = offset(&position).unwrap_or(partition.next);
            if partition.is_silent(next) {
                return Ok(Some(nth));
            }
            *partition = Partition { next, end: offset(&end).filter(|_| next == partition.next).unwrap_or(next) };
        }
        Ok(None)
    }

    /// # Errors
    /// It can't go on where it stands.
    pub fn poll(&self, wait: Duration) -> Result<Polled<'_>, String> {
        match self.consumer.poll(wait) {
            None => {
                self.was_empty.set(true);
                Ok(Polled::Nothing)
            }
            Some(Ok(message)) => Ok(Polled::Message(message)),
            Some(Err(error)) if is_lost(&error) => Err(format!("the topic {} has gone on: {error}", self.topic)),
            Some(Err(error)) => Ok(Polled::Trouble(error.to_string())),
        }
    }
}

fn offset(partition: &TopicPartitionListElem<'_>) -> Option<i64> {
    match partition.offset() {
        Offset::Offset(offset) => Some(offset),
        _ => None,
    }
}

/// The offset that is to be read next is not there, or the client can't be used any more.
fn is_lost(error: &KafkaError) -> bool {
    let is_fatal = matches!(error, KafkaError::MessageConsumptionFatal(_));
    let is_gone = matches!(
        error.rdkafka_error_code(),
        Some(
            RDKafkaErrorCode::AutoOffsetReset
                | RDKafkaErrorCode::OffsetOutOfRange
                | RDKafkaErrorCode::UnknownTopicOrPartition
                | RDKafkaErrorCode::UnknownTopic
                | RDKafkaErrorCode::UnknownPartition
        )
    );
    is_fatal || is_gone
}
