//! Keys for requests that may have to be sent again: never one twice.
use std::sync::atomic::{AtomicU64, Ordering};

pub(super) struct RequestKeys {
    /// Another one for each start of a process.
    process: u128,
    given: AtomicU64,
}

impl RequestKeys {
    pub fn new() -> RequestKeys {
        RequestKeys { process: fastrand::u128(..), given: AtomicU64::new(0) }
    }

    pub fn next(&self) -> String {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        format!("{:032x}-{number}", self.process)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_given_twice() {
        let (one, other) = (RequestKeys::new(), RequestKeys::new());
        let given = [one.next(), one.next(), other.next(), other.next()];
        let keys: std::collections::BTreeSet<_> = given.iter().collect();
        assert_eq!(keys.len(), given.len());
    }
}
