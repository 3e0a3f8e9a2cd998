//! How many requests of this process each address answers at the moment.
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Clone, Default)]
pub(super) struct Load(Arc<Mutex<HashMap<String, usize>>>);

/// Counts as long as it lives.
pub(super) struct UnderWay {
    load: Load,
    url: String,
}

impl Load {
    pub fn begin(&self, url: &str) -> UnderWay {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(url.to_string()).or_default() += 1;
        UnderWay { load: self.clone(), url: url.to_string() }
    }

    /// The least busy first; those that are equally busy stay in their order.
    pub fn order(&self, urls: &mut [String]) {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        urls.sort_by_key(|url| counts.get(url).copied().unwrap_or(0));
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut counts = self.load.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.url) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.url);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_busy_is_asked_first() {
        let load = Load::default();
        let ordered = |load: &Load| {
            let mut urls = ["a", "b", "c"].map(str::to_string);
            load.order(&mut urls);
            urls.concat()
        };
        let first = load.begin("a");
        let _second = load.begin("b");
        let _third = load.begin("b");
        assert_eq!(ordered(&load), "cab");
        drop(first);
        assert_eq!(ordered(&load), "acb");
    }
}
