//! Which of a caller's tickets were committed, told from outside: by the calls that it sent and the groups that became durable.
use super::lock::lock;
use kernel::{CallKey, Group, Id, RowChange};
use runtime::message::CallRequest;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

#[derive(Default)]
pub struct Commitments(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// Of requests that have called others and have no event yet, by their correlation id: the newest, as a request that an owner before
    /// did not end is asked for again.
    tickets: HashMap<String, Id>,
    committed: BTreeSet<Id>,
    /// All changes of rows in their order, where somebody is to be told of them.
    changes: Option<Arc<Vec<RowChange>>>,
    /// All tickets that a request has called others with.
    tries: HashMap<String, BTreeSet<Id>>,
}

impl Commitments {
    pub fn called(&self, call: &CallRequest) {
        let known = &mut *lock(&self.0);
        let ticket = known.tickets.entry(call.meta.correlation_id.to_string()).or_default();
        *ticket = call.key.ticket.max(*ticket);
        known.tries.entry(call.meta.correlation_id.to_string()).or_default().insert(call.key.ticket);
    }

    /// A saga that undoes a call before its first event is durable falls back: it may have undone everything by then.
    pub fn undoes(&self, key: &CallKey) {
        lock(&self.0).tickets.retain(|_, ticket| *ticket != key.ticket);
    }

    /// Tickets below were called before the context was opened: no saga of theirs goes on, and no event from here on is theirs.
    pub fn voids(&self, below: Id) {
        lock(&self.0).tickets.retain(|_, ticket| *ticket >= below);
    }

    /// A request's first event comes with the end of its saga. The saga has committed if its ticket is settled with it, or kept as committed:
    /// one that falls back has still to undo what it called.
    pub fn made_durable(&self, group: &Group) {
        let known = &mut *lock(&self.0);
        if let Some(changes) = &mut known.changes {
            Arc::make_mut(changes).extend(group.commits.iter().flat_map(|commit| commit.rows.iter().cloned()));
        }
        for event in group.commits.iter().flat_map(|commit| &commit.events) {
            let Some(ticket) = known.tickets.remove(&*event.meta.correlation_id) else { continue };
            if group.head.settled > ticket || group.head.settled_ahead.contains(ticket) {
                known.committed.insert(ticket);
            }
        }
    }

    pub fn keep_changes(&self) {
        lock(&self.0).changes = Some(Arc::default());
    }

    /// None, where they are not kept.
    pub fn changes(&self) -> Arc<Vec<RowChange>> {
        lock(&self.0).changes.clone().unwrap_or_default()
    }

    /// The tickets before this one of the same request.
    pub fn tries_before(&self, ticket: Id) -> BTreeSet<Id> {
        let known = lock(&self.0);
        let tries = known.tries.values().find(|tries| tries.contains(&ticket));
        tries.map(|tries| tries.range(..ticket).copied().collect()).unwrap_or_default()
    }

    pub fn contain(&self, ticket: Id) -> bool {
        lock(&self.0).committed.contains(&ticket)
    }
}
