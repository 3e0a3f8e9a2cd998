//! An event as a message: the published frame as its value, and CloudEvents' attributes in binary mode as its headers.
use kernel::{Life, Name, Recorded};
use rdkafka::message::{Header, OwnedHeaders};

pub(crate) struct Outgoing {
    /// The correlation key as decimal text: what has the same key keeps its order.
    pub key: String,
    pub value: String,
    pub headers: OwnedHeaders,
}

/// Where a message says it comes from.
pub(crate) struct Sender {
    pub context: Name,
    /// `/SYSTEM/CONTEXT`.
    pub source: String,
    pub life: Life,
}

impl Sender {
    /// `after` is the published position before this one.
    pub fn message(&self, event: &Recorded, after: u64) -> Outgoing {
        let key = event.key.to_string();
        let texts = [
            ("ce_specversion", "1.0"),
            ("ce_id", &event.event_id.to_string()),
            ("ce_source", &self.source),
            ("ce_type", &event.event_type),
            ("ce_time", &event.at.to_string()),
            ("content-type", "application/json"),
            ("ce_sequence", &event.position.to_string()),
            ("ce_after", &after.to_string()),
            ("ce_partitionkey", &key),
            ("ce_naduleventversion", &event.version.to_string()),
            ("ce_nadullife", &self.life.to_string()),
            ("ce_correlationid", &event.meta.correlation_id),
            ("type", &event.event_type),
        ];
        let trace = event.meta.traceparent.as_deref().map(|trace| ("traceparent", trace));
        let headers =
            texts.into_iter().chain(trace).fold(OwnedHeaders::new_with_capacity(14), |headers, (key, text)| {
                headers.insert(Header { key, value: Some(text) })
            });
        Outgoing { key, value: event.published_frame(self.context), headers }
    }
}
