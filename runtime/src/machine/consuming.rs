//! Events of this and other contexts: each once, its effects and its position in one commit.
use super::Machine;
use super::Planted;
use super::decide::{Cause, No, Stage, guarded};
use super::present::{RowNow, fold_up, readable};
use crate::store::{Result, Store};
use kernel::{Context, Folded, Head, HistoryEntry, Id, Recorded, Row, View};
use std::sync::Arc;

/// How far one consumer has read one source.
#[derive(Clone, Debug)]
pub struct Link {
    pub consumer: String,
    pub source: String,
    /// As the head names it.
    name: String,
    pub position: u64,
    /// Why it reads no further, until an operator has emptied what is parked.
    pub stopped: Option<String>,
}

pub fn links(context: &Context, head: &Head) -> Vec<Link> {
    let link = |source: kernel::Source| {
        let name = format!("{}<{}", source.consumer, source.name);
        let position = head.positions.get(&name).copied().unwrap_or(0);
        Link { consumer: source.consumer, source: source.name.to_string(), name, position, stopped: None }
    };
    context.sources().into_iter().map(link).collect()
}

impl Machine {
    /// Each consumer with its source and the position behind which it wants events.
    pub fn wants(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        self.links
            .iter()
            .filter(|link| link.stopped.is_none())
            .map(|l| (l.consumer.as_str(), l.source.as_str(), l.position))
    }

    pub(super) fn write_positions(&mut self) {
        for link in &self.links {
            self.head.positions.insert(link.name.clone(), link.position);
        }
    }

    pub(super) fn events(
        &mut self,
        store: &dyn Store,
        consumer: &str,
        source: &str,
        events: &[Arc<Recorded>],
    ) -> Result<()> {
        let Some(at) = self.links.iter().position(|link| link.consumer == consumer && link.source == source) else {
            return Ok(());
        };
        for recorded in events {
            let link = &self.links[at];
            let again = recorded.position <= link.position && self.planted != Planted::DedupDropped;
            if again || link.stopped.is_some() {
                continue;
            }
            if recorded.position > link.position + 1 {
                tracing::error!(
                    consumer,
                    source,
                    position = recorded.position,
                    "events are missing; they are asked for again"
                );
                return Ok(());
            }
            if !self.apply_or_park(store, consumer, source, recorded)? {
                let why = format!("{consumer} stopped reading {source}: {} keys are parked", self.aside.keys());
                tracing::error!(why, "a consumer stopped");
                self.links[at].stopped = Some(why);
                return Ok(());
            }
            self.links[at].position = self.links[at].position.max(recorded.position);
            self.dirty_head = true;
        }
        self.swap_rebuilt();
        Ok(())
    }

    /// `false`: it can't be applied, and no more keys may be parked.
    fn apply_or_park(
        &mut self,
        store: &dyn Store,
        consumer: &str,
        source: &str,
        recorded: &Arc<Recorded>,
    ) -> Result<bool> {
        if self.aside.holds(consumer, recorded.key) {
            self.park(consumer, source, recorded, None);
            return Ok(true);
        }
        match self.apply(store, consumer, source, recorded)? {
            Ok(()) => Ok(true),
            Err(_) if self.aside.keys() >= self.limits.parked_keys_max => Ok(false),
            Err(reason) => {
                self.park(consumer, source, recorded, Some(reason));
                Ok(true)
            }
        }
    }

    /// All effects of one event on one consumer, or why it can't be applied.
    pub(super) fn apply(
        &mut self,
        store: &dyn Store,
        consumer: &str,
        source: &str,
        recorded: &Arc<Recorded>,
    ) -> Result<std::result::Result<(), String>> {
        let mut stage = self.stage();
        let done = match consumer {
            "policies" => self.follow(store, &mut stage, source, recorded)?,
            "undo" => self.undo_again_by_hand(store, &mut stage, recorded)?,
            view => self.fold(store, &mut stage, view, source, recorded)?,
        };
        if done.is_ok() && (!stage.commit.is_empty() || stage.change != self.head.change) {
            self.keep(stage);
        }
        Ok(done)
    }

    fn follow(
        &mut self,
        store: &dyn Store,
        stage: &mut Stage,
        source: &str,
        recorded: &Arc<Recorded>,
    ) -> Result<std::result::Result<(), String>> {
        let system = self.system.clone();
        let context = &system.contexts[self.me];
        let own = source == context.name;
        for policy in context.policies.iter().filter(|policy| policy.source == source && (recorded.published || own)) {
            let addressed = match self.at_home(store, &stage.staged, |local| policy.follow(recorded, local))? {
                Ok(Ok(Some(addressed))) => addressed,
                Ok(Ok(None)) => continue,
                Ok(Err(unreadable)) => return Ok(Err(format!("{} can't be read: {unreadable}", recorded.event_type))),
                Err(broke) => return Ok(Err(broke)),
            };
            let cause = Cause { at: recorded.at, meta: recorded.meta.clone() };
            match self.decide(store, stage, addressed, &cause)? {
                Ok(_) => {}
                Err(no) => {
                    // named only now: writing a command out costs as much as deciding it
                    let addressed = self.at_home(store, &stage.staged, |local| policy.follow(recorded, local))?;
                    let command =
                        addressed.ok().and_then(|addressed| addressed.ok()).flatten().map(|addressed| addressed.name());
                    let command = command.unwrap_or_default();
                    return Ok(Err(match no {
                        No::Refused(reason) => format!("{command} was refused: {}", reason.code),
                        No::Broke(what) => format!("{command} broke: {what}"),
                    }));
                }
            }
        }
        Ok(Ok(()))
    }

