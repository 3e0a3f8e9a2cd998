//! What other processes know of contexts that work there: asked now and then, and often while somebody wants to know.
use kernel::Name;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// For so long after it was wanted.
const WANTED: Duration = Duration::from_secs(2);

/// Asks for the newest value of a context, and is given the one before: what it returns is known from then on.
pub type Ask<T> = Box<dyn Fn(Name, Option<T>) -> Pin<Box<dyn Future<Output = Option<T>> + Send>> + Send + Sync>;
/// Told of a context once another value is known.
pub type OnChange = Arc<dyn Fn(Name) + Send + Sync>;

/// How often one asks.
#[derive(Clone, Copy)]
pub struct Pace {
    /// While somebody has wanted to know lately.
    pub often: Duration,
    /// Else; `None`: not at all.
    pub now_and_then: Option<Duration>,
}

pub struct Polled<T> {
    contexts: Vec<Arc<Watched<T>>>,
    start: Instant,
}

struct Watched<T> {
    context: Name,
    known: RwLock<Option<T>>,
    /// When it was wanted last, in ms since the start; 0: never.
    wanted_ms: AtomicU64,
    is_wanted: Notify,
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Polled<T> {
    /// Asks from now on, in tasks of this runtime, until it ends.
    pub fn watch(contexts: &[Name], pace: Pace, ask: Ask<T>, on_change: &OnChange) -> Polled<T> {
        let (start, ask) = (Instant::now(), Arc::new(ask));
        let watched = contexts.iter().map(|context| {
            let (known, is_wanted) = (RwLock::default(), Notify::new());
            let watched = Arc::new(Watched { context, known, wanted_ms: AtomicU64::new(0), is_wanted });
            tokio::spawn(watched.clone().run(pace, ask.clone(), on_change.clone(), start));
            watched
        });
        Polled { contexts: watched.collect(), start }
    }

    /// As it was heard of last; that somebody wants to know is not noted.
    pub fn get(&self, context: &str) -> Option<T> {
        self.watched(context)?.known()
    }

    /// Somebody wants to know.
    pub fn want(&self, context: &str) {
        if let Some(watched) = self.watched(context) {
            let now = self.start.elapsed().as_millis() as u64;
            watched.wanted_ms.store(now.max(1), Ordering::Relaxed);
            watched.is_wanted.notify_one();
        }
    }

    fn watched(&self, context: &str) -> Option<&Watched<T>> {
        self.contexts.iter().map(Arc::as_ref).find(|watched| watched.context == context)
    }
}

impl<T: Clone + PartialEq> Watched<T> {
    fn known(&self) -> Option<T> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn run(self: Arc<Self>, pace: Pace, ask: Arc<Ask<T>>, on_change: OnChange, start: Instant) {
        loop {
            if pace.now_and_then.is_some() || self.was_wanted(start) {
                let before = self.known();
                let now = ask(self.context, before.clone()).await;
                if now != before {
                    *self.known.write().unwrap_or_else(PoisonError::into_inner) = now;
                    on_change(self.context);
                }
            }
            tokio::time::sleep(pace.often).await;
            if !self.was_wanted(start) {
                let rest = pace.now_and_then.map(|every| every.saturating_sub(pace.often));
                let _it_is_asked_anyway =
                    tokio::time::timeout(rest.unwrap_or(Duration::MAX), self.is_wanted.notified()).await;
            }
        }
    }

    fn was_wanted(&self, start: Instant) -> bool {
        let wanted = self.wanted_ms.load(Ordering::Relaxed);
        wanted > 0 && start.elapsed().saturating_sub(Duration::from_millis(wanted)) < WANTED
    }
}
