//! What is durable in contexts without a seat in this process: asked of their replicas now and then, and often while somebody waits for it.
use kernel::{Head, Name};
use remote::ProcessClient;
use runtime::port::directory::Directory;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How often one is asked that somebody has wanted to know lately.
const OFTEN: Duration = Duration::from_millis(20);
/// For so long after it was wanted.
const WANTED: Duration = Duration::from_secs(2);
/// A wish is looked for so often.
const LOOK: Duration = Duration::from_millis(20);

/// Told of a context whose head has changed.
pub type OnChange = Arc<dyn Fn(Name) + Send + Sync>;

pub struct PolledHeads {
    contexts: Vec<Arc<Watched>>,
    start: Instant,
}

struct Watched {
    context: Name,
    head: RwLock<Option<Head>>,
    /// When it was wanted last, in ms since the start; 0: never.
    wanted_ms: AtomicU64,
}

impl PolledHeads {
    pub fn watch(
        contexts: &[Name],
        client: &ProcessClient,
        directory: &Arc<dyn Directory>,
        every: Duration,
        on_change: &OnChange,
    ) -> PolledHeads {
        let start = Instant::now();
        let watched = contexts.iter().map(|context| {
            let watched = Arc::new(Watched { context, head: RwLock::default(), wanted_ms: AtomicU64::new(0) });
            tokio::spawn(watched.clone().run(client.clone(), directory.clone(), every, on_change.clone(), start));
            watched
        });
        PolledHeads { contexts: watched.collect(), start }
    }

    pub fn get(&self, context: &str) -> Option<Head> {
        let watched = self.contexts.iter().find(|watched| watched.context == context)?;
        let now = self.start.elapsed().as_millis() as u64;
        watched.wanted_ms.store(now.max(1), Ordering::Relaxed);
        watched.head.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Watched {
    async fn run(
        self: Arc<Self>,
        client: ProcessClient,
        directory: Arc<dyn Directory>,
        every: Duration,
        on_change: OnChange,
        start: Instant,
    ) {
        loop {
            let base = directory.owner(self.context).or_else(|| directory.readers(self.context).into_iter().next());
            if let Some(base) = base
                && let Ok(head) = client.head(&base, self.context).await
            {
                let before = self.head.write().unwrap_or_else(PoisonError::into_inner).replace(head.clone());
                if before.is_none_or(|before| before.group != head.group || before.life != head.life) {
                    on_change(self.context);
                }
            }
            let asked = Instant::now();
            while asked.elapsed() < every && !(self.is_wanted(start) && asked.elapsed() >= OFTEN) {
                tokio::time::sleep(LOOK).await;
            }
        }
    }

    fn is_wanted(&self, start: Instant) -> bool {
        let wanted = self.wanted_ms.load(Ordering::Relaxed);
        wanted > 0 && start.elapsed().saturating_sub(Duration::from_millis(wanted)) < WANTED
    }
}
