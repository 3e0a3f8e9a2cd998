//! What a process of the world is opened with: its ports, each on what stands for the real thing.
use super::broken::Lived;
use super::injected::{ForgetsTombstones, ProtocolFault};
use super::log::SimAnnouncer;
use super::process::ProcessPeers;
use super::replica::SimReplica;
use super::service::Service;
use super::store::{GroupWay, OpenedDisk, ReadEarly, SimStore};
use super::time::SimClock;
use super::world::World;
use kernel::Life;
use runtime::driver::{ContextHandle, ContextOpening, Ports};
use runtime::machine::InjectedFault;
use runtime::port::peers::Peers;
use runtime::port::store::Store;
use std::cell::RefCell;
use std::sync::Arc;

impl World<'_> {
    pub(super) fn opening(&self, at: usize) -> ContextOpening {
        ContextOpening {
            system: self.of.system.clone(),
            context: self.name(at),
            limits: self.limits.clone(),
            settings: self.of.settings.clone(),
            life: Life::random(u128::from(self.seed)),
            seed: self.seed,
            injected: InjectedFault::None,
        }
    }

    pub(super) fn ports(
        &self,
        service: &Service,
        replica: usize,
        store: OpenedDisk,
        early: Option<ReadEarly>,
    ) -> Ports {
        let replica = &service.replicas[replica];
        let (process, commitments) = (replica.process.clone(), service.commitments.clone());
        let peers: Arc<dyn Peers> = match &self.faulty {
            Some(faulty) => faulty.clone(),
            None => self.provider.clone(),
        };
        let subscribers = self.readers_of(service.name);
        let announcer = SimAnnouncer { process: process.clone(), log: service.known.clone(), subscribers };
        let store: Box<dyn Store> = Box::new(SimStore {
            store,
            process: process.clone(),
            outage: service.outage.clone(),
            commitments: commitments.clone(),
            held: replica.held.clone(),
            claims: service.claims(),
            early: RefCell::new(early),
            injected: self.of.injected,
            way: GroupWay { random: self.random.clone(), active: self.active.clone(), late: self.late.clone() },
            unconfirmed: false,
        });
        let store = match self.of.injected {
            Some(ProtocolFault::TombstoneForgotten) => Box::new(ForgetsTombstones(store)),
            _ => store,
        };
        Ports {
            store,
            peers: Arc::new(ProcessPeers { process, commitments, peers }),
            feed: self.feed(service, replica),
            announcer: Arc::new(announcer),
            clock: replica.clock.clone(),
            free_disk_mb: Arc::new(|| u64::MAX),
        }
    }

    pub(super) fn readers_of(&self, source: &str) -> Vec<Arc<ContextHandle>> {
        let contexts = self.of.system.contexts.iter().zip(&self.services);
        let reads = contexts.filter(|(context, _)| context.sources().contains(&source));
        reads.flat_map(|(_, service)| service.replicas.iter().map(|replica| replica.handle.clone())).collect()
    }

    /// A second one of a context, beside the world: on a store of its own, from the beginning.
    pub(super) fn second(&self, at: usize) -> Lived<Service> {
        let context = &self.of.system.contexts[at];
        let clock = SimClock::new(self.time.clone(), 0, 0);
        let replica = SimReplica::new(context.name, clock, &self.limits);
        let mut second = Service::new(context, self.of.disk(context), vec![replica], &self.time);
        let store = OpenedDisk::Only(second.open_store());
        let ports = self.ports(&second, 0, store, None);
        second.open(0, self.opening(at), ports)?;
        Ok(second)
    }
}
