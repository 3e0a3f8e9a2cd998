//! One event of a log as a line: for people, or as the JSON frame it has on a broker.
use kernel::{Context, Recorded};
use serde_json::{Map, Value, json};
use telemetry::printable;

pub struct LogLine<'a> {
    pub context: &'a Context,
    pub event: &'a Recorded,
    /// Whether it says who asked.
    pub who: bool,
}

/// `2026-01-01T09:00:00.000000Z  payment@3  PaymentApproved  matchId=7  price=9000 …`; what is private says so.
pub fn text(line: &LogLine<'_>) -> String {
    let LogLine { context, event, .. } = line;
    let (name, at) = (&event.event_type, format!("{}@{}", context.name, event.position));
    let private = if event.published { "" } else { " (private)" };
    let key_name = if context.key_name.is_empty() { "key" } else { context.key_name };
    let fields: Vec<String> = fields(&event.body).iter().filter(|(name, _)| *name != key_name).map(field).collect();
    let fields = fields.into_iter().chain(who(line).map(|who| format!("who={who}"))).collect::<Vec<_>>();
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

/// As on a broker, and what only the log says.
pub fn json(line: &LogLine<'_>) -> String {
    let frame = line.event.log_frame(line.context.name);
    let with_who = who(line).and_then(|who| Some(format!("{},\"who\":{who}}}\n", frame.strip_suffix('}')?)));
    with_who.unwrap_or_else(|| format!("{frame}\n"))
}

/// `{"iss":…,"sub":…,"roles":[…]}`
fn who(line: &LogLine<'_>) -> Option<Value> {
    let who = line.event.meta.who.as_ref().filter(|_| line.who)?;
    Some(json!({"iss": who.issuer, "sub": who.subject, "roles": who.roles}))
}
