//! What a message on the topic is: an event of ours, somebody else's, or one of ours that can't be read.
use crate::kafka::Kafka;
use kernel::{Id, Meta, Name, Recorded};
use rdkafka::message::{BorrowedMessage, Headers, Message};
use runtime::merge::TopicMessage;
use std::str::FromStr;
use std::sync::Arc;

/// Characters of a header that an operator is shown.
const SHOWN: usize = 64;

pub(super) enum Incoming {
    Ours(TopicMessage),
    /// It names no context of this system as its source.
    Foreign,
    /// It says that it is ours, and this is wrong with it.
    Malformed(String),
}

impl Incoming {
    pub fn read(kafka: &Kafka, message: &BorrowedMessage<'_>) -> Incoming {
        let source = header(message, "ce_source").and_then(|source| of_source(kafka, source));
        match source {
            None => Incoming::Foreign,
            Some(source) => event(source, message).map_or_else(Incoming::Malformed, Incoming::Ours),
        }
    }
}

/// `/SYSTEM/CONTEXT`.
fn of_source(kafka: &Kafka, source: &str) -> Option<Name> {
    let context = source.strip_prefix('/')?.strip_prefix(kafka.system)?.strip_prefix('/')?;
    kafka.contexts.iter().copied().find(|name| *name == context)
}

fn header<'a>(message: &'a BorrowedMessage<'_>, name: &str) -> Option<&'a str> {
    let header = message.headers()?.iter().find(|header| header.key == name)?;
    std::str::from_utf8(header.value?).ok()
}

fn text<'a>(message: &'a BorrowedMessage<'_>, name: &str) -> Result<&'a str, String> {
    header(message, name).ok_or_else(|| format!("it has no header {name}"))
}

fn read<T: FromStr>(message: &BorrowedMessage<'_>, name: &str) -> Result<T, String> {
    let text = text(message, name)?;
    text.parse().map_err(|_| format!("its header {name} says {:?}", text.chars().take(SHOWN).collect::<String>()))
}

fn event(source: Name, message: &BorrowedMessage<'_>) -> Result<TopicMessage, String> {
    let (position, after): (u64, u64) = (read(message, "ce_sequence")?, read(message, "ce_after")?);
    if after >= position {
        return Err(format!("it is event {position} and comes behind event {after}"));
    }
    let key = Id(read(message, "ce_partitionkey")?);
    let mut event = Recorded {
        position,
        event_id: read(message, "ce_id")?,
        event_type: text(message, "ce_type")?.to_string().into(),
        version: read(message, "ce_naduleventversion")?,
        published: true,
        // the thing that it happened to is its source's own affair, and so is who asked for it
        kind: "".into(),
        id: key,
        key,
        at: read(message, "ce_time")?,
        meta: Meta {
            correlation_id: text(message, "ce_correlationid")?.into(),
            traceparent: header(message, "traceparent").map(Arc::from),
            ..Meta::default()
        },
        body: "".into(),
        value: None,
    };
    let frame = message.payload().and_then(|payload| std::str::from_utf8(payload).ok());
    let body = frame.and_then(|frame| event.body_of_published_frame(source, frame));
    event.body = body.ok_or("its value is not the event that its headers say it is")?;
    Ok(TopicMessage { source, life: read(message, "ce_nadullife")?, after, event: Arc::new(event) })
}
