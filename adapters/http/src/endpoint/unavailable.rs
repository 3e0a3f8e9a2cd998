//! Requests that were turned away because something is down, too slow or full: counted by the reason, and told in the log at most once a second.
use crate::problem::Problem;
use metrics::counter;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The pause between two log lines of one reason.
const LINE_PAUSE: Duration = Duration::from_secs(1);

/// When a line was written for each reason, and how many requests were turned away since.
#[derive(Default)]
pub(crate) struct UnavailableLog(Mutex<HashMap<&'static str, (Option<Instant>, u64)>>);

impl UnavailableLog {
    pub fn record(&self, system: &str, problem: &Problem) {
        let Some(reason) = problem.cause else { return };
        counter!("nadul_unavailable_total", "system" => system.to_string(), "reason" => reason).increment(1);
        if let Some(requests) = self.line(reason, Instant::now()) {
            tracing::warn!(system, reason, requests, "turned away: {}", problem.reason.en.happened);
        }
    }

    /// How many a line that is due is about.
    fn line(&self, reason: &'static str, now: Instant) -> Option<u64> {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (written, requests) = lines.entry(reason).or_default();
        *requests += 1;
        if written.is_some_and(|at| now.duration_since(at) < LINE_PAUSE) {
            return None;
        }
        *written = Some(now);
        Some(std::mem::take(requests))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_a_line_at_once_and_then_one_a_second() {
        let (log, start) = (UnavailableLog::default(), Instant::now());
        let at = |ms| start + Duration::from_millis(ms);
        assert_eq!(log.line("store", at(0)), Some(1));
        assert_eq!(log.line("queue-full", at(1)), Some(1));
        assert_eq!([log.line("store", at(2)), log.line("store", at(999))], [None, None]);
        assert_eq!(log.line("store", at(1000)), Some(3));
    }
}
