//! One context at work in a simulated world: what it keeps on its disk, and the process that may end at any moment.
use super::broken::Lived;
use kernel::{Context, Id, Recorded, Settings, System, Timestamp};
use runtime::limits::Limits;
use runtime::machine::{Flushed, Machine, Planted};
use runtime::port::store::Store;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Opens what is durable; what it gave before is gone by then, as after a crash.
pub type Disk = Box<dyn Fn() -> Box<dyn Store>>;

/// A process: it has the disk open and keeps the rest in memory.
pub struct Process {
    pub machine: Machine,
    pub store: Box<dyn Store>,
}

pub struct Service {
    disk: Disk,
    pub process: Option<Process>,
    /// What is durable of the log, as others read it.
    pub log: Vec<Arc<Recorded>>,
    /// Tickets of this context whose commit became durable.
    pub committed: BTreeSet<Id>,
    /// How far its clock is ahead of the world's.
    pub skew_ms: u64,
}

/// What every process of a lifetime is started with.
pub struct Start<'a> {
    pub system: &'a Arc<System>,
    pub settings: &'a Settings,
    pub limits: &'a Limits,
    pub planted: Planted,
}

impl Service {
    pub fn new(disk: Disk, skew_ms: u64) -> Service {
        Service { disk, process: None, log: vec![], committed: BTreeSet::new(), skew_ms }
    }

    pub fn clock(&self, now: Timestamp) -> Timestamp {
        now.plus_ms(self.skew_ms)
    }

    pub fn start(&mut self, me: usize, start: &Start<'_>, now: Timestamp, seed: u64) -> Lived {
        self.process = None;
        let store = (self.disk)();
        let (system, limits) = (start.system.clone(), start.limits.clone());
        let mut machine = Machine::open(system, me, limits, start.settings, store.as_ref(), self.clock(now), seed)?;
        machine.planted = start.planted;
        self.process = Some(Process { machine, store });
        Ok(())
    }

    /// The process ends where it stands.
    pub fn crash(&mut self) {
        self.process = None;
    }

    pub fn flush(&mut self, last: bool) -> Lived<Flushed> {
        let Some(Process { machine, store }) = &mut self.process else { return Ok(Flushed::default()) };
        let committed = machine.head().committed.clone();
        let flushed = if last { machine.close(store.as_mut()) } else { machine.flush(store.as_mut()) }?;
        self.committed.extend(committed);
        self.log.extend(flushed.events.iter().cloned());
        Ok(flushed)
    }

    pub fn machine(&self) -> Option<&Machine> {
        self.process.as_ref().map(|process| &process.machine)
    }
}

/// A consumer, a source, and the position behind which it wants events.
pub type Link = (String, String, u64);

/// Those of a machine with `has` events to hear.
pub fn wants(machine: &Machine, has: impl Fn(&str, u64) -> bool) -> Vec<Link> {
    let open = machine.wants().filter(|(_, source, position)| has(source, *position));
    open.map(|(consumer, source, position)| (consumer.into(), source.into(), position)).collect()
}

pub fn index(system: &System, context: &str) -> usize {
    let found = system.contexts.iter().position(|c: &Context| c.name == context);
    found.unwrap_or_else(|| panic!("{} has no context {context}; its flaws: {:#?}", system.name, system.faults()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "lonely has no context nowhere; its flaws: [\n    the conservation rule money")]
    fn a_context_that_is_not_there_is_named_with_what_else_is_wrong() {
        index(&System::new("lonely", "lonely", "").conserves("money", "of nobody"), "nowhere");
    }
}
