//! A slice of a source's log reaches a consumer: each event in order, once.
use super::{Subscription, Subscriptions};
use crate::machine::callee::undo_by_hand;
use crate::machine::injected::InjectedFault;
use crate::machine::workspace::Scope;
use crate::port::feed::Slice;
use crate::port::store::Result;
use kernel::{Consumer, Recorded, SubscriptionKey};
use std::sync::Arc;

impl Subscriptions {
    pub fn on_events(&mut self, scope: &mut Scope<'_>, key: &SubscriptionKey, slice: &Slice) -> Result<()> {
        let Some(at) = self.all.iter().position(|subscription| subscription.key == *key) else { return Ok(()) };
        if slice.after > self.all[at].position {
            tracing::error!(subscription = %key, after = slice.after, "events are missing; they are asked for again");
            return Ok(());
        }
        for recorded in &slice.events {
            if self.all[at].is_past(recorded, scope) {
                continue;
            }
            if !is_known(scope, &key.source, recorded) {
                self.stop(at, &unknown(recorded));
                return Ok(());
            }
            if !self.apply_or_park(scope, key, recorded)? {
                let parked = format!("{} keys are parked", self.parking.keys());
                self.stop(at, &parked);
                return Ok(());
            }
            self.all[at].move_to(recorded.position, scope);
        }
        if self.all[at].stopped.is_none() {
            self.all[at].move_to(slice.up_to, scope);
        }
        self.swap_rebuilt(scope);
        Ok(())
    }

    fn stop(&mut self, at: usize, reason: &str) {
        let SubscriptionKey { consumer, source } = &self.all[at].key;
        let why = format!("{consumer} stopped reading {source}: {reason}");
        tracing::error!(why, "a consumer stopped");
        self.all[at].stopped = Some(why);
    }

    /// `false`: the event can't be applied, and no more keys may be parked.
    fn apply_or_park(
        &mut self,
        scope: &mut Scope<'_>,
        key: &SubscriptionKey,
        recorded: &Arc<Recorded>,
    ) -> Result<bool> {
        if self.parking.holds(&key.consumer, recorded.key) {
            self.parking.park_behind(scope.work, key, recorded);
            return Ok(true);
        }
        match apply(scope, key, recorded)? {
            Ok(()) => Ok(true),
            Err(_) if self.parking.keys() >= scope.work.limits.parked_keys_max => Ok(false),
            Err(reason) => {
                self.parking.park(scope.work, key, recorded, reason);
                Ok(true)
            }
        }
    }
}

impl Subscription {
    fn is_past(&self, recorded: &Recorded, scope: &Scope<'_>) -> bool {
        let again = recorded.position <= self.position && scope.work.injected != InjectedFault::DedupDropped;
        again || self.stopped.is_some()
    }

    fn move_to(&mut self, position: u64, scope: &mut Scope<'_>) {
        if position > self.position {
            self.position = position;
            scope.work.dirty_head = true;
        }
    }
}

/// Where the source itself does not know an event, a newer release of it has published it: only a newer release of the reader knows what
/// follows, and would never see it if this one moved past it.
fn is_known(scope: &Scope<'_>, source: &str, recorded: &Recorded) -> bool {
    let declared = scope.work.system.get(source);
    declared.is_none_or(|declared| declared.knows(recorded))
        || scope.work.injected == InjectedFault::UnknownEventSkipped
}

fn unknown(recorded: &Recorded) -> String {
    let Recorded { event_type, version, position, .. } = recorded;
    format!("this release does not know {event_type} (version {version}) at {position}; a newer one reads on")
}

/// All effects of one event on one consumer, or why it can't be applied.
pub(super) fn apply(
    scope: &mut Scope<'_>,
    key: &SubscriptionKey,
    recorded: &Arc<Recorded>,
) -> Result<std::result::Result<(), String>> {
    let mut draft = scope.work.draft();
    let applied = match &key.consumer {
        Consumer::Policies => scope.follow(&mut draft, &key.source, recorded)?,
        Consumer::Undo => undo_by_hand(scope, &mut draft, recorded)?,
        view @ Consumer::View { .. } => scope.fold_event(&mut draft, view, &key.source, recorded)?,
    };
    if applied.is_ok() && draft.changes_anything(&scope.work.head) {
        scope.work.keep(draft);
    }
    Ok(applied)
}
