//! Conservation in a running system: rules that are uneven although nothing is open and every consumer has read what made them so.
use crate::slot::Slot;
use kernel::{SubscriptionKey, System};
use runtime::port::work::Status;
use std::collections::BTreeMap;

/// Each with its sum. Two looks that agree are one look at a system at rest.
pub fn rules(system: &System, slots: &[Slot]) -> Vec<(String, i128)> {
    let look = || slots.iter().map(|slot| slot.handle.status()).collect::<Vec<_>>();
    let (first, second) = (look(), look());
    let positions = |statuses: &[Status]| statuses.iter().map(|status| status.head.position).collect::<Vec<_>>();
    let all_run = slots.iter().all(|slot| slot.handle.is_running());
    if !all_run || positions(&first) != positions(&second) || second.iter().any(is_open) || is_behind(system, &second) {
        return vec![];
    }
    let mut sums = BTreeMap::<String, i128>::new();
    for (rule, amount) in second.iter().flat_map(|status| &status.head.ledger) {
        *sums.entry(rule.clone()).or_default() += amount;
    }
    sums.into_iter().filter(|(_, sum)| *sum != 0).collect()
}

fn is_open(status: &Status) -> bool {
    status.sagas + status.undoing + status.in_doubt + status.parked_events > 0
}

/// Whether a consumer has still to read what a source has for it: its published events, and all events of its own context.
fn is_behind(system: &System, statuses: &[Status]) -> bool {
    let end = |reader: &str, source: &str| {
        let at = system.contexts.iter().position(|context| context.name == source);
        let head = at.map(|at| &statuses[at].head);
        head.map_or(0, |head| if reader == source { head.position } else { head.published() })
    };
    let late = |reader: &str, status: &Status, subscription: &SubscriptionKey| {
        status.head.positions.get(subscription).copied().unwrap_or(0) < end(reader, &subscription.source)
    };
    let mut contexts = system.contexts.iter().zip(statuses);
    contexts.any(|(context, status)| {
        context.subscriptions().iter().any(|subscription| late(context.name, status, subscription))
    })
}
