//! `/metrics`: what is counted as it happens, and what each context's pulse says at this moment.
use crate::accept::TEXT;
use crate::answer;
use crate::call::Call;
use crate::cause;
use crate::door::Handle;
use crate::house::{House, Site};
use crate::problem::{Outcome, Problem};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{Context, Name};
use metrics::{counter, gauge};
use runtime::host::Pulse;
use std::sync::Arc;

pub(crate) struct Metrics(Arc<House>);

impl Metrics {
    pub fn of(house: &Arc<House>) -> Metrics {
        Metrics(house.clone())
    }
}

impl Handle for Metrics {
    async fn handle(&self, _: Call) -> Outcome<Response> {
        let Some(render) = self.0.render_metrics.clone() else { return Err(Problem::of(&cause::UNKNOWN_PATH)) };
        let house = self.0.clone();
        let text = self.0.reads.run(move || {
            house.sites.iter().for_each(|site| observe(site));
            Ok(render())
        });
        Ok(answer::of(StatusCode::OK, TEXT, text.await?))
    }
}

fn observe(site: &Site) {
    let system = site.system();
    let pulses: Vec<Pulse> = (0..system.contexts.len()).map(|context| site.host.pulse(context)).collect();
    gauge!("nadul_ready", "system" => system.name).set(f64::from(u8::from(site.host.ready())));
    for (rule, amount) in site.host.broken() {
        gauge!("nadul_conservation_broken", "system" => system.name, "rule" => rule).set(amount as f64);
    }
    for (index, (context, pulse)) in system.contexts.iter().zip(&pulses).enumerate() {
        let running = site.host.running(index);
        let bytes = site.host.reader(index).map_or(0, |reader| reader.bytes());
        gauge!("nadul_running", "system" => system.name, "context" => context.name).set(f64::from(u8::from(running)));
        gauge!("nadul_disk_bytes", "system" => system.name, "context" => context.name).set(bytes as f64);
        beat(system.name, context.name, pulse);
        upstreams(system.name, context.name, pulse);
        lags(system.name, context, pulse, |source| {
            let at = system.contexts.iter().position(|context| context.name == source);
            at.map_or(0, |at| pulses[at].head.position)
        });
    }
}

fn beat(system: Name, context: Name, pulse: &Pulse) {
    let set = |name: &'static str, value: f64| gauge!(name, "system" => system, "context" => context).set(value);
    set("nadul_position", pulse.head.position as f64);
    set("nadul_queue_depth", pulse.queue as f64);
    set("nadul_sagas", pulse.sagas as f64);
    set("nadul_undoing", pulse.undoing as f64);
    set("nadul_holds_open", pulse.holds as f64);
    set("nadul_in_doubt", pulse.in_doubt as f64);
    set("nadul_parked_events", pulse.parked_events as f64);
    set("nadul_parked_keys", pulse.parked_keys as f64);
    set("nadul_group_inputs", pulse.group_last as f64);
    set("nadul_store_failing", f64::from(u8::from(pulse.fault.is_some())));
    set("nadul_consumer_stopped", f64::from(u8::from(pulse.stopped_consumer.is_some())));
    let count =
        |name: &'static str, value: u64| counter!(name, "system" => system, "context" => context).absolute(value);
    count("nadul_commits_total", pulse.commits);
    count("nadul_groups_total", pulse.groups);
    count("nadul_inputs_total", pulse.inputs);
    count("nadul_flush_microseconds_total", pulse.flush_us_total);
}

fn upstreams(system: Name, context: Name, pulse: &Pulse) {
    for upstream in &pulse.upstreams {
        let labels = [("system", system), ("context", context), ("to", upstream.name)];
        for state in ["closed", "half-open", "open"] {
            let is = f64::from(u8::from(upstream.state == state));
            gauge!("nadul_breaker", "system" => system, "context" => context, "to" => upstream.name, "state" => state)
                .set(is);
        }
        gauge!("nadul_upstream_in_flight", &labels).set(upstream.in_flight as f64);
        gauge!("nadul_upstream_failures", &labels).set(f64::from(upstream.failures));
        counter!("nadul_upstream_retries_total", &labels).absolute(upstream.retries);
        counter!("nadul_upstream_turned_away_total", &labels).absolute(upstream.turned_away);
    }
}

/// How many events of each source a consumer has still to hear.
fn lags(system: Name, context: &Context, pulse: &Pulse, newest: impl Fn(&str) -> u64) {
    for (key, heard) in &pulse.head.positions {
        let Some((consumer, source)) = key.split_once('<') else { continue };
        let (consumer, source) = (consumer.to_string(), source.to_string());
        let lag = newest(&source).saturating_sub(*heard);
        gauge!("nadul_lag_events", "system" => system, "context" => context.name, "consumer" => consumer, "source" => source)
            .set(lag as f64);
    }
}
