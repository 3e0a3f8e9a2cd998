//! The port to a system at work, as its edge, the command line and an operator see it. Contexts go by their names: the one that is asked may
//! be in another process.
use crate::limits::Limits;
use crate::port::replica::Ownership;
use crate::port::store::{Reader, Result};
use crate::request::{ClientRequest, Response};
use crate::upstream::UpstreamStatus;
use kernel::{Context, Head, Id, Life, Name, System, TableName};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;

/// Gets the response, from the context's own thread; it must not block.
pub type Respond = Box<dyn FnOnce(Response) + Send>;
/// Copies one store, as it was when the copy was asked for, into a file.
pub type Snapshot = Box<dyn FnOnce(&Path) -> Result<()> + Send>;

/// What is plugged into the ports between contexts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Links {
    /// How events of other contexts arrive.
    pub feed: Name,
    /// How calls and their answers do.
    pub peers: Name,
    /// Where published events are read.
    pub published: Name,
}

impl Links {
    /// With a broker that published events go to as well.
    pub fn with_broker(self, has_one: bool) -> Links {
        Links { published: if has_one { "its log, and Apache Kafka" } else { self.published }, ..self }
    }
}

impl Default for Links {
    /// All contexts in one process.
    fn default() -> Links {
        Links { feed: "their logs, in place", peers: "memory", published: "its log" }
    }
}

/// What a request needs of the process that answers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// What is durable in the context.
    Read,
    /// The context itself, which decides.
    Decide,
}

/// What answers for a collection now, as this release sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answering {
    /// What it declares.
    AsDeclared,
    /// Another version of the view: the one before until the declared one has been rebuilt, or that of another release. Its rows may be
    /// found and listed by other keys.
    OtherVersion { has_declared_keys: bool },
}

impl Answering {
    pub fn of(context: &Context, collection: &str, head: &Head) -> Answering {
        let Some(view) = context.views.iter().find(|view| view.collection.name == collection) else {
            return Answering::AsDeclared;
        };
        if head.versions.get(collection).is_none_or(|version| *version == view.version) {
            return Answering::AsDeclared;
        }
        let keys = head.view_keys.get(collection);
        Answering::OtherVersion { has_declared_keys: keys.is_none_or(|keys| *keys == view.collection.keys_text()) }
    }
}

/// Where a request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnsweredAt {
    /// In this process.
    Here,
    /// In others: bases of their internal addresses, the best one first. None of them: nobody is known at the moment, so that the
    /// request waits a little and asks again.
    Elsewhere(Vec<String>),
}

pub trait SystemAtWork: Send + Sync {
    fn system(&self) -> &Arc<System>;

    /// Where a request for this context is answered now. A context that has just lost its owner says `Elsewhere` with nobody.
    fn place(&self, _context: &str, _access: Access) -> AnsweredAt {
        AnsweredAt::Here
    }

    /// Who was asked there was gone, or not the owner.
    fn doubt(&self, _context: &str, _url: &str) {}

    /// How contexts hear of each other here, as people call it.
    fn links(&self) -> Links {
        Links::default()
    }

    fn limits(&self) -> &Limits;

    /// The response comes when it is durable, or at once where the context can't take the request.
    fn request(&self, context: &str, request: ClientRequest, respond: Respond);

    /// What is durable in a context; `None` while the context is stopped.
    fn reader(&self, context: &str) -> Option<Arc<dyn Reader>>;

    /// The table that answers for a collection now: a changed view is rebuilt beside the one that answers.
    fn table(&self, context: &str, collection: &str) -> Option<TableName>;

    /// What answers for it, so that a process of another release than the owner's does not read what it knows otherwise.
    fn answering(&self, _context: &str, _collection: &str) -> Answering {
        Answering::AsDeclared
    }

    /// The life of a context's store: entity tags, stream ids and positions of another life match nothing. The last one while it is stopped.
    fn life(&self, context: &str) -> Life;

