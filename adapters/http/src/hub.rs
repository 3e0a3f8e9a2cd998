//! From a context's thread to everyone who watches it: each durable group is passed on once, without waiting for anybody.
use crate::settings::Bounds;
use kernel::{RowChange, Settings, System};
use runtime::host::OnCommit;
use std::sync::Arc;
use tokio::sync::{broadcast, watch};

pub(crate) type Changes = Arc<Vec<RowChange>>;

/// One for each host: what it is given as `on_commit`, live streams and waiting readers hear.
pub struct Hub {
    wires: Vec<Wire>,
}

struct Wire {
    changes: broadcast::Sender<Changes>,
    commits: watch::Sender<u64>,
}

impl Hub {
    /// For a system, with the `[http]` settings (or their defaults).
    pub fn of(system: &System, settings: &Settings) -> Arc<Hub> {
        let name = "stream_buffer_groups";
        let groups =
            if settings.has(name) { settings.whole(name) } else { Settings::defaults(Bounds::SETTINGS).whole(name) };
        let wire = || Wire { changes: broadcast::channel(groups as usize).0, commits: watch::channel(0).0 };
        Arc::new(Hub { wires: system.contexts.iter().map(|_| wire()).collect() })
    }

    pub fn on_commit(self: &Arc<Hub>) -> OnCommit {
        let hub = self.clone();
        Arc::new(move |context, changes| {
            let Some(wire) = hub.wires.get(context) else { return };
            if !changes.is_empty() && wire.changes.receiver_count() > 0 {
                let _ = wire.changes.send(changes.clone());
            }
            wire.commits.send_modify(|count| *count += 1);
        })
    }

    pub(crate) fn changes(&self, context: usize) -> broadcast::Receiver<Changes> {
        self.wires[context].changes.subscribe()
    }

    /// Changes its value after each group of this context.
    pub(crate) fn commits(&self, context: usize) -> watch::Receiver<u64> {
        self.wires[context].commits.subscribe()
    }
}
