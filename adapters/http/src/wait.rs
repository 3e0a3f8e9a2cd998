//! `Prefer: wait`: answers that have heard of what the client did, wherever its consequences had to pass on their way.
use crate::answer::POSITION;
use crate::collection_ref::CollectionRef;
use crate::settings::Bounds;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use std::time::Duration;

const PREFER: HeaderName = HeaderName::from_static("prefer");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");
/// A look at the store's head where no commit was heard of.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// What became of a client's wish to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waited {
    NotAsked,
    Reached,
    InVain,
}

impl Waited {
    pub fn tell(self, response: &mut Response) {
        if self == Waited::Reached {
            response.headers_mut().insert(PREFERENCE_APPLIED, HeaderValue::from_static("wait"));
        }
    }
}

/// How long the client would wait, at most as long as it may.
pub(crate) fn asked(headers: &HeaderMap, bounds: &Bounds) -> Duration {
    let lines = headers.get_all(PREFER).into_iter().filter_map(|line| line.to_str().ok());
    let wait = lines.flat_map(|line| line.split([',', ';'])).find_map(|item| {
        let (name, seconds) = item.split_once('=')?;
        let seconds = seconds.trim().trim_matches('"').parse::<f64>().ok()?;
        (name.trim().eq_ignore_ascii_case("wait") && seconds >= 0.0).then_some(seconds)
    });
    let most = Duration::from_millis(bounds.wait_max_ms);
    wait.map_or(Duration::ZERO, |seconds| Duration::try_from_secs_f64(seconds).unwrap_or(most).min(most))
}

/// Waits until the asked collection shows what follows from the positions the client sends back.
pub(crate) async fn until(collection: &CollectionRef, headers: &HeaderMap) -> Waited {
    let time = asked(headers, &collection.place.house.bounds);
    let from = positions(collection, headers);
    if time.is_zero() || from.iter().all(Option::is_none) {
        return Waited::NotAsked;
    }
    match tokio::time::timeout(time, Walk::of(collection, from).walk()).await {
        Ok(()) => Waited::Reached,
        Err(_) => Waited::InVain,
    }
}

/// `catch:123, pickup:4`: how far each context's log must have been heard.
fn positions(collection: &CollectionRef, headers: &HeaderMap) -> Vec<Option<u64>> {
    let contexts = &collection.place.system().contexts;
    let mut found = vec![None; contexts.len()];
    let lines = headers.get_all(POSITION).into_iter().filter_map(|line| line.to_str().ok());
    for item in lines.flat_map(|line| line.split(',')) {
        let Some((name, position)) = item.trim().split_once(':') else { continue };
        let context = contexts.iter().position(|context| context.name == name);
        if let (Some(context), Ok(position)) = (context, position.parse::<u64>()) {
            found[context] = found[context].max(Some(position));
        }
    }
    found
}

/// From the contexts that acted to the one that is asked, along everything that is heard.
struct Walk<'a> {
    collection: &'a CollectionRef,
    /// How far each context's log must be heard by those behind it.
    required: Vec<Option<u64>>,
    /// Whom each context's policies hear.
    heard: Vec<Vec<usize>>,
}

impl<'a> Walk<'a> {
    fn of(collection: &'a CollectionRef, required: Vec<Option<u64>>) -> Walk<'a> {
        let contexts = &collection.place.system().contexts;
        let index = |name| contexts.iter().position(|context| context.name == name);
        let heard = contexts.iter().map(|context| context.policies.iter().filter_map(|p| index(p.source)).collect());
        Walk { collection, required, heard: heard.collect() }
    }

    /// A consequence passes each context at most once on its way that matters, so as many rounds as there are contexts are enough.
    async fn walk(mut self) {
        let relays = self.relays();
        for _ in 0..relays.len() {
            let before = self.required.clone();
            for relay in &relays {
                self.pass(*relay).await;
            }
            if before == self.required {
                break;
            }
        }
        self.arrive().await;
    }

    /// Contexts other than the asked one whose own events it hears of, directly or not.
    fn relays(&self) -> Vec<usize> {
        let mut found: Vec<usize> = self.sources();
        let mut at = 0;
        while let Some(context) = found.get(at).copied() {
            at += 1;
            let new: Vec<usize> =
                self.heard[context].iter().filter(|source| !found.contains(source)).copied().collect();
            found.extend(new);
        }
        found.retain(|context| *context != self.collection.context);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whom the asked collection hears.
    fn sources(&self) -> Vec<usize> {
        let contexts = &self.collection.place.system().contexts;
        let view =
            contexts[self.collection.context].views.iter().find(|view| view.collection.name == self.collection.name);
        match view {
            Some(view) => {
                view.sources().filter_map(|name| contexts.iter().position(|context| context.name == name)).collect()
            }
            None => self.heard[self.collection.context].clone(),
        }
    }

    /// Waits until one context's policies have heard all that is required, then requires what they did of it.
    async fn pass(&mut self, context: usize) {
        let sources = self.heard[context].clone();
        if sources.iter().all(|source| self.required[*source].is_none()) {
            return;
        }
        let position = self.hears(context, "policies", &sources).await;
        self.required[context] = self.required[context].max(Some(position));
    }

    async fn arrive(&self) {
        let context = self.collection.context;
        let table = self.collection.place.site.host.table(context, self.collection.name).unwrap_or_default();
        let consumer = if table.contains('@') { table.as_str() } else { "policies" };
        self.hears(context, consumer, &self.sources()).await;
    }

    /// The context's own position once the consumer has heard its sources far enough.
    async fn hears(&self, context: usize, consumer: &str, sources: &[usize]) -> u64 {
        let site = &self.collection.place.site;
        let wanted = sources.iter().filter_map(|source| {
            let name = site.context(*source).name;
            self.required[*source].map(|position| (format!("{consumer}<{name}"), position))
        });
        let wanted: Vec<(String, u64)> = wanted.collect();
        let mut commits = site.hub.commits(context);
        loop {
            commits.mark_unchanged();
            let head = site.host.pulse(context).head;
            if wanted.iter().all(|(key, position)| head.positions.get(key).is_some_and(|heard| heard >= position)) {
                return head.position;
            }
            let _ = tokio::time::timeout(LOOK_AGAIN, commits.changed()).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preferring(text: &str) -> Duration {
        asked(&HeaderMap::from_iter([(PREFER, text.parse().expect("a header"))]), &Bounds::default())
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
        assert!(asked(&HeaderMap::new(), &Bounds::default()).is_zero());
    }
}
