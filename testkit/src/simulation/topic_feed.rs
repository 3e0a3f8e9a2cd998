//! The feed of a simulated context that hears the others over the topic: the product's merge, with the logs behind it.
use super::feed::SimFeed;
use super::injected::ProtocolFault;
use super::lock::lock;
use super::replica::SimReplica;
use super::service::Service;
use super::topic::{Offsets, SimTopic};
use super::world::World;
use kernel::SubscriptionKey;
use runtime::merge::MergedFeed;
use runtime::port::clock::Clock as _;
use runtime::port::feed::{Feed, Slice, SourceLate};
use std::sync::{Arc, Mutex};

struct SimTopicFeed {
    topic: Arc<SimTopic>,
    heard: Mutex<Offsets>,
    merged: MergedFeed,
    log: Arc<SimFeed>,
    injected: Option<ProtocolFault>,
}

impl World<'_> {
    /// What a process of a context reads its sources with.
    pub(super) fn feed(&self, service: &Service, replica: &SimReplica) -> Arc<dyn Feed> {
        let (sources, is_cut_off) = (self.sources.clone(), replica.is_cut_off.clone());
        let log = Arc::new(SimFeed { sources, own: service.name, is_cut_off });
        let Some(topic) = &self.topic else { return log };
        let others = self.services.iter().map(|other| other.name).filter(|name| *name != service.name);
        let clock = replica.clock.clone();
        let merged = MergedFeed::new(others, log.clone(), move || clock.now().mono, self.merge_times);
        let heard = Mutex::new(topic.begin());
        Arc::new(SimTopicFeed { topic: topic.clone(), heard, merged, log, injected: self.of.injected })
    }
}

impl SimTopicFeed {
    fn hear(&self) {
        for mut message in self.topic.hear(&mut lock(&self.heard)) {
            if self.injected == Some(ProtocolFault::AfterIgnored) {
                message.after = 0;
            }
            self.merged.hear(message);
        }
    }
}

impl Feed for SimTopicFeed {
    fn read(&self, subscription: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        if subscription.source == self.log.own {
            return self.log.read(subscription, after, at_most);
        }
        if !self.log.is_cut_off() {
            self.hear();
        }
        self.merged.read(subscription, after, at_most)
    }
}
