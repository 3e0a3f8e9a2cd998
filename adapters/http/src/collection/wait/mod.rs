//! `Prefer: wait`: answers that show what follows from the client's own change, through whichever contexts the consequence passes.
mod positions;
mod propagation;

use crate::collection::collection_ref::CollectionRef;
use crate::collection::wait::propagation::Propagation;
use crate::request::list_header;
use crate::settings::HttpSettings;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use std::time::Duration;
use tokio::time::timeout;

const PREFER: HeaderName = HeaderName::from_static("prefer");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// What became of a client's wish to wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Waited {
    #[default]
    NotWanted,
    Reached,
    TimedOut,
}

impl Waited {
    pub fn add_header(self, response: &mut Response) {
        if self == Waited::Reached {
            response.headers_mut().insert(PREFERENCE_APPLIED, HeaderValue::from_static("wait"));
        }
    }
}

/// How long the client would wait, at most as long as it may.
pub(crate) fn requested_time(headers: &HeaderMap, settings: &HttpSettings) -> Duration {
    let wait = list_header::items(headers, PREFER).flat_map(|item| item.split(';')).find_map(wait_seconds);
    let most = Duration::from_millis(settings.wait_max_ms);
    wait.map_or(Duration::ZERO, |seconds| Duration::try_from_secs_f64(seconds).unwrap_or(most).min(most))
}

/// The seconds of `wait=2.5`.
fn wait_seconds(preference: &str) -> Option<f64> {
    let (name, seconds) = preference.split_once('=')?;
    let seconds = seconds.trim().trim_matches('"').parse::<f64>().ok()?;
    (name.trim().eq_ignore_ascii_case("wait") && seconds >= 0.0).then_some(seconds)
}

/// A wait that a client asks for.
pub(crate) struct Wait<'a> {
    time: Duration,
    propagation: Propagation<'a>,
}

/// `None` where the client does not wait, or sends no positions back.
pub(crate) fn wanted<'a>(collection: &'a CollectionRef, headers: &HeaderMap) -> Option<Wait<'a>> {
    let time = requested_time(headers, &collection.mount.server.settings);
    let positions = positions::read(&collection.mount.hosted, headers);
    let is_wanted = !time.is_zero() && !positions.is_empty();
    is_wanted.then(|| Wait { time, propagation: Propagation::new(collection, positions) })
}

impl Wait<'_> {
    /// Until the collection shows what follows from the positions that the client sent back.
    pub async fn finish(self) -> Waited {
        match timeout(self.time, self.propagation.wait()).await {
            Ok(()) => Waited::Reached,
            Err(_) => Waited::TimedOut,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preferring(text: &str) -> Duration {
        requested_time(&HeaderMap::from_iter([(PREFER, text.parse().expect("a header"))]), &HttpSettings::default())
    }

    #[test]
    fn a_wait_is_bounded() {
        assert_eq!(preferring("wait=2"), Duration::from_secs(2));
        assert_eq!(preferring("respond-async, wait=0.5"), Duration::from_millis(500));
        assert_eq!(preferring("wait=9999999999999999999999"), Duration::from_secs(10));
    }

    #[test]
    fn what_is_no_wait_is_none() {
        assert!(["wait", "wait=x", "wait=-1", "wait=NaN", "waiting=3"].iter().all(|text| preferring(text).is_zero()));
        assert!(requested_time(&HeaderMap::new(), &HttpSettings::default()).is_zero());
    }
}
