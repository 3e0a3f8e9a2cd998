//! A change on its way: from the contexts that made it to the collection that is read, along the subscriptions between them.
use crate::collection::collection_ref::CollectionRef;
use crate::collection::wait::positions::{Positions, raise};
use kernel::{Consumer, Name, SubscriptionKey, System};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::timeout;

/// A look at the store's head, for a commit that the hub did not pass on.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

pub(super) struct Propagation<'a> {
    collection: &'a CollectionRef,
    /// How far each context's log must be consumed by those behind it.
    required: Positions,
}

impl<'a> Propagation<'a> {
    pub fn new(collection: &'a CollectionRef, required: Positions) -> Propagation<'a> {
        Propagation { collection, required }
    }

    /// Waits until the collection shows the change. On its shortest way a consequence passes each context at most once, so as many
    /// rounds as there are contexts are enough.
    pub async fn wait(mut self) {
        let relays = self.relays();
        for _ in 0..relays.len() {
            let before = self.required.clone();
            for relay in &relays {
                self.wait_for_policies(relay).await;
            }
            if before == self.required {
                break;
            }
        }
        self.wait_for_collection().await;
    }

    fn system(&self) -> &System {
        self.collection.mount.system()
    }

    /// Contexts whose own events the collection follows from, directly or through others; without the collection's context.
    fn relays(&self) -> BTreeSet<Name> {
        let mut next = self.collection_sources();
        let mut found = BTreeSet::new();
        while let Some(context) = next.pop() {
            if found.insert(context) {
                next.extend(self.policy_sources(context));
            }
        }
        found.remove(self.collection.context);
        found
    }

    /// The contexts whose events the collection is made of.
    fn collection_sources(&self) -> Vec<Name> {
        let CollectionRef { context, name, .. } = self.collection;
        let declared = self.system().get(context);
        let view = declared.and_then(|declared| declared.views.iter().find(|view| view.collection.name == *name));
        match view {
            Some(view) => self.known(view.sources()),
            None => self.policy_sources(context),
        }
    }

    /// The contexts whose events this context's policies read.
    fn policy_sources(&self, context: &str) -> Vec<Name> {
        let policies = self.system().get(context).into_iter().flat_map(|declared| &declared.policies);
        self.known(policies.map(|policy| policy.source))
    }

    fn known(&self, names: impl Iterator<Item = Name>) -> Vec<Name> {
        names.filter_map(|name| self.system().get(name)).map(|context| context.name).collect()
    }

    /// Waits until one context's policies have consumed all that is required, then requires the events they made of it.
    async fn wait_for_policies(&mut self, context: Name) {
        let sources = self.policy_sources(context);
        if sources.iter().all(|source| !self.required.contains_key(source)) {
            return;
        }
        let position = self.wait_for_consumer(context, &Consumer::Policies, &sources).await;
        raise(&mut self.required, context, position);
    }

    async fn wait_for_collection(&self) {
        let folded_by = self.collection.table().and_then(|table| table.view());
        let consumer = folded_by.unwrap_or(Consumer::Policies);
        self.wait_for_consumer(self.collection.context, &consumer, &self.collection_sources()).await;
    }

    /// The context's own position once the consumer has consumed its sources far enough.
    async fn wait_for_consumer(&self, context: Name, consumer: &Consumer, sources: &[Name]) -> u64 {
        let subscription = |source: &Name| SubscriptionKey { consumer: consumer.clone(), source: (*source).into() };
        let wanted = sources.iter().filter_map(|source| Some((subscription(source), *self.required.get(source)?)));
        let wanted: Vec<(SubscriptionKey, u64)> = wanted.collect();
        let hosted = &self.collection.mount.hosted;
        let mut commits = hosted.hub.commits(context);
        loop {
            commits.iter_mut().for_each(|commits| commits.mark_unchanged());
            hosted.work.await_head(context);
            let head = hosted.work.status(context).head;
            if wanted.iter().all(|(key, position)| head.positions.get(key).is_some_and(|reached| reached >= position)) {
                return head.position;
            }
            match &mut commits {
                Some(commits) => drop(timeout(LOOK_AGAIN, commits.changed()).await),
                None => tokio::time::sleep(LOOK_AGAIN).await,
            }
        }
    }
}
