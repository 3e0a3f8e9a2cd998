//! What a process of several is opened with.
use crate::opening::OnCommit;
use kernel::{Head, Name, Settings, System};
use runtime::limits::Limits;
use runtime::port::broker::Broker;
use runtime::port::directory::Directory;
use runtime::port::feed::Feed;
use runtime::port::peers::Peers;
use runtime::port::replica::{Ownership, Replica, Standby};
use runtime::port::work::{Links, Status};
use std::sync::Arc;
use std::time::Duration;

/// The feed of a context that works here, from sources that work elsewhere; the closure is called when a source may have news.
pub type FeedOfOthers = Box<dyn Fn(Name, Arc<dyn Fn() + Send + Sync>) -> Arc<dyn Feed> + Send + Sync>;
/// Tells a replica, by its internal address, that a context was given to it.
pub type TellHeir = Box<dyn Fn(&str, Name) + Send + Sync>;

pub struct ReplicatedOpening {
    pub system: Arc<System>,
    /// The system's own.
    pub settings: Settings,
    pub limits: Limits,
    pub times: ReplicaTimes,
    /// This process, as the others see it.
    pub me: Replica,
    /// The contexts that may work here, each by its store.
    pub seats: Vec<(Name, Box<dyn Standby>)>,
    pub elsewhere: Elsewhere,
    pub on_commit: OnCommit,
    /// Where published events go as well, of the contexts that are owned here.
    pub broker: Option<Arc<dyn Broker>>,
    /// Room left where the stores are, in MB.
    pub free_disk_mb: Arc<dyn Fn() -> u64 + Send + Sync>,
}

/// The other processes.
pub struct Elsewhere {
    /// How contexts hear of those in other processes.
    pub links: Links,
    /// Messages to contexts that work elsewhere.
    pub peers: Arc<dyn Peers>,
    pub feed: FeedOfOthers,
    /// Where contexts without a seat here are worked for.
    pub directory: Arc<dyn Directory>,
    /// The newest durable head of a context without a seat here, as far as it is known.
    pub head: Box<dyn Fn(&str) -> Option<Head> + Send + Sync>,
    /// Somebody waits for it: it is asked for often, for a while.
    pub await_head: Box<dyn Fn(&str) + Send + Sync>,
    /// Who owns a context without a seat here, as far as it is known.
    pub ownership: Box<dyn Fn(&str) -> Option<Ownership> + Send + Sync>,
    /// How a context stands at its owner in another process, as it said lately.
    pub status: Box<dyn Fn(&str) -> Option<Status> + Send + Sync>,
    pub tell_heir: TellHeir,
}

#[derive(Clone, Copy, Debug)]
pub struct ReplicaTimes {
    /// How often a seat looks who owns its context, and says that it is there.
    pub look: Duration,
    /// How often a replica that stands by looks for new groups.
    pub follow: Duration,
    /// How long an owner that gives its context away finishes what is under way.
    pub finish: Duration,
    /// How long a context may be without a known owner before this process says that it is not ready.
    pub ownerless: Duration,
}

impl Default for ReplicaTimes {
    fn default() -> ReplicaTimes {
        let ms = Duration::from_millis;
        ReplicaTimes { look: ms(250), follow: ms(100), finish: ms(1000), ownerless: ms(10_000) }
    }
}
