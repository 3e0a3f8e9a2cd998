//! What a message on the topic is: an event of ours, somebody else's, or one of ours that can't be read.
use crate::kafka::Kafka;
use kernel::{Id, Meta, Name, Recorded};
use rdkafka::message::{BorrowedMessage, Header, Headers, Message};
use runtime::merge::TopicMessage;
use std::str::FromStr;
use std::sync::Arc;

/// Characters of a header that an operator is shown.
const SHOWN: usize = 64;

pub(super) enum Incoming {
    Ours(TopicMessage),
    /// It names no context of this system as its source.
    Foreign,
    /// It is of a context that nobody here reads.
    Unread,
    /// It says that it is ours, and this is wrong with it.
    Malformed(String),
}

/// Of one message, each looked at in place.
type HeadersOf<'a> = [Header<'a, &'a [u8]>];

impl Incoming {
    pub fn read(kafka: &Kafka, message: &BorrowedMessage<'_>, is_read: impl FnOnce(Name) -> bool) -> Incoming {
        let headers: Vec<_> = message.headers().into_iter().flat_map(Headers::iter).collect();
        match header(&headers, "ce_source").and_then(|source| of_source(kafka, source)) {
            None => Incoming::Foreign,
            Some(source) if !is_read(source) => Incoming::Unread,
            Some(source) => event(source, &headers, message).map_or_else(Incoming::Malformed, Incoming::Ours),
        }
    }
}

/// `/SYSTEM/CONTEXT`.
fn of_source(kafka: &Kafka, source: &str) -> Option<Name> {
    let context = source.strip_prefix('/')?.strip_prefix(kafka.system)?.strip_prefix('/')?;
    kafka.contexts.iter().copied().find(|name| *name == context)
}

fn header<'a>(headers: &HeadersOf<'a>, name: &str) -> Option<&'a str> {
    let header = headers.iter().find(|header| header.key == name)?;
    std::str::from_utf8(header.value?).ok()
}

fn text<'a>(headers: &HeadersOf<'a>, name: &str) -> Result<&'a str, String> {
    header(headers, name).ok_or_else(|| format!("it has no header {name}"))
}

fn read<T: FromStr>(headers: &HeadersOf<'_>, name: &str) -> Result<T, String> {
    let text = text(headers, name)?;
    text.parse().map_err(|_| format!("its header {name} says {:?}", text.chars().take(SHOWN).collect::<String>()))
}

fn event(source: Name, headers: &HeadersOf<'_>, message: &BorrowedMessage<'_>) -> Result<TopicMessage, String> {
    let (position, after): (u64, u64) = (read(headers, "ce_sequence")?, read(headers, "ce_after")?);
    if after >= position {
        return Err(format!("it is event {position} and comes behind event {after}"));
    }
    let key = Id(read(headers, "ce_partitionkey")?);
    let mut event = Recorded {
        position,
        event_id: read(headers, "ce_id")?,
        event_type: text(headers, "ce_type")?.to_string().into(),
        version: read(headers, "ce_naduleventversion")?,
        published: true,
        // the thing that it happened to is its source's own affair, and so is who asked for it
        kind: "".into(),
        id: key,
        key,
        at: read(headers, "ce_time")?,
        meta: Meta {
            correlation_id: text(headers, "ce_correlationid")?.into(),
            traceparent: header(headers, "traceparent").map(Arc::from),
            ..Meta::default()
        },
        body: "".into(),
        value: None,
    };
    let frame = message.payload().and_then(|payload| std::str::from_utf8(payload).ok());
    let body = frame.and_then(|frame| event.body_of_published_frame(source, frame));
    event.body = body.ok_or("its value is not the event that its headers say it is")?;
    Ok(TopicMessage { source, life: read(headers, "ce_nadullife")?, after, event: Arc::new(event) })
}
