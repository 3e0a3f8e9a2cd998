//! What is down, too slow or full, by the stable code that a 503 carries as its `reason`: the edge's own, beside those of the contexts.
use runtime::error::UnavailableReason;

/// Requests under way.
pub(crate) const REQUESTS_FULL: &str = "requests-full";
/// Bytes of answers that are still to be sent.
pub(crate) const UNSENT_FULL: &str = "unsent-full";
/// Bodies that have still to arrive.
pub(crate) const BODIES_FULL: &str = "bodies-full";
/// Requests that wait with Prefer: wait.
pub(crate) const WAITS_FULL: &str = "waits-full";
/// Live streams.
pub(crate) const STREAMS_FULL: &str = "streams-full";
/// Open connections.
pub(crate) const CONNECTIONS_FULL: &str = "connections-full";
/// The answer was not there in the time that a request may take.
pub(crate) const OUT_OF_TIME: &str = "out-of-time";

const OWN: [&str; 7] =
    [REQUESTS_FULL, UNSENT_FULL, BODIES_FULL, WAITS_FULL, STREAMS_FULL, CONNECTIONS_FULL, OUT_OF_TIME];

/// Every code there is.
pub(crate) fn all() -> Vec<&'static str> {
    UnavailableReason::ALL.into_iter().map(UnavailableReason::code).chain(OWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_is_there_twice() {
        let codes: std::collections::BTreeSet<_> = all().into_iter().collect();
        assert_eq!(codes.len(), all().len());
    }

    #[test]
    fn the_readme_names_every_code() {
        for readme in [include_str!("../../../../README.md"), include_str!("../../../../README.ko.md")] {
            let unnamed: Vec<_> = all().into_iter().filter(|code| !readme.contains(&format!("`{code}`"))).collect();
            assert_eq!(unnamed, [""; 0]);
        }
    }
}
