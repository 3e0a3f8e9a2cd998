//! A changed view is rebuilt beside the one that answers, and takes over when it has caught up.
use super::{Subscription, Subscriptions};
use crate::machine::workspace::Scope;
use kernel::{Consumer, Head, SubscriptionKey, TableName, View};

impl Subscriptions {
    pub(super) fn swap_rebuilt(&mut self, scope: &mut Scope<'_>) {
        let declared = scope.work.declared();
        for view in &declared.views {
            let name = view.collection.name;
            let answering = scope.work.head.versions.get(name).copied().unwrap_or(view.version);
            let old = Consumer::View { collection: name.into(), version: answering };
            if answering == view.version || self.is_behind(&scope.work.head, view, &old) {
                continue;
            }
            let head = &mut scope.work.head;
            head.versions.insert(name.to_string(), view.version);
            head.view_keys.insert(name.to_string(), view.collection.keys_text());
            head.positions.retain(|subscription, _| subscription.consumer != old);
            scope.work.dropped_tables.push(TableName::of_view(name, answering));
            scope.work.dirty_head = true;
            tracing::info!(view = name, from = answering, to = view.version, "the rebuilt view answers now");
        }
    }

    /// Whether the new version has not read yet all that the old one had.
    fn is_behind(&self, head: &Head, view: &View, old: &Consumer) -> bool {
        let new = view.consumer();
        let behind = |subscription: &Subscription| {
            let had = SubscriptionKey { consumer: old.clone(), source: subscription.key.source.clone() };
            subscription.key.consumer == new && subscription.position < head.positions.get(&had).copied().unwrap_or(0)
        };
        self.all.iter().any(behind)
    }
}
