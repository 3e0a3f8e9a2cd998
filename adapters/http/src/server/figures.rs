//! How a system was used lately: a point for each span of time, the last 180 of them, kept in memory. With spans of five seconds that is a quarter of an hour.
use crate::operate::lag;
use crate::server::Server;
use crate::server::hosted_system::HostedSystem;
use axum::http::StatusCode;
use kernel::Timestamp;
use serde::Serialize;
use std::array;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

const POINTS_MAX: usize = 180;

/// Steps of a time's scale for each doubling: a percentile is right within a tenth.
const STEPS: u32 = 8;
/// From one microsecond to more than four minutes.
const SLOTS: usize = 28 * STEPS as usize;

/// What happened within one span of time.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Point {
    /// The end of the span.
    at: Timestamp,
    reads: u64,
    commands: u64,
    /// Commands that a rule or the edge refused: 4xx.
    refused: u64,
    /// Commands that something was down or too slow for: 5xx.
    failed: u64,
    /// Times of commands, in milliseconds; `None`: there were none.
    p50_ms: Option<f64>,
    p95_ms: Option<f64>,
    p99_ms: Option<f64>,
    /// Commits of an average group that was made durable at once; `None`: there was none.
    group: Option<f64>,
    /// Events that the consumer furthest behind has still to consume.
    lag: u64,
    /// Open live streams of the whole process.
    streams: usize,
    /// Memory of the whole process, in bytes; `None`: this machine does not tell.
    memory: Option<usize>,
}

pub(crate) struct Figures {
    now: Tally,
    past: Mutex<VecDeque<Point>>,
    /// Commits and groups of all contexts, when they were looked at last.
    made: Mutex<(u64, u64)>,
}

struct Tally {
    reads: AtomicU64,
    refused: AtomicU64,
    failed: AtomicU64,
    /// Commands by how long they took.
    times: [AtomicU64; SLOTS],
}

impl Default for Figures {
    fn default() -> Figures {
        let none = || AtomicU64::new(0);
        let now = Tally { reads: none(), refused: none(), failed: none(), times: array::from_fn(|_| none()) };
        Figures { now, past: Mutex::default(), made: Mutex::default() }
    }
}

impl Figures {
    pub fn count(&self, is_read: bool, status: StatusCode, took: Duration) {
        if is_read {
            self.now.reads.fetch_add(1, Relaxed);
            return;
        }
        if status.is_client_error() {
            self.now.refused.fetch_add(1, Relaxed);
        }
        if status.is_server_error() {
            self.now.failed.fetch_add(1, Relaxed);
        }
        self.now.times[slot(took)].fetch_add(1, Relaxed);
    }

    /// Oldest first.
    pub fn points(&self) -> Vec<Point> {
        self.past.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// `None`: the first span has not ended.
    pub fn newest(&self) -> Option<Point> {
        self.past.lock().unwrap_or_else(PoisonError::into_inner).back().cloned()
    }

    fn end_span(&self, hosted: &HostedSystem, streams: usize) {
        let statuses = lag::statuses(hosted);
        let sum = |of: fn(&runtime::port::work::Status) -> u64| statuses.values().map(of).sum::<u64>();
        let made = (sum(|status| status.commits), sum(|status| status.groups));
        let before = std::mem::replace(&mut *self.made.lock().unwrap_or_else(PoisonError::into_inner), made);
        // a context that starts again counts from zero
        let (commits, groups) = (made.0.saturating_sub(before.0), made.1.saturating_sub(before.1));
        let times: Vec<u64> = self.now.times.iter().map(|count| count.swap(0, Relaxed)).collect();
        let point = Point {
            at: now(),
            reads: self.now.reads.swap(0, Relaxed),
            commands: times.iter().sum(),
            refused: self.now.refused.swap(0, Relaxed),
            failed: self.now.failed.swap(0, Relaxed),
            p50_ms: percentile(&times, 0.50),
            p95_ms: percentile(&times, 0.95),
            p99_ms: percentile(&times, 0.99),
            group: (groups > 0).then(|| commits as f64 / groups as f64),
            lag: lag::of_all(&statuses).iter().map(|lag| lag.events).max().unwrap_or(0),
            streams,
            memory: memory_stats::memory_stats().map(|memory| memory.physical_mem),
        };
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        if past.len() == POINTS_MAX {
            past.pop_front();
        }
        past.push_back(point);
    }
}

/// Ends spans of time until the edge stops.
pub(crate) async fn follow(server: Arc<Server>) {
    let span = Duration::from_millis(server.settings.figures_span_ms);
    let mut ticks = interval_at(Instant::now() + span, span);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = server.shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let streams = server.bounds.open_streams();
        let end = |(hosted, figures): (&Arc<HostedSystem>, &Arc<Figures>)| figures.end_span(hosted, streams);
        server.systems.iter().zip(&server.figures).for_each(end);
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

fn slot(took: Duration) -> usize {
    let us = took.as_secs_f64() * 1e6;
    let at = us.max(1.0).log2() * f64::from(STEPS);
    (at as usize).min(SLOTS - 1)
}

/// In milliseconds: the middle of the slot in which this share of all is reached.
fn percentile(times: &[u64], share: f64) -> Option<f64> {
    let all: u64 = times.iter().sum();
    let wanted = (all as f64 * share).ceil().max(1.0) as u64;
    let mut seen = 0;
    let at = times.iter().position(|count| {
        seen += count;
        seen >= wanted
    })?;
    Some(((at as f64 + 0.5) / f64::from(STEPS)).exp2() / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_right_within_a_tenth() {
        let figures = Figures::default();
        for ms in 1..=100 {
            figures.count(false, StatusCode::CREATED, Duration::from_millis(ms));
        }
        let times: Vec<u64> = figures.now.times.iter().map(|count| count.load(Relaxed)).collect();
        for (share, expected) in [(0.5, 50.0), (0.95, 95.0), (0.99, 99.0)] {
            let found = percentile(&times, share).expect("there were some");
            assert!((found / expected - 1.0_f64).abs() < 0.1, "{share}: {found}");
        }
        assert_eq!(percentile(&[0; SLOTS], 0.5), None);
    }

    #[test]
    fn every_time_has_a_slot() {
        assert_eq!(slot(Duration::ZERO), 0);
        assert_eq!(slot(Duration::from_secs(3600)), SLOTS - 1);
    }
}
