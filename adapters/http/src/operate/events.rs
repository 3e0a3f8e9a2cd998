//! `/operator/contexts/{context}/events`: what happened in a context, private events too: all of one request with the states it went through,
//! a part of the log, or live from now on.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::endpoint::routes::Routes;
use crate::negotiate::media_type::JSON;
use crate::operate::event_stream::EventStream;
use crate::operate::recent_events::RecentEvents;
use crate::operate::{context, states};
use crate::pass_on::needs::{Needs, Resend};
use crate::problem::invalid_input::InvalidInput;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::permitted::PermittedRequest;
use crate::request::query;
use crate::response;
use crate::server::bounds::Lane;
use crate::server::mount::Mount;
use axum::http::StatusCode;
use kernel::{Id, Invalid, Name, Recorded};
use runtime::port::work::Access;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most events of an answer; `next` says where the others begin.
const EVENTS_MAX: usize = 500;
const ID_MAX: i64 = (1 << 53) - 1;

pub(crate) fn add(routes: Routes, mount: &Mount) -> Routes {
    let recent = mount.system().contexts.iter().map(|context| (context.name, Arc::default())).collect();
    routes.get("/operator/contexts/{context}/events", Events { mount: mount.clone(), recent })
}

struct Events {
    mount: Mount,
    /// Of each context.
    recent: BTreeMap<Name, Arc<RecentEvents>>,
}

/// What of the log is asked for.
#[derive(Clone, Copy, Default)]
struct Part {
    key: Option<Id>,
    after: u64,
}

impl Handler for Events {
    fn audience(&self) -> Audience<'_> {
        Audience::Operator
    }

    fn lane(&self) -> Lane {
        Lane::Operator
    }

    fn needs<'a>(&'a self, request: &PermittedRequest) -> Option<Needs<'a>> {
        let context = context::named(&self.mount, request).ok()?.name;
        Some(Needs { access: Access::Read, ..self.mount.operator_needs(context, Resend::Freely) })
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        request.check_local()?;
        let context = context::named(&self.mount, &request)?;
        let part = Part::read(request.uri.query())?;
        if request.wants_stream() {
            let recent = self.recent.get(context.name).cloned().unwrap_or_default();
            return EventStream::open(&self.mount, context.name, recent, &request);
        }
        let reader = context::reader(&self.mount, context.name)?;
        let (hosted, name) = (self.mount.hosted.clone(), context.name);
        let read = move || {
            let events = match part.key {
                Some(key) => reader.log_of(key, part.after, EVENTS_MAX)?,
                None => reader.log(part.after, EVENTS_MAX)?,
            };
            let kinds = hosted.context(name).map(|context| context.kinds.as_slice()).unwrap_or_default();
            let is_whole = part.key.is_some() && part.after == 0 && events.len() < EVENTS_MAX;
            let states = if is_whole { states::after_each(kinds, &events, reader.as_ref())? } else { vec![] };
            Ok(page(name, &events, states).to_string())
        };
        let json = self.mount.server.operator_reads.run(read).await?;
        Ok(response::with_body(StatusCode::OK, JSON, json))
    }
}

impl Part {
    fn read(query: Option<&str>) -> HttpResult<Part> {
        let mut part = Part::default();
        let mut invalid = vec![];
        for (name, value) in query::parse(query)? {
            let number = value.parse::<u64>().ok().filter(|number| *number <= ID_MAX as u64);
            match (name.as_str(), number) {
                ("key", Some(key)) => part.key = Some(Id(key)),
                ("after", Some(after)) => part.after = after,
                ("key" | "after", None) => invalid.push(InvalidInput::parameter(&name, &Invalid::Range(0..=ID_MAX))),
                _ => invalid.push(InvalidInput::unknown(&name)),
            }
        }
        if invalid.is_empty() { Ok(part) } else { Err(Problem::with_invalid(&reasons::INVALID_QUERY, invalid)) }
    }
}

/// Each event as `nadul log --json` shows it, the thing it happened to, and that thing's state behind it.
fn page(context: Name, events: &[Recorded], states: Vec<Option<String>>) -> Value {
    let raw = |text: String| RawValue::from_string(text).ok().and_then(|raw| serde_json::to_value(raw).ok());
    let mut states = states.into_iter();
    let entries = events.iter().map(|event| {
        json!({
            "event": raw(event.log_frame(context)),
            "kind": event.kind,
            "id": event.id,
            "state": states.next().flatten().and_then(raw),
        })
    });
    let entries: Vec<Value> = entries.collect();
    let next = events.last().filter(|_| events.len() == EVENTS_MAX).map(|last| last.position);
    json!({"context": context, "events": entries, "next": next})
}
