//! `/operator/contexts`: the status of every context, now or live, for an operator at this machine.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::endpoint::routes::Routes;
use crate::negotiate::media_type::JSON;
use crate::operate::lag::{self, Lag};
use crate::operate::metrics::open_holds;
use crate::operate::ports;
use crate::operate::value_stream::{self, SharedValue};
use crate::problem::HttpResult;
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::bounds::Lane;
use crate::server::hosted_system::HostedSystem;
use crate::server::mount::Mount;
use axum::http::StatusCode;
use kernel::{Context, Name};
use runtime::port::replica::Ownership;
use runtime::port::work::{Access, AnsweredAt, Status};
use runtime::upstream::UpstreamStatus;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// What owners in other processes say is waited for no longer.
const OWNERS_PATIENCE: Duration = Duration::from_millis(500);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

pub(crate) fn add(routes: Routes, mount: &Mount) -> Routes {
    routes.get("/operator/contexts", ContextList { mount: mount.clone(), status: Arc::default() })
}

struct ContextList {
    mount: Mount,
    /// For all who follow it.
    status: Arc<SharedValue>,
}

impl Handler for ContextList {
    fn audience(&self) -> Audience<'_> {
        Audience::Operator
    }

    fn lane(&self) -> Lane {
        Lane::Operator
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        request.check_local()?;
        let hosted = &self.mount.hosted;
        if request.wants_stream() {
            let (hosted, status) = (hosted.clone(), self.status.clone());
            let look = move || status.look(|| status_json(&hosted));
            return value_stream::response(&self.mount.server, request.is_watch, look);
        }
        wait_for_owners(hosted).await;
        Ok(response::with_body(StatusCode::OK, JSON, status_json(hosted)))
    }
}

/// Owners in other processes are asked only while somebody wants to know.
async fn wait_for_owners(hosted: &HostedSystem) {
    let until = Instant::now() + OWNERS_PATIENCE;
    let is_awaited =
        |context: &Context| work_of(hosted, context.name).is_none() && hosted.work.is_running(context.name);
    while hosted.system().contexts.iter().any(is_awaited) && Instant::now() < until {
        sleep(LOOK_AGAIN).await;
    }
}

fn works_here(hosted: &HostedSystem, context: Name) -> bool {
    hosted.work.place(context, Access::Decide) == AnsweredAt::Here
}

/// How a context stands where it works; `None`: its owner in another process has not said.
fn work_of(hosted: &HostedSystem, context: Name) -> Option<Status> {
    if works_here(hosted, context) { Some(hosted.work.status(context)) } else { hosted.work.status_elsewhere(context) }
}

/// How the whole system stands now.
pub(super) fn status_json(hosted: &HostedSystem) -> String {
    let statuses = lag::statuses(hosted);
    let lags = lag::of_all(&statuses);
    let in_order = hosted.system().contexts.iter().filter_map(|context| statuses.get_key_value(context.name));
    let contexts = in_order.map(|(name, status)| {
        let lags: Vec<&Lag> = lags.iter().filter(|lag| lag.context == *name).collect();
        context_json(hosted, name, status, &lags)
    });
    let contexts: Vec<Value> = contexts.collect();
    let uneven = hosted.work.uneven_rules().map(|rules| {
        rules.into_iter().map(|(rule, amount)| json!({"rule": rule, "amount": amount})).collect::<Vec<Value>>()
    });
    json!({"ready": hosted.work.is_ready(), "contexts": contexts, "broken": uneven}).to_string()
}

/// `status`: as it is known in this process. What its owner in another process has not said is null.
fn context_json(hosted: &HostedSystem, name: Name, status: &Status, lags: &[&Lag]) -> Value {
    let work = work_of(hosted, name);
    let work = work.as_ref();
    json!({
        "context": name,
        "running": hosted.work.is_running(name),
        "here": works_here(hosted, name),
        "ownership": hosted.work.ownership(name).map(|ownership| ownership_json(&ownership)),
        "position": status.head.position,
        "positions": status.head.positions,
        "lags": lags,
        "ports": ports::of(hosted, name),
        "queue": work.map(|work| work.queue),
        "sagas": work.map(|work| work.sagas),
        "undoing": work.map(|work| work.undoing),
        "holds": open_holds(status) as u64,
        "inDoubt": work.map(|work| work.in_doubt),
        "parkedEvents": work.map(|work| work.parked_events),
        "parkedKeys": work.map(|work| work.parked_keys),
        "stoppedConsumer": work.and_then(|work| work.stopped_consumer.as_ref()),
        "fault": status.fault.as_ref().or(work.and_then(|work| work.fault.as_ref())),
        "commits": work.map(|work| work.commits),
        "groups": work.map(|work| work.groups),
        "upstreams": work.map(|work| work.upstreams.iter().map(upstream_json).collect::<Vec<_>>()),
    })
}

fn upstream_json(upstream: &UpstreamStatus) -> Value {
    json!({
        "name": upstream.name,
        "state": upstream.state,
        "failures": upstream.failures,
        "inFlight": upstream.in_flight,
        "retries": upstream.retries,
        "turnedAway": upstream.turned_away,
    })
}

/// Replicas by their internal addresses.
fn ownership_json(ownership: &Ownership) -> Value {
    let owner = ownership.owner.as_ref().filter(|_| !ownership.is_free);
    let replicas = ownership.replicas.iter();
    let replicas =
        replicas.map(|replica| json!({"url": replica.url, "state": replica.state, "release": replica.release}));
    json!({
        "owner": owner.map(|owner| &owner.url),
        "epoch": ownership.epoch,
        "replicas": replicas.collect::<Vec<_>>(),
    })
}
