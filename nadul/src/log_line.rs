//! One event of a log as a line: for people, or as the JSON frame it has on a broker.
use kernel::{Context, Recorded};
use serde_json::{Map, Value, json};
use telemetry::printable;

pub struct LogLine<'a> {
    pub context: &'a Context,
    pub event: &'a Recorded,
}

/// `2026-01-01T09:00:00.000000Z  payment@3  PaymentApproved  matchId=7  price=9000 …`; what is private says so.
pub fn text(line: &LogLine<'_>) -> String {
    let LogLine { context, event } = line;
    let (name, at) = (&event.event_type, format!("{}@{}", context.name, event.position));
    let private = if event.published { "" } else { " (private)" };
    let key_name = if context.key_name.is_empty() { "key" } else { context.key_name };
    let fields: Vec<String> = fields(&event.body).iter().filter(|(name, _)| *name != key_name).map(field).collect();
    let start = format!("{}  {at:<14} {name}{private}  {key_name}={}  {}", event.at, event.key, fields.join(" "));
    format!("{}\n", printable::escape(start.trim_end()))
}

fn fields(body: &str) -> Map<String, Value> {
    let mut fields: Map<String, Value> = serde_json::from_str(body).unwrap_or_default();
    fields.remove("eventType");
    fields
}

fn field((name, value): (&String, &Value)) -> String {
    format!("{name}={value}")
}

/// The frame, then the fields as they were written, so that decimals stay exact.
pub fn json(line: &LogLine<'_>) -> String {
    let LogLine { context, event } = line;
    let mut frame = json!({
        "eventId": event.event_id, "eventType": event.event_type, "timestamp": event.at,
        "correlationId": event.meta.correlation_id, "source": context.name, "position": event.position,
        "key": event.key, "published": event.published,
    });
    if let Some(trace) = &event.meta.traceparent {
        frame["traceparent"] = trace.to_string().into();
    }
    let frame = frame.to_string();
    let fields = bare(&event.body, &event.event_type);
    let comma = if fields.is_empty() { "" } else { "," };
    format!("{}{comma}{fields}}}\n", frame.trim_end_matches('}'))
}

/// The fields of a body without its braces and without its `eventType`, which stands first.
fn bare(body: &str, event_type: &str) -> String {
    let tag = format!("{{\"eventType\":\"{event_type}\"");
    match body.strip_prefix(&tag).and_then(|rest| rest.strip_suffix('}')) {
        Some(rest) => rest.trim_start_matches(',').to_string(),
        None => {
            let text = Value::Object(fields(body)).to_string();
            text.trim_start_matches('{').strip_suffix('}').unwrap_or_default().to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stay_as_they_were_written() {
        assert_eq!(bare(r#"{"eventType":"A","distance":1.50}"#, "A"), r#""distance":1.50"#);
        assert_eq!(bare(r#"{"eventType":"A"}"#, "A"), "");
        assert_eq!(bare(r#"{"n":{"m":1},"eventType":"A"}"#, "A"), r#""n":{"m":1}"#);
    }
}
