//! The group is made durable, and then its messages may leave.
use super::Machine;
use super::outbox::Output;
use crate::port::feed::DurableGroup;
use crate::port::store::{Result, Store};
use kernel::{Group, Timestamp};
use std::sync::Arc;

/// What a durable group lets leave.
#[derive(Default)]
pub struct Flushed {
    pub outputs: Vec<Output>,
    /// What has been written; `None`: there was nothing to write.
    pub durable: Option<DurableGroup>,
    pub commits: usize,
}

impl Machine {
    /// A message waits for the group: a client or another context is behind it.
    pub fn waits_for_group(&self) -> bool {
        self.work.outbox.waits_for_group()
    }

    /// Commits in the group so far.
    pub fn gathered(&self) -> usize {
        self.work.group.len()
    }

    pub fn is_dirty(&self) -> bool {
        self.work.dirty_head || !self.work.group.is_empty() || self.waits_for_group()
    }

    /// The requests whose success waits for the group.
    pub fn waiting_successes(&self) -> Vec<u64> {
        self.work.outbox.waiting_successes()
    }

    /// Makes the group durable, then lets its messages leave. After an error nothing of it may be kept.
    pub fn flush(&mut self, store: &mut dyn Store) -> Result<Flushed> {
        if self.work.group.is_empty() && !self.work.dirty_head {
            return Ok(Flushed { outputs: self.work.outbox.take_durable(), ..Flushed::default() });
        }
        let group = self.seal();
        store.apply(&group)?;
        self.work.tickets.became_durable(&self.work.head);
        self.work.current.became_durable();
        self.work.dirty_head = false;
        let commits = group.commits.len();
        Ok(Flushed { outputs: self.work.outbox.take_durable(), durable: Some(durable(group)), commits })
    }

    fn seal(&mut self) -> Group {
        self.work.head.group += 1;
        self.subscriptions.mark(&mut self.work.head);
        let lowest = self.sagas.lowest(self.work.tickets.next());
        self.work.tickets.mark(&mut self.work.head, lowest, self.work.limits.reserve_tickets);
        Group {
            commits: std::mem::take(&mut self.work.group),
            head: self.work.head.clone(),
            answers_before: self.prune(),
            drop: std::mem::take(&mut self.work.dropped_tables),
        }
    }

    fn prune(&mut self) -> Option<Timestamp> {
        let now = self.work.now;
        if now.mono.ms_since(self.answers_pruned) < self.work.limits.prune_answers_ms {
            return None;
        }
        self.answers_pruned = now.mono;
        Some(Timestamp(now.wall.0 - (self.work.limits.idempotency_ms() * 1000) as i64))
    }

    /// A last group that leaves nothing in doubt, for a context that is idle.
    pub fn close(&mut self, store: &mut dyn Store) -> Result<Flushed> {
        let mut last = self.flush(store)?;
        if self.is_idle() {
            self.work.head.group += 1;
            self.subscriptions.mark(&mut self.work.head);
            self.work.tickets.close(&mut self.work.head);
            store.apply(&Group { head: self.work.head.clone(), ..Group::default() })?;
            last.durable.get_or_insert_with(|| durable(Group::default()));
        }
        Ok(last)
    }
}

fn durable(group: Group) -> DurableGroup {
    let (mut events, mut rows) = (vec![], vec![]);
    for commit in group.commits {
        events.extend(commit.events);
        rows.extend(commit.rows);
    }
    DurableGroup { events, rows: Arc::new(rows) }
}
