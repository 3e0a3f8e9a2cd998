//! What this process answers the others from.
use super::directory::PolledDirectory;
use embedded::replicated::{NotTaken, ReplicatedHost};
use kernel::{Head, Name};
use remote::{Inside, Taken};
use runtime::port::feed::{Slice, SourceLate};
use runtime::port::peers::Envelope;
use runtime::port::replica::Ownership;
use runtime::port::work::Status;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::watch;

/// A number for each context that changes with every durable group this process hears of.
#[derive(Clone)]
pub struct GroupNews(Arc<BTreeMap<Name, watch::Sender<u64>>>);

impl GroupNews {
    pub fn of(contexts: impl IntoIterator<Item = Name>) -> GroupNews {
        GroupNews(Arc::new(contexts.into_iter().map(|context| (context, watch::channel(0).0)).collect()))
    }

    pub fn tell(&self, context: &str) {
        if let Some(sender) = self.0.get(context) {
            sender.send_modify(|count| *count += 1);
        }
    }

    fn receiver(&self, context: &str) -> Option<watch::Receiver<u64>> {
        self.0.get(context).map(watch::Sender::subscribe)
    }
}

pub struct HostInside {
    pub host: Arc<ReplicatedHost>,
    pub news: GroupNews,
    pub directory: Arc<PolledDirectory>,
}

impl Inside for HostInside {
    fn take(&self, envelope: Envelope) -> Taken {
        match self.host.take(envelope) {
            Ok(()) => Taken::Taken,
            Err(NotTaken::NotOwner) => Taken::NotOwner,
            Err(NotTaken::Full) => Taken::Full,
        }
    }

    fn log(&self, context: &str, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        self.host.log(context, after, at_most)
    }

    fn news(&self, context: &str) -> Option<watch::Receiver<u64>> {
        self.host.seat(context)?;
        self.news.receiver(context)
    }

    fn head(&self, context: &str) -> Option<Head> {
        self.host.seat(context)?;
        self.host.head(context)
    }

    fn status(&self, context: &str) -> Option<Status> {
        self.host.status_here(context)
    }

    fn ownership(&self, context: &str) -> Option<Ownership> {
        self.host.ownership_of_seat(context)
    }

    fn heard_from(&self, context: &str, url: &str, epoch: u64) {
        self.directory.hear_owner(context, url, epoch);
    }

    fn yours(&self, context: &str) {
        self.host.yours(context);
    }
}
