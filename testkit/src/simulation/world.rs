//! A whole system on one thread: the driver of each context, what is under way between them, and one time.
use super::broken::{Lived, broken};
use super::client::SentRequest;
use super::faults::{ActiveFaults, Faults};
use super::feed::{Reading, SourceLog, SourceLogs};
use super::followers::Follower;
use super::injected::{FaultyPeers, ProtocolFault};
use super::lease::LeaseTimes;
use super::network::{Flight, Network};
use super::older::is_older_still;
use super::process::Responses;
use super::provider::SimProvider;
use super::random::Random;
use super::replica::SimReplica;
use super::seeded::{cluster, random_limits, services};
use super::service::{Service, index};
use super::store::{LateGroup, OpenedDisk, ReadEarly};
use super::time::WorldTime;
use super::topic::SimTopic;
use super::trace::Trace;
use super::{Plan, Simulation, report};
use kernel::{Id, Life, Recorded};
use memory::Disk;
use runtime::driver::{ContextHandle, ContextOpening};
use runtime::limits::Limits;
use runtime::lives::{self, FoundStore};
use runtime::merge::MergeTimes;
use runtime::port::clock::Moment;
use runtime::port::store::{Store, StoreError, StoreOrigin};
use runtime::request::Response;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

/// Far enough that the server's clock can be set back.
const SERVER_AHEAD_MS: u64 = 10_000_000;

pub struct World<'a> {
    pub(super) of: &'a Simulation,
    pub(super) seed: u64,
    pub(super) limits: Limits,
    pub(super) active: Arc<ActiveFaults>,
    pub(super) time: Arc<WorldTime>,
    pub(super) random: Arc<Random>,
    pub(super) network: Arc<Network>,
    pub(super) provider: Arc<SimProvider>,
    pub(super) faulty: Option<Arc<FaultyPeers>>,
    pub(super) sources: Arc<SourceLogs>,
    /// Where contexts hear each other; `None`: by their logs.
    pub(super) topic: Option<Arc<SimTopic>>,
    pub(super) merge_times: MergeTimes,
    pub services: Vec<Service>,
    pub requests: Vec<SentRequest>,
    /// Calls that a process has taken and not replied to, each with where it is.
    pub(super) unreplied: Vec<(usize, usize, Flight)>,
    /// Requests that nobody has taken, each with the moment when it is asked for again.
    pub(super) unasked: Vec<(Moment, usize)>,
    /// Starts of processes so far.
    pub(super) starts: u64,
    pub(super) times: LeaseTimes,
    /// The server's clock runs ahead of the world's time by this.
    pub(super) server_ahead_ms: u64,
    /// When the server's clock was set last.
    pub(super) server_set_at: Option<Moment>,
    /// Groups on their way of which their owners have heard nothing.
    pub(super) late: Arc<Mutex<Vec<LateGroup>>>,
    /// A context's disk, and what it was some time ago.
    pub(super) copy: Option<(usize, Disk)>,
    /// The context whose disk went back in time.
    pub(super) went_back: Option<usize>,
    /// A callee has said so to a process of that context, which has stopped.
    pub(super) has_stopped: bool,
    pub(super) responses: Arc<Responses>,
    /// People who follow rows, where clients are people.
    pub(super) followers: Vec<Follower>,
    pub trace: Trace,
    pub(super) counts: report::Counts,
}

