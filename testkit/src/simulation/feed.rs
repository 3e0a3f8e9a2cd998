//! The feed of one simulated context: slices that begin earlier or are shorter than asked, and sources that can't be read for a moment.
use super::faults::{ActiveFaults, Fault};
use super::lock::lock;
use super::log::KnownLog;
use super::random::Random;
use kernel::{Name, Recorded, SubscriptionKey};
use runtime::driver::ContextHandle;
use runtime::port::feed::{Feed, LogEnd, LogFeed, Slice, SourceLate};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// What consumers may read at the moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Everything, with the faults of a feed.
    #[default]
    Everything,
    /// Everything, each time from the first event on.
    FromTheStart,
    Nothing,
    /// One subscription of one context, so many events.
    Subscription {
        context: Name,
        subscription: SubscriptionKey,
        at_most: usize,
    },
}

/// What the feeds of a world share.
pub struct SourceLogs {
    pub logs: Vec<SourceLog>,
    pub reading: Mutex<Reading>,
    pub random: Arc<Random>,
    pub active: Arc<ActiveFaults>,
}

/// A context's durable log, which any of its processes gives.
pub struct SourceLog {
    pub name: Name,
    pub handles: Vec<Arc<ContextHandle>>,
    pub log: Arc<KnownLog>,
}

impl SourceLogs {
    pub fn allow(&self, reading: Reading) {
        *lock(&self.reading) = reading;
    }
}

pub struct SimFeed {
    pub sources: Arc<SourceLogs>,
    /// The context that reads.
    pub own: Name,
    /// Its process stood still, and its connections are not made again yet.
    pub is_cut_off: Arc<AtomicBool>,
}

impl Feed for SimFeed {
    fn read(&self, subscription: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        let source = self.source(&subscription.source)?;
        let sees = |event: &Recorded| event.published || subscription.source == self.own;
        let reading = lock(&self.sources.reading).clone();
        match reading {
            Reading::Everything => self.read_with_faults(source, (after, at_most), sees),
            Reading::FromTheStart => Ok(source.log.slice(0, at_most.saturating_add(after as usize), sees)),
            Reading::Subscription { context, subscription: only, at_most: fewer }
                if context == self.own && only == *subscription =>
            {
                Ok(source.log.slice(after, fewer.min(at_most), sees))
            }
            Reading::Nothing | Reading::Subscription { .. } => Ok(Slice { after, up_to: after, ..Slice::default() }),
        }
    }
}

impl LogFeed for SimFeed {
    fn end(&self, source: &str, read: u64) -> Result<LogEnd, SourceLate> {
        let source = self.source(source)?;
        let stores = source.handles.iter().filter_map(|handle| handle.known_store());
        let store = stores.max_by_key(|store| store.group);
        let life = store.ok_or_else(|| SourceLate(format!("{} has not begun", source.name)))?.life;
        let (position, published) = source.log.end();
        if position < read {
            return Err(SourceLate(format!("{} ends at {position}, and {read} was read", source.name)));
        }
        Ok(LogEnd { life, position, published })
    }
}

impl SimFeed {
    pub fn is_cut_off(&self) -> bool {
        self.is_cut_off.load(Ordering::Relaxed)
    }

    fn source(&self, name: &str) -> Result<&SourceLog, SourceLate> {
        let source = self.sources.logs.iter().find(|source| source.name == name);
        let source = source.ok_or_else(|| SourceLate(format!("there is no context {name}")))?;
        if self.is_cut_off() {
            return Err(SourceLate(format!("the connection to {name} broke")));
        }
        Ok(source)
    }

    fn read_with_faults(
        &self,
        source: &SourceLog,
        (after, at_most): (u64, usize),
        sees: impl Fn(&Recorded) -> bool,
    ) -> Result<Slice, SourceLate> {
        let SourceLogs { random, active, .. } = &*self.sources;
        let is_running = source.handles.iter().any(|handle| handle.is_running());
        let is_late = active.on(Fault::Sources) && random.percent(if is_running { 4 } else { 50 });
        if is_late {
            return Err(SourceLate(format!("{} can't be read", source.name)));
        }
        let is_short = active.on(Fault::Sources) && random.percent(20);
        let at_most = if is_short { at_most.min(1 + random.index(6)) } else { at_most };
        let again = active.on(Fault::Redelivery) && random.percent(30);
        let again = if again { after.min(random.below(5)) } else { 0 };
        let mut slice = source.log.slice(after - again, at_most.saturating_add(again as usize), sees);
        if active.on(Fault::Rereading) && random.percent(12) {
            slice.events.iter_mut().for_each(|event| Arc::make_mut(event).value = None);
        }
        Ok(slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::faults::Faults;
    use crate::simulation::time::{SimClock, WorldTime};
    use runtime::driver::Mailbox;
    use runtime::limits::Limits;

    /// The feed of a calm world.
    fn calm(events: Vec<Arc<Recorded>>, own: Name) -> Arc<dyn Feed> {
        let clock = Arc::new(SimClock::new(Arc::new(WorldTime::default()), 0, 0));
        let mailbox = Mailbox::new("source", &Limits::default(), clock, Box::new(|| {}));
        let (handle, log) = (Arc::new(ContextHandle::new("source", mailbox)), Arc::new(KnownLog::default()));
        log.append(events);
        let (random, active) = (Arc::new(Random::from_seed(1, 1)), Arc::new(ActiveFaults::new(Faults::NONE, true)));
        let sources = SourceLogs {
            logs: vec![SourceLog { name: "source", handles: vec![handle], log }],
            reading: Mutex::default(),
            random,
            active,
        };
        Arc::new(SimFeed { sources: Arc::new(sources), own, is_cut_off: Arc::default() })
    }

    crate::feed_conformance!(calm);
}
