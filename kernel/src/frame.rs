//! An event as others read it: one JSON object, the frame first, then the event's own fields as they were written.
use crate::event::Recorded;
use crate::id::Id;
use crate::name::Name;
use crate::time::Timestamp;
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Frame<'a> {
    event_id: Uuid,
    event_type: &'a str,
    timestamp: Timestamp,
    correlation_id: &'a str,
    source: Name,
    position: u64,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    kept: Option<Kept<'a>>,
}

/// What only the log says.
#[derive(Serialize)]
struct Kept<'a> {
    key: Id,
    published: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    traceparent: Option<&'a str>,
}

impl Recorded {
    /// As a subscriber gets it: what its source publishes, and no more.
    pub fn published_frame(&self, source: Name) -> String {
        self.with_fields(&self.frame(source))
    }

    /// The body of this event, given the frame that it was published as; the body that it has is not looked at. `None`: the frame is
    /// another event's, or no JSON.
    pub fn body_of_published_frame(&self, source: Name, frame: &str) -> Option<Arc<str>> {
        let head = serde_json::to_string(&self.frame(source)).ok()?;
        let fields = frame.strip_prefix(head.strip_suffix('}')?)?;
        let body = format!("{{\"eventType\":{}{fields}", Value::from(&*self.event_type));
        serde_json::from_str::<IgnoredAny>(&body).ok()?;
        Some(body.into())
    }

    /// As an operator reads it in the log: its key, whether it is published, and its trace as well.
    pub fn log_frame(&self, source: Name) -> String {
        let kept = Kept { key: self.key, published: self.published, traceparent: self.meta.traceparent.as_deref() };
        self.with_fields(&Frame { kept: Some(kept), ..self.frame(source) })
    }

    fn frame(&self, source: Name) -> Frame<'_> {
        Frame {
            event_id: self.event_id,
            event_type: &self.event_type,
            timestamp: self.at,
            correlation_id: &self.meta.correlation_id,
            source,
            position: self.position,
            kept: None,
        }
    }

    fn with_fields(&self, frame: &Frame<'_>) -> String {
        let mut text = serde_json::to_string(frame).expect("texts and numbers are JSON");
        let fields = fields(&self.body, &self.event_type);
        if !fields.is_empty() {
            text.pop();
            text.push(',');
            text.push_str(&fields);
            text.push('}');
        }
        text
    }
}

/// The fields of a body without its braces and without its `eventType`, which stands first. They stay as they were written, so that decimals stay exact.
fn fields(body: &str, event_type: &str) -> String {
    let tag = format!("{{\"eventType\":\"{event_type}\"");
    match body.strip_prefix(&tag).and_then(|rest| rest.strip_suffix('}')) {
        Some(rest) => rest.trim_start_matches(',').to_string(),
        None => {
            let mut fields: Map<String, Value> = serde_json::from_str(body).unwrap_or_default();
            fields.remove("eventType");
            let text = Value::Object(fields).to_string();
            text.trim_start_matches('{').strip_suffix('}').unwrap_or_default().to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Meta;

    fn event(body: &str) -> Recorded {
        Recorded {
            position: 7,
            event_id: Uuid::from_u128(1),
            event_type: "Paid".into(),
            version: 1,
            published: true,
            kind: "payment".into(),
            id: Id(3),
            key: Id(5),
            at: Timestamp(0),
            meta: Meta { correlation_id: "c-1".into(), traceparent: Some("t".into()), ..Meta::default() },
            body: Arc::from(body),
            value: None,
        }
    }

    #[test]
    fn fields_stay_as_they_were_written() {
        assert_eq!(fields(r#"{"eventType":"A","distance":1.50}"#, "A"), r#""distance":1.50"#);
        assert_eq!(fields(r#"{"eventType":"A"}"#, "A"), "");
        assert_eq!(fields(r#"{"n":{"m":1},"eventType":"A"}"#, "A"), r#""n":{"m":1}"#);
    }

    #[test]
    fn a_subscriber_gets_the_frame_and_the_fields() {
        let frame = concat!(
            r#"{"eventId":"00000000-0000-0000-0000-000000000001","eventType":"Paid","timestamp":"1970-01-01T00:00:00.000000Z","#,
            r#""correlationId":"c-1","source":"payment","position":7"#
        );
        assert_eq!(event(r#"{"eventType":"Paid"}"#).published_frame("payment"), format!("{frame}}}"));
        let paid = event(r#"{"eventType":"Paid","price":1.50}"#);
        assert_eq!(paid.published_frame("payment"), format!(r#"{frame},"price":1.50}}"#));
        let kept = r#""key":5,"published":true,"traceparent":"t""#;
        assert_eq!(paid.log_frame("payment"), format!(r#"{frame},{kept},"price":1.50}}"#));
    }
    #[test]
    fn a_body_comes_back_from_its_frame_as_it_was_written() {
        for body in [r#"{"eventType":"Paid"}"#, r#"{"eventType":"Paid","price":1.50,"note":"}"}"#] {
            let (event, other) = (event(body), event("{}"));
            let frame = event.published_frame("payment");
            assert_eq!(other.body_of_published_frame("payment", &frame).as_deref(), Some(body));
            assert_eq!(other.body_of_published_frame("catch", &frame), None, "of another source");
            assert_eq!(Recorded { position: 8, ..other.clone() }.body_of_published_frame("payment", &frame), None);
            assert_eq!(other.body_of_published_frame("payment", &frame[..frame.len() - 1]), None, "no JSON");
        }
    }
}