impl<'a> World<'a> {
    pub fn new(of: &'a Simulation, plan: &Plan, tells: bool) -> Lived<World<'a>> {
        let random = Random::from_seed(plan.seed, u64::MAX);
        let limits = random_limits(of, &random);
        World::within(of, plan, ActiveFaults::new(plan.faults, false), limits, random, Trace::new(tells))
    }

    /// Nothing goes wrong by itself, and no limit is met.
    pub(super) fn calm(of: &'a Simulation) -> Lived<World<'a>> {
        let plan = Plan { seed: 1, steps: vec![], faults: Faults::NONE };
        let (active, random) = (ActiveFaults::new(Faults::NONE, true), Random::from_seed(1, u64::MAX));
        World::within(of, &plan, active, of.limits.clone(), random, Trace::new(false))
    }

    pub(super) fn within(
        of: &'a Simulation,
        plan: &Plan,
        active: ActiveFaults,
        limits: Limits,
        random: Random,
        trace: Trace,
    ) -> Lived<World<'a>> {
        let (time, random, active) = (Arc::new(WorldTime::default()), Arc::new(random), Arc::new(active));
        let (cluster, times) = cluster(of, &random, &active);
        let services = services(of, &limits, &time, &random, &active, cluster);
        let handles = |service: &Service| service.replicas.iter().map(|replica| replica.handle.clone()).collect();
        let all_handles: Vec<Vec<Arc<ContextHandle>>> = services.iter().map(handles).collect();
        let flights = Mutex::default();
        let network = Network {
            handles: all_handles.iter().flatten().cloned().collect(),
            time: time.clone(),
            random: random.clone(),
            active: active.clone(),
            holds: cluster.is_some(),
            flights,
        };
        let network = Arc::new(network);
        let provider = Arc::new(SimProvider::new(&of.system, network.clone(), random.clone()));
        let faulty = of.injected.and_then(|fault| FaultyPeers::new(fault, provider.clone(), network.clone()));
        let source = |(service, handles): (&Service, Vec<_>)| SourceLog {
            name: service.name,
            handles,
            log: service.known.clone(),
        };
        let logs = services.iter().zip(all_handles).map(source).collect();
        let sources = SourceLogs { logs, reading: Mutex::default(), random: random.clone(), active: active.clone() };
        let (topic, merge_times) = SimTopic::of_lifetime(plan.seed, cluster.is_some() && !of.people, &random, &active);
        let mut world = World {
            of,
            seed: plan.seed,
            limits,
            active,
            time,
            random,
            network,
            provider,
            faulty: faulty.map(Arc::new),
            sources: Arc::new(sources),
            topic,
            merge_times,
            services,
            requests: vec![],
            unreplied: vec![],
            unasked: vec![],
            starts: 0,
            times,
            server_ahead_ms: SERVER_AHEAD_MS,
            server_set_at: None,
            late: Arc::default(),
            copy: None,
            went_back: None,
            has_stopped: false,
            responses: Arc::default(),
            followers: vec![],
            trace,
            counts: report::Counts::default(),
        };
        if of.people {
            world.services.iter().for_each(|service| service.commitments.keep_changes());
        }
        world.choose_releases();
        for at in 0..world.services.len() {
            (0..world.services[at].replicas.len()).try_for_each(|replica| world.start(at, replica))?;
            if cluster.is_some() {
                world.claim(at, 0, false)?;
                world.look(at, 0)?;
            }
        }
        Ok(world)
    }

    /// What is durable of a context's log.
    pub fn log(&self, context: &str) -> &[Arc<Recorded>] {
        &self.services[index(&self.of.system, context)].log
    }

    /// What a view has folded of one key; null where it has folded nothing.
    pub fn page(&self, context: &str, view: &str, id: Id) -> Value {
        let at = index(&self.of.system, context);
        let declared = self.of.system.contexts[at].views.iter().find(|declared| declared.collection.name == view);
        let row = declared.zip(self.services[at].store());
        let row = row.and_then(|(view, store)| store.row(&view.table(), id).ok().flatten());
        let fold: Value = row.and_then(|row| serde_json::from_str(&row.fold?).ok()).unwrap_or_default();
        fold["page"].clone()
    }

    pub fn name(&self, at: usize) -> &'static str {
        self.of.system.contexts[at].name
    }

    pub(super) fn history_rows(&self) -> usize {
        self.limits.history_rows
    }

