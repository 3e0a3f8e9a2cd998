//! What the `[access]` settings say to the edge of its callers.
use crate::settings::Resolved;
use http_edge::{CallerQuotas, Callers, ReachableFrom};
use identity::{AccessMode, AccessSettings};

pub fn read(settings: &Resolved) -> Callers {
    let set = AccessSettings::read(&settings.group("access"));
    let reach = match set.mode {
        AccessMode::Open => ReachableFrom::Open,
        AccessMode::Local => ReachableFrom::Local,
        AccessMode::Oidc => ReachableFrom::Anywhere,
    };
    let quotas = CallerQuotas {
        requests_per_s: set.requests_per_s,
        burst: set.burst,
        streams: set.streams_per_caller,
        failures_per_min: set.failures_per_min,
    };
    Callers { reach, quotas }
}
