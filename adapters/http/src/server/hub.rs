//! From a context's thread to everyone who watches the context: the hub passes each durable group on once, without waiting for anybody.
use crate::settings::HttpSettings;
use kernel::{Name, RowChange, Settings, System};
use std::sync::Arc;
use tokio::sync::{broadcast, watch};

pub(crate) type Changes = Arc<Vec<RowChange>>;

/// One for each system at work. The system gives it each commit; live streams and waiting readers receive from it.
pub struct Hub {
    contexts: Vec<Channels>,
}

/// The two channels of one context.
struct Channels {
    context: Name,
    changes: broadcast::Sender<Changes>,
    commits: watch::Sender<u64>,
}

impl Hub {
    /// For a system, with the `[http]` settings (or their defaults).
    pub fn for_system(system: &System, settings: &Settings) -> Arc<Hub> {
        let groups = buffered_groups(settings);
        let channels =
            |context: Name| Channels { context, changes: broadcast::channel(groups).0, commits: watch::channel(0).0 };
        Arc::new(Hub { contexts: system.contexts.iter().map(|context| channels(context.name)).collect() })
    }

    pub fn on_commit(self: &Arc<Hub>) -> Arc<dyn Fn(Name, &Changes) + Send + Sync> {
        let hub = self.clone();
        Arc::new(move |context, changes| {
            if let Some(channels) = hub.channels(context) {
                channels.send(changes);
            }
        })
    }

    /// `None` where there is no such context.
    pub(crate) fn changes(&self, context: &str) -> Option<broadcast::Receiver<Changes>> {
        self.channels(context).map(|channels| channels.changes.subscribe())
    }

    /// Changes its value after each group of this context. `None` where there is no such context.
    pub(crate) fn commits(&self, context: &str) -> Option<watch::Receiver<u64>> {
        self.channels(context).map(|channels| channels.commits.subscribe())
    }

    fn channels(&self, context: &str) -> Option<&Channels> {
        self.contexts.iter().find(|channels| channels.context == context)
    }
}

impl Channels {
    fn send(&self, changes: &Changes) {
        if !changes.is_empty() && self.changes.receiver_count() > 0 {
            let _nobody_listens_any_more = self.changes.send(changes.clone());
        }
        self.commits.send_modify(|count| *count += 1);
    }
}

fn buffered_groups(settings: &Settings) -> usize {
    let name = "stream_buffer_groups";
    let groups =
        if settings.has(name) { settings.whole(name) } else { Settings::defaults(HttpSettings::SETTINGS).whole(name) };
    groups as usize
}