    /// Starts a process that is down. The only one of a context drives it at once, unless its store fails at the moment; others stand by.
    pub fn start(&mut self, at: usize, replica: usize) -> Lived {
        self.starts += 1;
        let looks_at = self.network.holds.then(|| self.time.now());
        let starting = &mut self.services[at].replicas[replica];
        starting.is_older = is_older_still(starting.is_older, &self.random);
        starting.begin(self.starts, looks_at);
        if looks_at.is_some() {
            self.tell(|world| format!("{} starts and stands by", world.replica_name(at, replica)));
            return Ok(());
        }
        let store = self.services[at].open_store();
        let life = self.life_of(at, &*store)?;
        match self.open(at, replica, life, OpenedDisk::Only(store), None) {
            Ok(()) => self.opened(at, replica),
            Err(_) if self.services[at].outage.lasts() => {
                self.tell(|world| format!("{} can't start: its store fails", world.name(at)));
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// A process begins to drive its context.
    pub(super) fn open(
        &mut self,
        at: usize,
        replica: usize,
        life: Life,
        store: OpenedDisk,
        early: Option<ReadEarly>,
    ) -> Result<(), StoreError> {
        let (seed, injected) = (self.random.below(u64::MAX), ProtocolFault::in_machine(self.of.injected));
        let system = self.release_of(at, replica);
        let opening = ContextOpening { life, seed, injected, system, ..self.opening(at) };
        let ports = self.ports(&self.services[at], replica, store, early);
        self.services[at].open(replica, opening, ports)
    }

    pub(super) fn opened(&mut self, at: usize, replica: usize) -> Lived {
        self.tell(|world| format!("{} starts", world.replica_name(at, replica)));
        self.replicas().for_each(|(_, replica)| replica.handle.mailbox.news());
        self.tell_known_stores();
        self.observe(at, replica)
    }

    /// The life that a context's store works in from now on; the stores must belong together, as at every start.
    pub(super) fn life_of(&mut self, at: usize, store: &dyn Store) -> Lived<Life> {
        let read = |name, store: &dyn Store| FoundStore::read(name, store.origin(), &*store.reader());
        let one = read(self.name(at), store)?;
        let life = one.life(u128::from(self.random.below(u64::MAX)));
        let mut found = vec![one];
        for other in (0..self.services.len()).filter(|other| *other != at) {
            let name = self.name(other);
            let service = &mut self.services[other];
            found.push(match (service.disk_reader(), service.store()) {
                (Some(reader), _) => FoundStore::read(name, StoreOrigin::Here, &*reader)?,
                (None, Some(store)) => read(name, store)?,
                (None, None) => read(name, &*service.open_store())?,
            });
        }
        match lives::check(&self.of.system, &found) {
            _ if self.of.injected == Some(ProtocolFault::RestoredSourceIsDuplicate) => Ok(life),
            Ok(()) => self.stop_is_kept(at).map(|()| life),
            Err(_) if self.of.starts_unaware => self.start_unaware(at, &found).map(|()| life),
            Err((context, error)) if self.went_back.is_some() => self.noticed(&format!("{context}: {error}")),
            Err((context, error)) => broken("lives", format!("{context}: {error}")),
        }
    }

    /// Each context hears how far the stores of the others have come.
    pub(super) fn tell_known_stores(&self) {
        let known = |service: &Service| {
            let stores = service.replicas.iter().filter_map(|replica| replica.handle.known_store());
            Some((service.name.to_string(), stores.max_by_key(|store| store.group)?))
        };
        let all: BTreeMap<_, _> = self.services.iter().filter_map(known).collect();
        for service in &self.services {
            let mut others = all.clone();
            others.remove(service.name);
            let hear = service.replicas.iter().filter(|replica| !replica.is_cut_off.load(Ordering::Relaxed));
            hear.for_each(|replica| replica.handle.tell_known_stores(others.clone()));
        }
    }

    /// A process ends. Who waited for it hears nothing; who may ask again elsewhere does.
    pub fn crash(&mut self, at: usize, replica: usize) {
        self.tell(|world| format!("{} crashes", world.replica_name(at, replica)));
        self.services[at].replicas[replica].crash();
        self.relay_ends(at, replica);
        self.counts.crashes += 1;
        self.break_off(at, replica);
    }

    /// Every process, by its context and its number there.
    pub(super) fn replicas(&self) -> impl Iterator<Item = ((usize, usize), &SimReplica)> {
        let all = self.services.iter().enumerate();
        all.flat_map(|(at, service)| service.replicas.iter().enumerate().map(move |(number, r)| ((at, number), r)))
    }

    pub(super) fn replicas_that(&self, are: impl Fn(&SimReplica) -> bool) -> Vec<(usize, usize)> {
        self.replicas().filter(|(_, replica)| are(replica)).map(|(place, _)| place).collect()
    }

    pub(super) fn replica_name(&self, at: usize, replica: usize) -> String {
        let service = &self.services[at];
        match service.is_clustered() {
            true => format!("{} ({replica})", service.name),
            false => service.name.to_string(),
        }
    }

    pub(super) fn tell(&mut self, line: impl FnOnce(&Self) -> String) {
        if self.trace.tells() {
            let line = format!("{:>6} ms  {}", self.time.now().us() / 1000, line(self));
            self.trace.tell(line);
        }
    }

    /// What a turn has let out: durable events, responses, and whether its process still lives.
    pub(super) fn observe(&mut self, at: usize, replica: usize) -> Lived {
        self.look_at_log(at)?;
        for (number, response) in self.responses.take() {
            self.responded((at, replica), number, response)?;
        }
        let replica_now = &self.services[at].replicas[replica];
        if replica_now.is_up() && replica_now.process.has_ended() {
            self.crash(at, replica);
        }
        Ok(())
    }

    pub(super) fn look_at_log(&mut self, at: usize) -> Lived {
        let service = &self.services[at];
        if service.is_clustered()
            && let Some(reader) = service.disk_reader()
            && reader.head()?.position > service.known.len()
        {
            service.known.read_rest(&*reader)?;
        }
        let known = service.log.len();
        if service.known.len() > known as u64 {
            let events = service.known.behind(known);
            self.trace.mix(events.len() as u64);
            self.counts.events += events.len() as u64;
            self.tell(|world| {
                let names: Vec<&str> = events.iter().map(|event| &*event.event_type).collect();
                format!("{} makes durable {names:?}", world.name(at))
            });
            self.services[at].log.extend(events);
        }
        Ok(())
    }

    fn responded(&mut self, by: (usize, usize), number: usize, response: Response) -> Lived {
        let Some(response) = self.held_back(number, response) else { return Ok(()) };
        self.is_up_to_date(by, number, &response)?;
        self.trace.mix(number as u64 ^ (u64::from(response.is_ok()) << 32));
        let outcome = report::outcome(&self.of.system, &response);
        self.tell(|_| format!("request {number} is answered {outcome}"));
        self.counts.answer(outcome);
        if self.requests[number].response.is_some() {
            return broken("answers", format!("request {number} was answered twice"));
        }
        self.requests[number].response = Some(response);
        Ok(())
    }

    pub(super) fn allow_reading(&self, reading: Reading) {
        self.sources.allow(reading);
    }
}
