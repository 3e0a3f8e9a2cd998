//! What is durable of a context's log and made known, as other contexts read it.
use super::lock::lock;
use super::process::SimProcess;
use kernel::Recorded;
use runtime::driver::ContextHandle;
use runtime::port::feed::{Announcer, DurableGroup, Slice};
use runtime::port::store::{self, Reader};
use std::sync::{Arc, Mutex};

#[derive(Default)]
pub struct KnownLog(Mutex<Vec<Arc<Recorded>>>);

impl KnownLog {
    /// Those that are known already are passed over, and so are those behind a gap: they are read from the disk.
    pub fn append(&self, events: Vec<Arc<Recorded>>) {
        let mut log = lock(&self.0);
        for event in events {
            if event.position == log.len() as u64 + 1 {
                log.push(event);
            }
        }
    }

    /// The disk went back in time.
    pub fn cut(&self, len: u64) {
        lock(&self.0).truncate(len as usize);
    }

    pub fn len(&self) -> u64 {
        lock(&self.0).len() as u64
    }

    /// The newest event, and the newest published one.
    pub fn end(&self) -> (u64, u64) {
        let log = lock(&self.0);
        let published = log.iter().rfind(|event| event.published).map_or(0, |event| event.position);
        (log.len() as u64, published)
    }

    /// What a process wrote and did not live to make known.
    pub fn read_rest(&self, reader: &dyn Reader) -> store::Result<()> {
        let rest = reader.log(self.len(), u32::MAX as usize)?;
        self.append(rest.into_iter().map(Arc::new).collect());
        Ok(())
    }

    /// The events behind those that are known already.
    pub fn behind(&self, known: usize) -> Vec<Arc<Recorded>> {
        lock(&self.0).get(known..).unwrap_or_default().to_vec()
    }

    pub fn slice(&self, after: u64, at_most: usize, sees: impl Fn(&Recorded) -> bool) -> Slice {
        let log = lock(&self.0);
        let behind = log.get(after as usize..).unwrap_or_default();
        let behind = &behind[..behind.len().min(at_most)];
        let up_to = behind.last().map_or(after, |event| event.position);
        let events = behind.iter().filter(|event| sees(event)).cloned().collect();
        Slice { after, events, up_to, more: up_to < log.len() as u64 }
    }
}

/// Makes durable events known: appends them to the log that others read, and wakes the readers up.
pub struct SimAnnouncer {
    pub process: Arc<SimProcess>,
    pub log: Arc<KnownLog>,
    pub subscribers: Vec<Arc<ContextHandle>>,
}

impl Announcer for SimAnnouncer {
    fn announce(&self, group: DurableGroup) {
        if self.process.acts() && !group.events.is_empty() {
            self.log.append(group.events);
            self.subscribers.iter().for_each(|subscriber| subscriber.mailbox.news());
        }
    }
}
