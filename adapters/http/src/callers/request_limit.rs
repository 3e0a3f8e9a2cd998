//! How many requests a caller may send: as many at once as `burst`, refilled evenly with time.
use crate::callers::{CallerKey, CallerQuotas};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::Clock;
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

pub(crate) const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
pub(crate) const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// What each key has left. A key that has everything left again is forgotten.
pub(super) type Buckets<K, C> = RateLimiter<K, HashMapStateStore<K>, C, StateInformationMiddleware>;

pub(super) fn buckets<K: Hash + Eq + Clone, C: Clock + Clone>(quota: Quota, clock: &C) -> Buckets<K, C> {
    RateLimiter::hashmap_with_clock(quota, clock.clone()).with_middleware::<StateInformationMiddleware>()
}

/// At least one.
pub(super) fn at_least_one(count: u32) -> NonZeroU32 {
    NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN)
}

pub(super) struct RequestLimit<C: Clock> {
    buckets: Buckets<CallerKey, C>,
    clock: C,
    per_s: u32,
    burst: u32,
}

/// One request that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    burst: u32,
    /// Seconds in which a caller who has nothing left has everything again.
    window_s: u32,
    left: u32,
    /// Until everything is left again.
    full_in_s: u32,
    /// It is one too many: how long the caller has to wait.
    pub wait: Option<Duration>,
}

impl<C: Clock + Clone> RequestLimit<C> {
    pub fn new(quotas: &CallerQuotas, clock: &C) -> RequestLimit<C> {
        let (per_s, burst) = (at_least_one(quotas.requests_per_s), at_least_one(quotas.burst));
        let buckets = buckets(Quota::per_second(per_s).allow_burst(burst), clock);
        RequestLimit { buckets, clock: clock.clone(), per_s: per_s.get(), burst: burst.get() }
    }

    pub fn count(&self, caller: &CallerKey) -> Counted {
        let (left, wait) = match self.buckets.check_key(caller) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(until) => (0, Some(until.wait_time_from(self.clock.now()))),
        };
        let seconds = |requests: u32| requests.div_ceil(self.per_s);
        let full_in_s = seconds(self.burst.saturating_sub(left));
        Counted { burst: self.burst, window_s: seconds(self.burst), left, full_in_s, wait }
    }

    pub fn forget_idle(&self) {
        self.buckets.retain_recent();
        self.buckets.shrink_to_fit();
    }

    #[cfg(test)]
    pub fn known(&self) -> usize {
        self.buckets.len()
    }
}

impl Counted {
    /// What an answer says of it.
    pub fn tell(&self, headers: &mut HeaderMap) {
        let Counted { burst, window_s, left, full_in_s, .. } = self;
        let said = [
            (POLICY, format!("\"caller\";q={burst};w={window_s}")),
            (LIMIT, format!("\"caller\";r={left};t={full_in_s}")),
        ];
        for (name, text) in said {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    fn person(name: &str) -> CallerKey {
        CallerKey::Person("issuer".into(), name.into())
    }

    fn said(counted: &Counted) -> Vec<String> {
        let mut headers = HeaderMap::new();
        counted.tell(&mut headers);
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).map(str::to_string);
        [POLICY, LIMIT].into_iter().filter_map(text).collect()
    }

    #[test]
    fn a_caller_has_a_burst_that_is_refilled_with_time() {
        let clock = FakeRelativeClock::default();
        let limit = RequestLimit::new(&CallerQuotas { requests_per_s: 2, burst: 5, ..CallerQuotas::default() }, &clock);
        let kim = person("kim");
        let first = limit.count(&kim);
        assert_eq!(said(&first), [r#""caller";q=5;w=3"#, r#""caller";r=4;t=1"#]);
        let rest: Vec<u32> = (0..4).map(|_| limit.count(&kim).left).collect();
        assert_eq!(rest, [3, 2, 1, 0]);
        let over = limit.count(&kim);
        assert_eq!(
            (said(&over), over.wait),
            (vec![r#""caller";q=5;w=3"#.into(), r#""caller";r=0;t=3"#.into()], Some(Duration::from_millis(500)))
        );
        assert_eq!(limit.count(&person("lee")).left, 4, "each has a burst of their own");
        clock.advance(Duration::from_millis(500));
        assert_eq!((limit.count(&kim).wait, limit.count(&kim).wait), (None, Some(Duration::from_millis(500))));
    }

    #[test]
    fn the_same_name_of_another_issuer_is_somebody_else() {
        let limit =
            RequestLimit::new(&CallerQuotas { burst: 1, ..CallerQuotas::default() }, &FakeRelativeClock::default());
        assert_eq!(limit.count(&person("kim")).wait, None);
        assert_eq!(limit.count(&CallerKey::Person("other".into(), "kim".into())).wait, None);
        assert!(limit.count(&person("kim")).wait.is_some());
    }

    #[test]
    fn callers_who_have_everything_left_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let limit = RequestLimit::new(&CallerQuotas::default(), &clock);
        for name in 0..1000 {
            limit.count(&person(&name.to_string()));
        }
        limit.forget_idle();
        assert_eq!(limit.known(), 1000);
        clock.advance(Duration::from_secs(1));
        limit.count(&person("0"));
        limit.forget_idle();
        assert_eq!(limit.known(), 1);
    }
}
