//! Messages to contexts in other processes: a bounded line for each receiver, and a task that sends what waits in it.
//!
//! Each message is delivered at most once: it is sent again only after a process has said that it did not take it, or could not be
//! connected to. A connection that breaks after sending says nothing, so its messages count as gone; the machine repeats what must be.
mod line;
mod pause;
mod send;
mod waiting;

use crate::client::ProcessClient;
use crate::tasks::Tasks;
use kernel::Name;
use line::Line;
use runtime::port::directory::Directory;
use runtime::port::peers::{Envelope, NotSent, Peers};
use std::sync::Arc;

/// What one context sends its messages with.
pub struct PeersOpening {
    /// Signs in the sending context's name.
    pub client: ProcessClient,
    pub directory: Arc<dyn Directory>,
    /// The contexts that messages may go to; nothing is sent to others.
    pub receivers: Vec<Name>,
    /// Messages that may wait for one receiver.
    pub waiting_max: usize,
}

pub struct RemotePeers {
    lines: Vec<Arc<Line>>,
    _tasks: Tasks,
}

impl RemotePeers {
    pub fn open(opening: PeersOpening) -> RemotePeers {
        let mut tasks = Tasks::default();
        let open = |receiver: &Name| {
            let line = Arc::new(Line::new(receiver, &opening));
            tasks.spawn(opening.client.handle(), line.clone().work());
            line
        };
        let lines = opening.receivers.iter().map(open).collect();
        RemotePeers { lines, _tasks: tasks }
    }

    /// Messages that were given and have neither arrived nor been given up.
    pub fn waiting(&self) -> usize {
        self.lines.iter().map(|line| line.waiting()).sum()
    }
}

impl Peers for RemotePeers {
    /// A message for a receiver that is not there at the moment waits for it, until its time is over.
    fn send(&self, envelope: Envelope) -> Result<(), NotSent> {
        self.lines.iter().find(|line| line.receiver == envelope.to).ok_or(NotSent)?.put(envelope)
    }
}
