//! A durable group is made known in this process: to the contexts that read its log, and to live streams.
use crate::log::LocalLog;
use crate::opening::OnCommit;
use crate::relay::RelayPlace;
use kernel::Name;
use runtime::driver::ContextHandle;
use runtime::port::feed::{Announcer, DurableGroup};
use std::sync::Arc;

pub struct LocalAnnouncer {
    pub context: Name,
    pub log: Arc<LocalLog>,
    /// The contexts that read this one.
    pub subscribers: Vec<Arc<ContextHandle>>,
    pub relay: Arc<RelayPlace>,
    pub on_commit: OnCommit,
}

impl Announcer for LocalAnnouncer {
    fn announce(&self, group: DurableGroup) {
        if !group.events.is_empty() {
            self.log.tail.push(group.events);
            self.subscribers.iter().for_each(|subscriber| subscriber.mailbox.news());
            self.relay.news();
        }
        (self.on_commit)(self.context, Some(&group.rows));
    }
}
