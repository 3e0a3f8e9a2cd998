//! The limits of each caller, each process for itself. In mode `open` there are none.
use crate::callers::failure_limit::FailureLimit;
use crate::callers::request_limit::RequestLimit;
use crate::callers::stream_limit::{CallerStream, StreamLimit};
use crate::callers::{CallerKey, CallerQuotas, Callers, Counted, ReachableFrom};
use crate::problem::{HttpResult, Problem};
use governor::clock::DefaultClock;
use std::net::IpAddr;
use std::time::Duration;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// The pause between two looks for callers who can be forgotten.
const PAUSE: Duration = Duration::from_secs(1);

pub(crate) struct CallerLimits {
    requests: RequestLimit<DefaultClock>,
    failures: FailureLimit<DefaultClock>,
    streams: StreamLimit,
}

impl CallerLimits {
    /// `None` in mode `open`.
    pub fn new(callers: &Callers) -> Option<CallerLimits> {
        let (CallerQuotas { streams, failures_per_min, .. }, clock) = (callers.quotas, DefaultClock::default());
        (callers.reach != ReachableFrom::Open).then(|| CallerLimits {
            requests: RequestLimit::new(&callers.quotas, &clock),
            failures: FailureLimit::new(failures_per_min, &clock),
            streams: StreamLimit::new(streams),
        })
    }

    /// Counts one request.
    pub fn count(&self, caller: &CallerKey) -> Counted {
        self.requests.count(caller)
    }

    /// One more live stream of a caller, until what is returned is dropped.
    pub fn stream(&self, caller: &CallerKey) -> HttpResult<CallerStream> {
        self.streams.open(caller).ok_or_else(|| Problem::too_many_requests(Duration::ZERO))
    }

    /// Counts a token that was refused, or a sign-in that failed; not one that has merely expired.
    pub fn failed(&self, address: IpAddr) {
        self.failures.count(address);
    }

    /// What whoever can't prove who they are is told, in place of that, at an address that failed too often.
    pub fn check_failures(&self, address: IpAddr) -> HttpResult<()> {
        self.failures.wait(address).map_or(Ok(()), |wait| Err(Problem::too_many_requests(wait)))
    }

    /// Forgets callers who have everything left, so that only those of the last seconds take memory.
    pub async fn forget_idle(&self, shutdown: CancellationToken) {
        while shutdown.run_until_cancelled(sleep(PAUSE)).await.is_some() {
            self.requests.forget_idle();
            self.failures.forget_idle();
        }
    }
}
