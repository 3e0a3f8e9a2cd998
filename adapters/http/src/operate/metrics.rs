//! `/metrics`: what is counted as it happens, and the present status of each context.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::media_type::TEXT;
use crate::operate::lag::{self, Lag};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::Server;
use crate::server::bounds::Lane;
use crate::server::hosted_system::HostedSystem;
use axum::http::StatusCode;
use kernel::{HOLDS, Name};
use metrics::{counter, gauge};
use runtime::port::work::Status;
use std::sync::Arc;

pub(crate) struct Metrics(Arc<Server>);

impl Metrics {
    pub fn new(server: &Arc<Server>) -> Metrics {
        Metrics(server.clone())
    }
}

impl Handler for Metrics {
    fn audience(&self) -> Audience<'_> {
        Audience::MetricsReaders
    }

    fn lane(&self) -> Lane {
        Lane::Operator
    }

    async fn handle(&self, _: PermittedRequest) -> HttpResult {
        let Some(render) = self.0.render_metrics.clone() else { return Err(Problem::new(&reasons::UNKNOWN_PATH)) };
        let server = self.0.clone();
        let text = self.0.operator_reads.run(move || {
            server.systems.iter().for_each(|hosted| record_system(hosted));
            Ok(render())
        });
        Ok(response::with_body(StatusCode::OK, TEXT, text.await?))
    }
}

fn record_system(hosted: &HostedSystem) {
    let system = hosted.name();
    gauge!("nadul_ready", "system" => system).set(zero_or_one(hosted.work.is_ready()));
    for (rule, amount) in hosted.work.uneven_rules().into_iter().flatten() {
        gauge!("nadul_conservation_broken", "system" => system, "rule" => rule).set(amount as f64);
    }
    let statuses = lag::statuses(hosted);
    for (context, status) in &statuses {
        let labels = [("system", system), ("context", *context)];
        let bytes = hosted.work.reader(context).map_or(0, |reader| reader.bytes());
        gauge!("nadul_running", &labels).set(zero_or_one(hosted.work.is_running(context)));
        gauge!("nadul_disk_bytes", &labels).set(bytes as f64);
        record_status(system, context, status);
        record_upstreams(system, context, status);
    }
    for Lag { context, consumer, source, events } in lag::of_all(&statuses) {
        gauge!("nadul_lag_events", "system" => system, "context" => context, "consumer" => consumer, "source" => source)
            .set(events as f64);
    }
}

fn zero_or_one(is: bool) -> f64 {
    f64::from(u8::from(is))
}

fn record_status(system: Name, context: Name, status: &Status) {
    let set = |name: Name, value: f64| gauge!(name, "system" => system, "context" => context).set(value);
    set("nadul_position", status.head.position as f64);
    set("nadul_queue_depth", status.queue as f64);
    set("nadul_sagas", status.sagas as f64);
    set("nadul_undoing", status.undoing as f64);
    set("nadul_holds_open", open_holds(status) as f64);
    set("nadul_in_doubt", status.in_doubt as f64);
    set("nadul_parked_events", status.parked_events as f64);
    set("nadul_parked_keys", status.parked_keys as f64);
    set("nadul_group_inputs", status.group_last as f64);
    set("nadul_store_failing", zero_or_one(status.fault.is_some()));
    set("nadul_consumer_stopped", zero_or_one(status.stopped_consumer.is_some()));
    let count = |name: Name, value: u64| counter!(name, "system" => system, "context" => context).absolute(value);
    count("nadul_commits_total", status.commits);
    count("nadul_groups_total", status.groups);
    count("nadul_inputs_total", status.inputs);
    count("nadul_flush_microseconds_total", status.flush_us_total);
}

fn record_upstreams(system: Name, context: Name, status: &Status) {
    for upstream in &status.upstreams {
        let labels = [("system", system.to_string()), ("context", context.to_string()), ("to", upstream.name.clone())];
        for state in ["closed", "half-open", "open"] {
            gauge!("nadul_breaker", "system" => system, "context" => context, "to" => upstream.name.clone(), "state" => state)
                .set(zero_or_one(upstream.state == state));
        }
        gauge!("nadul_upstream_in_flight", &labels).set(upstream.in_flight as f64);
        gauge!("nadul_upstream_failures", &labels).set(f64::from(upstream.failures));
        counter!("nadul_upstream_retries_total", &labels).absolute(upstream.retries);
        counter!("nadul_upstream_turned_away_total", &labels).absolute(upstream.turned_away);
    }
}

/// What the context holds for requests that may yet exist, or that it has still to take.
pub(super) fn open_holds(status: &Status) -> u128 {
    status.head.ledger.get(HOLDS).copied().unwrap_or(0).unsigned_abs()
}
