//! `/operator/contexts`: the status of every context, now or live, for an operator at this machine.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::endpoint::routes::Routes;
use crate::negotiate::media_type::JSON;
use crate::operate::lag::{self, Lag};
use crate::operate::metrics::open_holds;
use crate::operate::ports::{self, Port};
use crate::operate::value_stream::{self, SharedValue};
use crate::problem::HttpResult;
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::bounds::Lane;
use crate::server::hosted_system::HostedSystem;
use crate::server::mount::Mount;
use axum::http::StatusCode;
use runtime::port::work::Status;
use serde_json::{Value, json};
use std::sync::Arc;

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
        Ok(response::with_body(StatusCode::OK, JSON, status_json(hosted)))
    }
}

/// How the whole system stands now.
pub(super) fn status_json(hosted: &HostedSystem) -> String {
    let statuses = lag::statuses(hosted);
    let lags = lag::of_all(&statuses);
    let in_order = hosted.system().contexts.iter().filter_map(|context| statuses.get_key_value(context.name));
    let contexts = in_order.map(|(name, status)| {
        let lags: Vec<&Lag> = lags.iter().filter(|lag| lag.context == *name).collect();
        let ports = ports::of(hosted, name);
        context_json(name, hosted.work.is_running(name), status, (&lags, &ports))
    });
    let contexts: Vec<Value> = contexts.collect();
    let uneven = hosted.work.uneven_rules().into_iter();
    let uneven: Vec<Value> = uneven.map(|(rule, amount)| json!({"rule": rule, "amount": amount})).collect();
    json!({"ready": hosted.work.is_ready(), "contexts": contexts, "broken": uneven}).to_string()
}

fn context_json(name: &str, running: bool, status: &Status, (lags, ports): (&[&Lag], &[Port])) -> Value {
    let upstreams = status.upstreams.iter().map(|upstream| {
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
        "position": status.head.position,
        "positions": status.head.positions,
        "lags": lags,
        "ports": ports,
        "queue": status.queue,
        "sagas": status.sagas,
        "undoing": status.undoing,
        "holds": open_holds(status) as u64,
        "inDoubt": status.in_doubt,
        "parkedEvents": status.parked_events,
        "parkedKeys": status.parked_keys,
        "stoppedConsumer": status.stopped_consumer,
        "fault": status.fault,
        "commits": status.commits,
        "groups": status.groups,
        "upstreams": upstreams.collect::<Vec<_>>(),
    })
}
