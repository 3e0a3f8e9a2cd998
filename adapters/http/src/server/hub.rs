//! From a context's thread to everyone who watches the context: the hub passes each durable group on once, without waiting for anybody.
use crate::settings::HttpSettings;
use kernel::{Name, RowChange, Settings, System};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{broadcast, watch};

type Changes = Arc<Vec<RowChange>>;
/// `None`: too much is buffered already, or it is not known what changed, so whoever watches reads it from the store.
pub(crate) type News = Option<Arc<BufferedGroup>>;

/// A durable group that somebody has still to receive. Its bytes are counted as long as it lives.
pub(crate) struct BufferedGroup {
    pub changes: Changes,
    bytes: usize,
    buffered: Arc<AtomicUsize>,
}

impl Drop for BufferedGroup {
    fn drop(&mut self) {
        self.buffered.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// One for each system at work. The system gives it each commit; live streams and waiting readers receive from it.
pub struct Hub {
    contexts: Vec<Channels>,
}

/// The channels of one context.
struct Channels {
    context: Name,
    changes: broadcast::Sender<News>,
    commits: watch::Sender<u64>,
    running: watch::Sender<bool>,
    /// Bytes of groups that somebody has still to receive.
    buffered: Arc<AtomicUsize>,
    bytes_max: usize,
}

impl Hub {
    /// For a system, with the `[http]` settings (or their defaults).
    pub fn for_system(system: &System, settings: &Settings) -> Arc<Hub> {
        let (groups, bytes_max) = (whole(settings, "stream_buffer_groups"), whole(settings, "stream_buffer_bytes"));
        let channels = |context: Name| Channels {
            context,
            changes: broadcast::channel(groups).0,
            commits: watch::channel(0).0,
            running: watch::channel(true).0,
            buffered: Arc::default(),
            bytes_max,
        };
        Arc::new(Hub { contexts: system.contexts.iter().map(|context| channels(context.name)).collect() })
    }

    pub fn on_commit(self: &Arc<Hub>) -> Arc<dyn Fn(Name, Option<&Changes>) + Send + Sync> {
        let hub = self.clone();
        Arc::new(move |context, changes| {
            if let Some(channels) = hub.channels(context) {
                channels.send(changes);
            }
        })
    }

    /// `None` where there is no such context.
    pub(crate) fn changes(&self, context: &str) -> Option<broadcast::Receiver<News>> {
        self.channels(context).map(|channels| channels.changes.subscribe())
    }

    /// Changes its value after each group of this context. `None` where there is no such context.
    pub(crate) fn commits(&self, context: &str) -> Option<watch::Receiver<u64>> {
        self.channels(context).map(|channels| channels.commits.subscribe())
    }

    /// Whether this context runs, as far as it was looked at. `None` where there is no such context.
    pub(crate) fn running(&self, context: &str) -> Option<watch::Receiver<bool>> {
        self.channels(context).map(|channels| channels.running.subscribe())
    }

    /// Tells everyone who watches a context that it was stopped, or that it runs again.
    pub(crate) fn look(&self, is_running: impl Fn(Name) -> bool) {
        for Channels { context, running, .. } in &self.contexts {
            let now = is_running(context);
            running.send_if_modified(|known| std::mem::replace(known, now) != now);
        }
    }

    fn channels(&self, context: &str) -> Option<&Channels> {
        self.contexts.iter().find(|channels| channels.context == context)
    }
}

impl Channels {
    fn send(&self, changes: Option<&Changes>) {
        let is_news = changes.is_none_or(|changes| !changes.is_empty());
        if is_news && self.changes.receiver_count() > 0 {
            let _nobody_listens_any_more = self.changes.send(changes.and_then(|changes| self.news(changes)));
        }
        self.commits.send_modify(|count| *count += 1);
    }

    fn news(&self, changes: &Changes) -> News {
        let rows = changes.iter().flat_map(|change| change.before.iter().chain(&change.after));
        let bytes = rows.map(|row| row.shown_bytes()).sum();
        let before = self.buffered.fetch_add(bytes, Ordering::Relaxed);
        let group = BufferedGroup { changes: changes.clone(), bytes, buffered: self.buffered.clone() };
        (before + bytes <= self.bytes_max).then(|| Arc::new(group))
    }
}

fn whole(settings: &Settings, name: Name) -> usize {
    let value =
        if settings.has(name) { settings.whole(name) } else { Settings::defaults(HttpSettings::SETTINGS).whole(name) };
    value as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, Row};

    fn changes(bytes: usize) -> Changes {
        let row = Row { body: Some("x".repeat(bytes).into()), ..Row::default() };
        let after = Some(Arc::new(row));
        Arc::new(vec![RowChange { table: "catches".into(), id: Id(1), change: 1, before: None, after }])
    }

    #[test]
    fn groups_that_nobody_takes_are_kept_up_to_their_bytes() {
        let (changes_sender, mut receiver) = broadcast::channel(256);
        let channels = Channels {
            context: "catch",
            changes: changes_sender,
            commits: watch::channel(0).0,
            running: watch::channel(true).0,
            buffered: Arc::default(),
            bytes_max: 1000,
        };
        (0..5).for_each(|_| channels.send(Some(&changes(400))));
        let kept: Vec<bool> = (0..5).filter_map(|_| receiver.try_recv().ok()).map(|news| news.is_some()).collect();
        assert_eq!(kept, [true, true, false, false, false]);
        assert_eq!(channels.buffered.load(Ordering::Relaxed), 0);
        channels.send(Some(&changes(400)));
        assert!(receiver.try_recv().is_ok_and(|news| news.is_some()), "there is room again");
    }
}
