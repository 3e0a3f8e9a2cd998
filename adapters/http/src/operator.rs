//! What an operator may see and do, at this machine: pulses, events set aside, replay and skip.
use crate::accept::JSON;
use crate::call::Call;
use crate::cause;
use crate::door::{Handle, door};
use crate::house::Place;
use crate::problem::{Outcome, Problem};
use crate::{answer, body};
use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{FieldSchema, InvalidField, Method};
use runtime::host::Pulse;
use serde_json::{Value, json};

pub(crate) fn hang(router: Router, place: &Place) -> Router {
    let (house, name, prefix) = (&place.house, place.system().name, &place.prefix);
    let (all, parked) = ("/operator/contexts", "/operator/contexts/{context}/parked");
    let (replay, skip) =
        ("/operator/contexts/{context}/parked/{id}/replay", "/operator/contexts/{context}/parked/{id}/skip");
    router
        .route(&format!("{prefix}{all}"), door(house, name, Method::Get, all, Pulses(place.clone())))
        .route(&format!("{prefix}{parked}"), door(house, name, Method::Get, parked, Parked(place.clone())))
        .route(&format!("{prefix}{replay}"), door(house, name, Method::Post, replay, Resume(place.clone())))
        .route(&format!("{prefix}{skip}"), door(house, name, Method::Post, skip, Resume(place.clone())))
}

/// The context named in the path.
fn context(place: &Place, call: &Call) -> Outcome<usize> {
    let name = call.segment(place.depth() + 2);
    let context = place.system().contexts.iter().position(|context| context.name == name);
    context.ok_or_else(|| Problem::of(&cause::UNKNOWN_PATH))
}

struct Pulses(Place);

impl Handle for Pulses {
    async fn handle(&self, call: Call) -> Outcome<Response> {
        call.local()?;
        let Place { site, .. } = &self.0;
        let contexts = site.system().contexts.iter().enumerate();
        let told: Vec<Value> =
            contexts.map(|(at, context)| told(context.name, site.host.running(at), &site.host.pulse(at))).collect();
        let broken: Vec<Value> =
            site.host.broken().into_iter().map(|(rule, amount)| json!({"rule": rule, "amount": amount})).collect();
        let ready = site.host.ready();
        Ok(answer::of(StatusCode::OK, JSON, json!({"ready": ready, "contexts": told, "broken": broken}).to_string()))
    }
}

fn told(name: &str, running: bool, pulse: &Pulse) -> Value {
    let upstreams = pulse.upstreams.iter().map(|upstream| {
        json!({
            "name": upstream.name,
            "state": upstream.state,
            "failures": upstream.failures,
            "inFlight": upstream.in_flight,
            "retries": upstream.retries,
            "turnedAway": upstream.turned_away,
        })
    });
    json!({
        "context": name,
        "running": running,
        "position": pulse.head.position,
        "positions": pulse.head.positions,
        "queue": pulse.queue,
        "sagas": pulse.sagas,
        "undoing": pulse.undoing,
        "holds": pulse.holds,
        "inDoubt": pulse.in_doubt,
        "parkedEvents": pulse.parked_events,
        "parkedKeys": pulse.parked_keys,
        "stoppedConsumer": pulse.stopped_consumer,
        "fault": pulse.fault,
        "commits": pulse.commits,
        "groups": pulse.groups,
        "upstreams": upstreams.collect::<Vec<_>>(),
    })
}

struct Parked(Place);

impl Handle for Parked {
    async fn handle(&self, call: Call) -> Outcome<Response> {
        call.local()?;
        let Place { site, house, .. } = &self.0;
        let reader = site.host.reader(context(&self.0, &call)?);
        let reader = reader.ok_or_else(|| Problem::later(&cause::UNAVAILABLE, house.bounds.retry_after_ms))?;
        let aside = house.reads.run(move || reader.parked()).await?;
        let told = aside.iter().map(|((consumer, source, position), parked)| {
            json!({"consumer": consumer, "source": source, "position": position, "parked": parked})
        });
        Ok(answer::of(StatusCode::OK, JSON, json!({"parked": told.collect::<Vec<_>>()}).to_string()))
    }
}

struct Resume(Place);

impl Handle for Resume {
    fn reads_body(&self) -> bool {
        true
    }

    async fn handle(&self, call: Call) -> Outcome<Response> {
        call.local()?;
        let Place { site, house, .. } = &self.0;
        let (context, key) = (context(&self.0, &call)?, call.id(self.0.depth() + 4)?);
        let skip = if call.uri.path().ends_with("/skip") { Some(self.reason(&call)?) } else { None };
        let host = site.host.clone();
        let resumed = house.reads.run(move || Ok(host.resume(context, key, skip))).await?;
        match resumed {
            Ok(count) => Ok(answer::of(StatusCode::OK, JSON, json!({ "resumed": count }).to_string())),
            Err(why) => Err(Problem::noted(&cause::REFUSED_BY_OPERATION, why)),
        }
    }
}

impl Resume {
    /// Whoever lets an event go says why.
    fn reason(&self, call: &Call) -> Outcome<String> {
        let body = body::object(&call.bytes, &self.0.house.bounds)?;
        let mut wrong: Vec<InvalidField> = vec![];
        let reason = body.field(&FieldSchema { name: "reason", min: None, alias: None }, &mut wrong);
        let flaws = || wrong.iter().map(crate::field::Flaw::field).collect();
        reason.ok_or_else(|| Problem::flawed(&cause::INVALID_FIELDS, flaws()))
    }
}
