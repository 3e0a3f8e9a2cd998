//! How often an address may fail to prove who it is: refused tokens and failed sign-ins.
use crate::callers::request_limit::{Buckets, at_least_one, buckets};
use governor::Quota;
use governor::clock::{Clock, Reference};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

pub(super) struct FailureLimit<C: Clock> {
    buckets: Buckets<IpAddr, C>,
    clock: C,
    /// After which an address that has failed as often as it may has one more.
    pause: Duration,
    /// Addresses that have none left, and until when.
    spent: Mutex<HashMap<IpAddr, C::Instant>>,
}

impl<C: Clock + Clone> FailureLimit<C> {
    pub fn new(per_min: u32, clock: &C) -> FailureLimit<C> {
        let per_min = at_least_one(per_min);
        let (buckets, pause) = (buckets(Quota::per_minute(per_min), clock), MINUTE / per_min.get());
        FailureLimit { buckets, clock: clock.clone(), pause, spent: Mutex::default() }
    }

    /// Counts one failure.
    pub fn count(&self, address: IpAddr) {
        let now = self.clock.now();
        let wait = match self.buckets.check_key(&address) {
            Ok(state) if state.remaining_burst_capacity() > 0 => return,
            Ok(_) => self.pause,
            Err(until) => until.wait_time_from(now),
        };
        self.with_spent(|spent| spent.insert(address, now + wait.into()));
    }

    /// How long an address that has failed too often has to wait.
    pub fn wait(&self, address: IpAddr) -> Option<Duration> {
        let until = self.with_spent(|spent| spent.get(&address).copied())?;
        Some(Duration::from(until.duration_since(self.clock.now()))).filter(|wait| !wait.is_zero())
    }

    pub fn forget_idle(&self) {
        self.buckets.retain_recent();
        self.buckets.shrink_to_fit();
        let now = self.clock.now();
        self.with_spent(|spent| {
            spent.retain(|_, until| *until > now);
            spent.shrink_to_fit();
        });
    }

    fn with_spent<T>(&self, act: impl FnOnce(&mut HashMap<IpAddr, C::Instant>) -> T) -> T {
        act(&mut self.spent.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    #[test]
    fn an_address_that_failed_too_often_waits_for_one_more() {
        let clock = FakeRelativeClock::default();
        let limit = FailureLimit::new(10, &clock);
        let [here, there] = ["203.0.113.9", "203.0.113.10"].map(|address| address.parse().expect("an address"));
        for _ in 0..10 {
            assert_eq!(limit.wait(here), None);
            limit.count(here);
        }
        assert_eq!((limit.wait(here), limit.wait(there)), (Some(Duration::from_secs(6)), None));
        clock.advance(Duration::from_secs(4));
        limit.count(here);
        limit.forget_idle();
        assert_eq!(limit.wait(here), Some(Duration::from_secs(2)));
        clock.advance(Duration::from_secs(2));
        assert_eq!(limit.wait(here), None);
        limit.count(here);
        assert_eq!(limit.wait(here), Some(Duration::from_secs(6)));
        clock.advance(Duration::from_secs(120));
        limit.forget_idle();
        assert_eq!((limit.buckets.len(), limit.with_spent(|spent| spent.len())), (0, 0));
    }
}