    fn fold(
        &mut self,
        store: &dyn Store,
        stage: &mut Stage,
        consumer: &str,
        source: &str,
        recorded: &Arc<Recorded>,
    ) -> Result<std::result::Result<(), String>> {
        let system = self.system.clone();
        let context = &system.contexts[self.me];
        let Some(view) = context.views.iter().find(|view| view.table() == consumer) else { return Ok(Ok(())) };
        let own = source == context.name;
        let table = context.tables().position(|c| std::ptr::eq(c, &view.collection)).unwrap_or_default();
        for subscription in view
            .subscriptions
            .iter()
            .filter(|subscription| subscription.source == source && (recorded.published || own))
        {
            let event = match (subscription.read)(recorded) {
                Ok(Some(event)) => event,
                Ok(None) => continue,
                Err(unreadable) => return Ok(Err(format!("{} can't be read: {unreadable}", recorded.event_type))),
            };
            let Some(id) = (subscription.key)(&event, recorded) else { continue };
            let (now, folded) = match readable(self.present.folded(&stage.staged, store, view, (table, id)))? {
                Ok(found) => found,
                Err(what) => return Ok(Err(what)),
            };
            let mut next = match guarded(|| (subscription.fold)(&folded.value, &event, recorded)) {
                Ok(page) => Folded { value: page, history: folded.history.clone() },
                Err(broke) => return Ok(Err(broke)),
            };
            if view.history {
                remember(&mut next.history, recorded, source, self.limits.history_rows);
            }
            self.change_view(stage, view, (table, id), now, next);
        }
        Ok(Ok(()))
    }

    fn change_view(&mut self, stage: &mut Stage, view: &View, key: (usize, Id), now: RowNow, folded: Folded) {
        let shown = (view.collection.show)(key.1, key.1, &folded.value);
        let (fold, history) = fold_up(view, &folded);
        let keys = view.collection.finds.len() + view.collection.sorts.len() + usize::from(view.collection.ordered);
        let mut row = Row { change: 0, listed: false, keys: vec![0; keys], body: None, fold: Some(fold), history };
        if let Some(shown) = shown {
            (row.listed, row.keys, row.body) = (shown.listed, shown.keys, Some(shown.body.into()));
        }
        let seen = |row: &Row| row.body.clone().map(|body| (row.listed, body, row.history.clone()));
        let before = now.row.as_deref();
        if before.and_then(seen) == seen(&row) {
            row.change = before.map_or(0, |before| before.change);
        } else {
            stage.change += 1;
            row.change = stage.change;
        }
        let (change, row) = (row.change, Arc::new(row));
        self.change_row(stage, key, now.row, RowNow { row: Some(row), folded: Some(Arc::new(folded)) }, change);
    }

    /// A changed view that has caught up answers from now on; the old one goes.
    fn swap_rebuilt(&mut self) {
        let system = self.system.clone();
        for view in &system.contexts[self.me].views {
            let name = view.collection.name;
            let answering = self.head.versions.get(name).copied().unwrap_or(view.version);
            if answering == view.version {
                continue;
            }
            let (old, new) = (format!("{name}@{answering}<"), view.table());
            let behind = |link: &&Link| {
                let had = self.head.positions.get(&format!("{old}{}", link.source)).copied().unwrap_or(0);
                link.consumer == new && link.position < had
            };
            if self.links.iter().find(behind).is_some() {
                continue;
            }
            self.head.versions.insert(name.to_string(), view.version);
            self.head.positions.retain(|position, _| !position.starts_with(&old));
            self.drop.push(format!("{name}@{answering}"));
            self.dirty_head = true;
            tracing::info!(view = name, from = answering, to = view.version, "the rebuilt view answers now");
        }
    }
}

/// One entry an event, by time, then source and position; the last ones are kept.
fn remember(history: &mut Vec<HistoryEntry>, recorded: &Recorded, source: &str, most: usize) {
    let entry = HistoryEntry {
        event_id: recorded.event_id,
        event_type: recorded.event_type.to_string(),
        timestamp: recorded.at,
        source: source.to_string(),
        position: recorded.position,
    };
    let order = |entry: &HistoryEntry| (entry.timestamp, entry.source.clone(), entry.position);
    let at = history.partition_point(|other| order(other) < order(&entry));
    history.insert(at, entry);
    let over = history.len().saturating_sub(most);
    history.drain(..over);
}
