//! A request that waits until somebody is known who answers it: bounded in number and in time.
use crate::pass_on::asking::Asking;
use metrics::{Gauge, gauge};
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, sleep};

/// Before it is asked again where the context is: a context that is given away has its new owner soon.
const PAUSE: Duration = Duration::from_millis(20);
/// After so many of them the context was not given away, but its owner is gone.
const SHORT_PAUSES: usize = 10;
const LATER_PAUSE: Duration = Duration::from_millis(50);

/// Counts from the request's first pause to its end.
pub(super) struct Held {
    /// Until when it may wait for somebody to be known.
    pub until: Instant,
    pauses: usize,
    gauge: Gauge,
    _permit: OwnedSemaphorePermit,
}

impl Held {
    /// `None` where as many wait as may.
    pub fn begin(asking: &Asking<'_>) -> Option<Held> {
        let permit = asking.passing.held.clone().try_acquire_owned().ok()?;
        let time = Duration::from_millis(asking.server.settings.handover_hold_ms);
        let until = asking.deadline.min(Instant::now() + time);
        let (system, context) = (asking.needs.hosted.name(), asking.needs.context);
        let gauge = gauge!("nadul_held_requests", "system" => system, "context" => context);
        gauge.increment(1);
        Some(Held { until, pauses: 0, gauge, _permit: permit })
    }

    /// Whether there was time for it.
    pub async fn pause(&mut self, until: Instant) -> bool {
        let pause = if self.pauses < SHORT_PAUSES { PAUSE } else { LATER_PAUSE };
        self.pauses += 1;
        let is_in_time = Instant::now() + pause < until;
        if is_in_time {
            sleep(pause).await;
        }
        is_in_time
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.gauge.decrement(1);
    }
}
