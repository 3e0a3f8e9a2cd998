//! A commit is data: all that one request, call or event changes in its context, durable whole or not at all.
use crate::call::{CallKey, CallRecord};
use crate::consumer::SubscriptionKey;
use crate::event::Recorded;
use crate::id::Id;
use crate::id_ranges::IdRanges;
use crate::life::Life;
use crate::name::Name;
use crate::table_name::TableName;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What one request, call or event changes.
#[derive(Clone, Debug, Default)]
pub struct Commit {
    pub events: Vec<Arc<Recorded>>,
    pub states: Vec<StateChange>,
    pub rows: Vec<RowChange>,
    pub calls: Vec<(CallKey, CallRecord)>,
    /// Call records of this caller below this ticket are settled and may go.
    pub forget: Vec<(String, Id)>,
    pub answers: Vec<StoredAnswer>,
    /// Events set aside (`Some`) or let go (`None`), by consumer, source and position.
    pub parked: Vec<((String, String, u64), Option<Parked>)>,
}

impl Commit {
    pub fn is_empty(&self) -> bool {
        let Commit { events, states, rows, calls, forget, answers, parked } = self;
        events.is_empty()
            && states.is_empty()
            && rows.is_empty()
            && calls.is_empty()
            && forget.is_empty()
            && answers.is_empty()
            && parked.is_empty()
    }
}

/// Many commits under one fsync, and the head they lead to.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub commits: Vec<Commit>,
    pub head: Head,
    /// Stored answers older than this may go.
    pub answers_before: Option<Timestamp>,
    /// Tables of views that no longer answer.
    pub drop: Vec<TableName>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StateChange {
    pub kind: Name,
    pub id: Id,
    pub body: Arc<str>,
}

/// A row as a store keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Grows with each visible change in this context; the row's version and its place in live streams.
    pub change: u64,
    pub listed: bool,
    /// Finds, sorts and natural order, as the collection declares them.
    pub keys: Vec<i64>,
    /// What is shown, as JSON; `None` while nothing is.
    pub body: Option<Arc<str>>,
    /// A view's folded value, as JSON.
    pub fold: Option<Arc<str>>,
    /// A view's history, as a JSON array.
    pub history: Option<Arc<str>>,
    /// The keys of its owner and its partner; 0: nobody.
    #[serde(default)]
    pub owners: [i64; 2],
}

impl Row {
    /// Bytes of what a reader is shown.
    pub fn shown_bytes(&self) -> usize {
        self.body.as_deref().map_or(0, str::len) + self.history.as_deref().map_or(0, str::len)
    }
}

/// A row before and after. `before` is `None` for a new row; `after` is `None` for one that goes.
#[derive(Clone, Debug, PartialEq)]
pub struct RowChange {
    pub table: TableName,
    pub id: Id,
    pub change: u64,
    pub before: Option<Arc<Row>>,
    pub after: Option<Arc<Row>>,
}

impl RowChange {
    /// Listed before, no longer listed: a stream says `deleted`.
    pub fn leaves(&self) -> bool {
        let listed = |row: &Option<Arc<Row>>| row.as_ref().is_some_and(|row| row.listed);
        listed(&self.before) && !listed(&self.after)
    }
}

/// A 2xx answer kept under its request's key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredAnswer {
    /// Method and path of the route, `edge` before them where an edge gave the key; then the key.
    pub route: String,
    pub key: String,
    /// Of the request's body as parsed JSON.
    pub digest: u64,
    /// When it was given; earlier where it is kept for less than the usual time.
    pub at: Timestamp,
    pub answer: Arc<str>,
}

/// An event that could not be applied, or that waits behind one of the same key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parked {
    pub key: Id,
    /// The order in which it was set aside.
    pub order: u64,
    pub event_type: String,
    pub reason: String,
    /// How often it was tried; 0 for one that waits behind another.
    pub attempts: u32,
    /// When it is tried again by itself; `None`: when an operator says so.
    pub retry_at: Option<Timestamp>,
    pub since: Timestamp,
    pub event: Arc<Recorded>,
}

/// An event an operator let go: its effects are missing from then on, and whoever folds the log again has to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skipped {
    pub consumer: String,
    pub source: String,
    pub position: u64,
    pub key: Id,
    pub reason: String,
    pub at: Timestamp,
}

/// Another store of the same system: at least so far it has come, in this life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownStore {
    pub life: Life,
    pub group: u64,
}

/// The one row that every group rewrites: how far this context has come.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    /// The life of the store that this head stands in.
    pub life: Life,
    /// The life of which this one is a copy's.
    pub copied_from: Life,
    /// Of the group that this head belongs to: it grows by one with each.
    pub group: u64,
    /// The other stores of the system, by context, as they were when this context was told of them last.
    pub known_stores: BTreeMap<String, KnownStore>,
    /// Of the newest event in the log.
    pub position: u64,
    /// Of the newest published event; `None` in a head of a release that did not keep it.
    pub newest_published: Option<u64>,
    /// Of the newest published event below which, and with which, all have reached subscribers elsewhere; `None`: none are sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relayed: Option<u64>,
    /// Of the newest visible change of a row.
    pub change: u64,
    pub last_at: Timestamp,
    /// No ticket at or above was ever spoken of.
    pub reserved: Id,
    /// Every ticket below is committed, or undone and acknowledged.
    pub settled: Id,
    /// Tickets at or above `settled` that are settled already: as many ranges as sagas are under way, at most.
    #[serde(alias = "committed")]
    pub settled_ahead: IdRanges,
    /// Callees that have not said since a start which tickets of this context they know. Those that each of them was ever given are below.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub unheard: BTreeMap<String, Id>,
    /// How far each consumer has read each source.
    pub positions: BTreeMap<SubscriptionKey, u64>,
    /// Per caller: its questions below are not answered any more.
    pub fences: BTreeMap<String, Id>,
    /// Per conservation rule: the sum of this context's entries.
    #[serde(rename = "books")]
    pub ledger: BTreeMap<String, i128>,
    /// The version each kind's states and each answering view were written with.
    pub versions: BTreeMap<String, u32>,
    /// Kinds whose states are being folded again in the shape of their version, and the id from which on they still have an older one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub refolding: BTreeMap<String, Id>,
    /// By what the rows of each answering view are found and listed ([`crate::Collection::keys_text`]), where a release has noted it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub view_keys: BTreeMap<String, String>,
    /// The last number given to something set aside.
    pub parked_order: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<Skipped>,
}

impl Head {
    /// Of the newest published event: consumers in another process move as far as this, and no further.
    pub fn published(&self) -> u64 {
        self.newest_published.unwrap_or(self.position)
    }

    /// No ticket at or above was ever given to this callee.
    pub fn given_below(&self, callee: &str) -> Id {
        self.unheard.get(callee).copied().unwrap_or(self.reserved)
    }

    /// The highest ticket behind a caller's fence, which stands behind the last one that the caller has reserved or settled.
    pub fn fenced(&self, caller: &str) -> Option<Id> {
        self.fences.get(caller).filter(|fence| fence.0 > 0).map(|fence| Id(fence.0 - 1))
    }
}
