//! The end of a topic, looked at once when a relay begins: an event of ours that our log does not have tells that the store went back in time.
use crate::options::KafkaOptions;
use crate::silent::Silent;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Headers, Message};
use rdkafka::{Offset, TopicPartitionList, config::FromClientConfigAndContext};
use std::time::Instant;

/// Messages of each partition that are looked at: other contexts send to the same topic.
const LOOKED_AT: i64 = 200;

/// Our newest event on a topic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NewestSent {
    pub position: u64,
    pub event_id: String,
}

/// `None`: there is none among the last messages.
pub(crate) fn newest(options: &KafkaOptions, topic: &str, source: &str) -> Result<Option<NewestSent>, KafkaError> {
    let mut config = options.client();
    config.set("group.id", "nadul-relay").set("enable.auto.commit", "false").set("enable.partition.eof", "true");
    let consumer = BaseConsumer::from_config_and_context(&config, Silent)?;
    let ends = last_messages(&consumer, options, topic)?;
    let (mut to_read, until) = (ends.count(), Instant::now() + options.answer);
    consumer.assign(&ends)?;
    let mut newest = None;
    while to_read > 0 {
        let left = until.saturating_duration_since(Instant::now());
        match consumer.poll(left) {
            Some(Ok(message)) => newest = newest.max(ours(&message, source)),
            Some(Err(KafkaError::PartitionEOF(_))) => to_read -= 1,
            Some(Err(error)) => return Err(error),
            None => return Err(KafkaError::NoMessageReceived),
        }
    }
    Ok(newest)
}

fn last_messages(
    consumer: &BaseConsumer<Silent>,
    options: &KafkaOptions,
    topic: &str,
) -> Result<TopicPartitionList, KafkaError> {
    let metadata = consumer.fetch_metadata(Some(topic), options.answer)?;
    let mut ends = TopicPartitionList::new();
    for partition in metadata.topics().iter().flat_map(|topic| topic.partitions()) {
        let (first, end) = consumer.fetch_watermarks(topic, partition.id(), options.answer)?;
        if end > first {
            ends.add_partition_offset(topic, partition.id(), Offset::Offset(first.max(end - LOOKED_AT)))?;
        }
    }
    Ok(ends)
}

fn ours(message: &BorrowedMessage<'_>, source: &str) -> Option<NewestSent> {
    let headers = message.headers()?;
    let text = |name: &str| {
        let header = headers.iter().find(|header| header.key == name)?;
        std::str::from_utf8(header.value?).ok()
    };
    (text("ce_source")? == source).then_some(())?;
    Some(NewestSent { position: text("ce_sequence")?.parse().ok()?, event_id: text("ce_id")?.to_string() })
}