    /// Somebody waits for what becomes durable in a context: one that works in another process is asked for its head often from now on, for
    /// a while. Without that the head is known as it was a moment ago.
    fn await_head(&self, _context: &str) {}

    /// How a context stands in this process; of one that works in another, its head alone is known.
    fn status(&self, context: &str) -> Status;

    /// How a context stands that works in another process, as its owner said lately; `None`: it has not said.
    /// Owners are asked only while somebody looks, so the first look may find nothing.
    fn status_elsewhere(&self, _context: &str) -> Option<Status> {
        None
    }

    /// Who owns a context and who stands by, as far as it is known here; `None`: it is not known, or there are no other processes.
    fn ownership(&self, _context: &str) -> Option<Ownership> {
        None
    }

    fn is_running(&self, context: &str) -> bool;

    /// Finishes what is under way in a context, within `drain_ms`, and stops it. The rest of the system goes on.
    fn stop_context(&self, context: &str);

    fn start_context(&self, context: &str) -> Result<()>;

    /// Tries the events parked for a key again; with a reason in `skip`, skips the first of them. Says how many went, or why none did.
    fn resume(&self, context: &str, key: Id, skip: Option<String>) -> std::result::Result<usize, String>;

    fn provider_mode(&self) -> ProviderMode;

    fn set_provider_mode(&self, mode: ProviderMode);

    /// Every context is recovered, and the system takes requests.
    fn is_ready(&self) -> bool {
        self.unready_reason().is_none()
    }

    /// Why the system does not take requests now, or does not follow what happens.
    fn unready_reason(&self) -> Option<String>;

    /// Turns new requests away from now on; what is under way goes on.
    fn stop_taking(&self);

    /// Stops taking requests, finishes what is under way within `drain_ms`, and closes the stores. Whether everything was finished.
    fn drain(&self) -> bool;

    /// One consistent look at all contexts: every writer stands between two groups while the snapshots open.
    fn snapshots(&self) -> Result<Vec<(Name, Snapshot)>>;

    /// Conservation rules that are uneven although nothing is open and every consumer has read what made them so, each with its sum. `None`:
    /// this process can't say, as it does not see all contexts.
    fn uneven_rules(&self) -> Option<Vec<(String, i128)>>;
}

/// How the sandbox plays the outside provider that a context relies on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProviderMode {
    #[default]
    Approve,
    Decline,
    /// Answers late, but within its time limit: after so long, or after the usual time.
    Slow {
        ms: Option<u64>,
    },
    /// Does what it is asked, and answers when nobody waits any more.
    Late,
    Down,
}

impl ProviderMode {
    pub const ALL: [ProviderMode; 5] = [
        ProviderMode::Approve,
        ProviderMode::Decline,
        ProviderMode::Slow { ms: None },
        ProviderMode::Late,
        ProviderMode::Down,
    ];

    pub fn named(name: &str) -> Option<ProviderMode> {
        ProviderMode::ALL.into_iter().find(|mode| mode.name() == name)
    }

    pub fn name(self) -> Name {
        match self {
            ProviderMode::Approve => "approve",
            ProviderMode::Decline => "decline",
            ProviderMode::Slow { .. } => "slow",
            ProviderMode::Late => "late",
            ProviderMode::Down => "down",
        }
    }
}

/// What an operator sees of a context: its newest durable head, and how its work stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Status {
    pub head: Head,
    pub queue: usize,
    pub sagas: usize,
    pub undoing: usize,
    /// Contexts that have still to acknowledge what a crash left in doubt.
    pub in_doubt: usize,
    pub parked_events: usize,
    pub parked_keys: usize,
    pub stopped_consumer: Option<String>,
    /// A consumer that has something to read and stands still.
    pub stalled_consumer: Option<String>,
    /// Why the context can't work at the moment, in its store's words.
    pub fault: Option<String>,
    pub commits: u64,
    pub groups: u64,
    pub inputs: u64,
    /// Commits in the newest group.
    pub group_last: u64,
    pub flush_us_total: u64,
    pub upstreams: Vec<UpstreamStatus>,
}
