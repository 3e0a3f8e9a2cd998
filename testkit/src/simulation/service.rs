//! One context in a simulated world: what it keeps on its disk, and its processes, one of which owns the disk.
use super::commitments::Commitments;
use super::lease::Lease;
use super::log::KnownLog;
use super::replica::SimReplica;
use super::store::DiskOutage;
use super::time::WorldTime;
use kernel::{Context, Name, Recorded, SubscriptionKey, System};
use memory::{Disk, Memory};
use runtime::driver::{ContextOpening, Driver, Ports};
use runtime::machine::Machine;
use runtime::port::clock::Moment;
use runtime::port::store::{Reader, Result, Store, StoreError, Table};
use std::sync::Arc;

/// Opens what is durable; the store that it gave before is gone by then, as after a crash.
pub type OpenDisk = Box<dyn Fn() -> Box<dyn Store>>;

/// Where a context keeps what is durable.
pub enum SimDisk {
    /// Its processes own it one after the other.
    InMemory(Disk, Vec<Table>),
    /// One process has it.
    Other(OpenDisk),
}

pub struct Service {
    pub name: Name,
    pub(super) disk: SimDisk,
    pub outage: Arc<DiskOutage>,
    pub commitments: Arc<Commitments>,
    pub known: Arc<KnownLog>,
    pub lease: Lease,
    pub replicas: Vec<SimReplica>,
    /// The one that owned it last.
    pub newest: usize,
    /// An epoch that was claimed although the owner before might decide still, and until when that might.
    pub early: Option<(u64, Moment)>,
    /// The events that are known, for checks.
    pub log: Vec<Arc<Recorded>>,
}

impl Service {
    pub fn new(context: &Context, disk: SimDisk, replicas: Vec<SimReplica>, time: &Arc<WorldTime>) -> Service {
        Service {
            name: context.name,
            disk,
            outage: Arc::new(DiskOutage::new(time.clone())),
            commitments: Arc::default(),
            known: Arc::default(),
            lease: Lease::default(),
            replicas,
            newest: 0,
            early: None,
            log: vec![],
        }
    }

    /// The process that owned the context last, whether it is up or not.
    pub fn owner(&self) -> &SimReplica {
        &self.replicas[self.newest]
    }

    pub fn owner_mut(&mut self) -> &mut SimReplica {
        &mut self.replicas[self.newest]
    }

    /// The store on this context's disk, for its only process; the one before is closed first.
    pub fn open_store(&mut self) -> Box<dyn Store> {
        self.replicas.iter_mut().for_each(|replica| replica.driver = None);
        match &self.disk {
            SimDisk::InMemory(disk, tables) => Box::new(disk.open(tables)),
            SimDisk::Other(open) => open(),
        }
    }

    /// Owns the disk from here on.
    pub fn claim_store(&self) -> Result<Memory> {
        match &self.disk {
            SimDisk::InMemory(disk, tables) => Ok(disk.claim(tables)),
            SimDisk::Other(_) => Err(StoreError::Failed("This disk has one process only.".into())),
        }
    }

    /// The same for whoever does it later; `None`: this disk has one process only.
    pub fn claims(&self) -> Option<Box<dyn Fn() -> Memory + Send>> {
        match &self.disk {
            SimDisk::InMemory(disk, tables) => {
                let (disk, tables) = (disk.clone(), tables.clone());
                Some(Box::new(move || disk.claim(&tables)))
            }
            SimDisk::Other(_) => None,
        }
    }

    /// What is durable, beside whoever owns it; `None`: only the owner reads it.
    pub fn disk_reader(&self) -> Option<Arc<dyn Reader>> {
        match &self.disk {
            SimDisk::InMemory(disk, tables) => Some(disk.open(tables).reader()),
            SimDisk::Other(_) => None,
        }
    }

    pub fn open(&mut self, replica: usize, opening: ContextOpening, ports: Ports) -> Result<()> {
        let driver = Driver::open(opening, ports, self.replicas[replica].handle.clone())?;
        if driver.machine().head().position > self.known.len() {
            self.known.read_rest(&*driver.store().reader())?;
        }
        self.replicas[replica].drive(driver);
        Ok(())
    }

    pub fn is_up(&self) -> bool {
        self.owner().is_up()
    }

    /// Whether its processes own the disk one after the other.
    pub fn is_clustered(&self) -> bool {
        self.owner().looks_at.is_some()
    }

    pub fn machine(&self) -> Option<&Machine> {
        self.owner().machine()
    }

    pub fn store(&self) -> Option<&dyn Store> {
        self.owner().store()
    }
}

/// The subscriptions of a machine with events to read, each with the position behind which it wants them.
pub fn open_subscriptions(machine: &Machine, has: impl Fn(&str, u64) -> bool) -> Vec<SubscriptionKey> {
    machine
        .wants()
        .filter(|(subscription, position)| has(&subscription.source, *position))
        .map(|(subscription, _)| subscription.clone())
        .collect()
}

pub fn index(system: &System, context: &str) -> usize {
    let found = system.contexts.iter().position(|c: &Context| c.name == context);
    found.unwrap_or_else(|| panic!("{} has no context {context}; its faults: {:#?}", system.name, system.faults()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "lonely has no context nowhere; its faults: [\n    the conservation rule money")]
    fn a_context_that_is_not_there_is_named_with_what_else_is_wrong() {
        index(&System::new("lonely", "lonely", "").conserves("money", "of nobody"), "nowhere");
    }
}
