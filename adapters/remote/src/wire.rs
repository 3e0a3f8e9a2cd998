//! What goes over the wire: the paths of the internal port, and the JSON of questions and answers.
use kernel::{Life, Recorded};
use runtime::port::feed::Slice;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A list of envelopes; answered with a list of outcomes, one for each.
pub(crate) const MESSAGES: &str = "/internal/messages";
pub(crate) const LOG: &str = "/internal/log";
pub(crate) const HEAD: &str = "/internal/head";
pub(crate) const STATUS: &str = "/internal/status";
pub(crate) const REPLICAS: &str = "/internal/replicas";
pub(crate) const YOURS: &str = "/internal/yours";

/// Messages in one request, at most.
pub(crate) const MESSAGES_MAX: usize = 256;
/// Bytes of a request, at most.
pub(crate) const REQUEST_BYTES_MAX: usize = 4 << 20;
/// Events of one page of a log, at most.
pub(crate) const EVENTS_MAX: usize = 1_000;
/// Bytes of the events of one page, about; a single event may be larger.
pub(crate) const PAGE_BYTES_MAX: usize = 1 << 20;
/// How long a question for news may wait.
pub(crate) const WAIT_MS_MAX: u64 = 30_000;

/// The part of a query that every question has.
#[derive(Deserialize)]
pub(crate) struct OfContext {
    pub context: String,
}

#[derive(Deserialize)]
pub(crate) struct LogQuery {
    pub context: String,
    pub after: u64,
    #[serde(default = "all")]
    pub at_most: usize,
    /// With nothing behind `after`, how long the answer waits for news.
    #[serde(default)]
    pub wait_ms: u64,
}

fn all() -> usize {
    EVENTS_MAX
}

/// A run of a source's log, and where its store stood right after the run was read.
#[derive(Serialize, Deserialize)]
pub(crate) struct LogPage {
    pub life: Life,
    pub group: u64,
    /// Of the newest event in the log, published or not.
    pub head: u64,
    pub after: u64,
    /// Every published event behind `after` and up to this position is in `events`.
    pub up_to: u64,
    pub more: bool,
    pub events: Vec<Arc<Recorded>>,
}

impl From<LogPage> for Slice {
    fn from(page: LogPage) -> Slice {
        Slice { after: page.after, events: page.events, up_to: page.up_to, more: page.more }
    }
}

/// By which a process that asks in the name of a context says that it owns it: where, and in which epoch.
pub(crate) const OWNER_URL: &str = "nadul-owner-url";
pub(crate) const OWNER_EPOCH: &str = "nadul-owner-epoch";
