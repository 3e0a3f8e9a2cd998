//! A whole system from one seed on one thread: crashes, lost, doubled and late messages, slow and declining providers, failing stores; then calm,
//! and every promise checked.
//!
//! Each context runs the driver of the product on simulated ports: clock, network, feed, store and wake-ups come from the seed. In many
//! lifetimes a context has several processes, which take its disk from each other while they stand still, are suspected, hand over, lose their
//! lease or hear nothing of a group. In a third of those, contexts hear each other over a topic that loses, doubles, delays and cuts off messages, by
//! the merge of the product.
//!
//! **To simulate a system:** say what its clients do, then `Simulation::new(system, settings).does(5, "POST /catches", |client| …).run(12_000)`.
//! **To replay a failing seed:** the report prints the command; `NADUL_SIM_SEED` is the first seed, `NADUL_SIM_LIFETIMES` how many follow.
//! **To choose how many processes a context has:** [`Simulation::replicas`]; by default the seed does.
//! **To try a saga:** `saga_tests!` with a [`Trial`]. **To try every order of reading:** [`Simulation::reads_in_every_order`].
//!
//! Each system has a world of its own: in one process too, two systems share no store, no queue and no thread, so a world of several would try
//! nothing that theirs do not.
mod broken;
mod check;
mod client;
mod commitments;
mod edge;
mod faults;
mod feed;
mod followers;
mod found;
mod ghost;
mod handed_over;
mod injected;
mod lease;
mod lock;
mod log;
mod network;
mod older;
mod order;
mod ownership;
mod people;
mod process;
pub mod promise;
mod provider;
mod random;
mod relay;
mod replica;
mod report;
mod rest;
mod run;
mod scene;
mod schedule;
mod seeded;
mod service;
mod shrink;
mod store;
mod time;
mod topic;
mod topic_feed;
mod trace;
mod trial;
mod up_to_date;
mod went_back;
mod wiring;
mod world;

pub use broken::{Broken, Lived};
pub use client::{ClientInput, SentRequest, SimClient};
pub use faults::{Fault, Faults};
pub use found::{is_found, say};
pub use injected::ProtocolFault;
pub use report::{Counts, Found, SimulationReport};
pub use scene::Line;
pub use service::{OpenDisk, Service};
pub use trial::Trial;
pub use world::World;

use client::{Behaviour, MakeInput};
use kernel::{Context, Name, Settings, System};
use promise::Promise;
use runtime::limits::Limits;
use runtime::port::store::Table;
use service::SimDisk;
use shrink::Shrinking;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Random things that happen in one lifetime.
const STEPS: u32 = 300;

type NewDisk = Box<dyn Fn(&Context) -> OpenDisk + Send + Sync>;

/// One lifetime before it is lived.
#[derive(Clone, Debug)]
pub struct Plan {
    pub seed: u64,
    pub steps: Vec<u32>,
    pub faults: Faults,
}

impl Plan {
    pub fn from_seed(seed: u64) -> Plan {
        Plan { seed, steps: (0..STEPS).collect(), faults: Faults::ALL }
    }
}

/// A system and what its clients do.
pub struct Simulation {
    system: Arc<System>,
    settings: Settings,
    limits: Limits,
    behaviours: Vec<Behaviour>,
    promises: Vec<(Name, Promise)>,
    injected: Option<ProtocolFault>,
    replicas: Option<usize>,
    /// Whether clients are people who sign in.
    people: bool,
    /// A start finds out nothing by comparing the stores.
    starts_unaware: bool,
    /// Some processes are of this one.
    older: Option<older::OlderRelease>,
    /// `None`: in memory.
    disks: Option<NewDisk>,
}

impl Simulation {
    pub fn new(system: System, settings: Settings) -> Simulation {
        let (limits, behaviours, promises, injected, replicas) = Default::default();
        let (people, starts_unaware, older, disks) = Default::default();
        let system = Arc::new(system);
        Simulation {
            system,
            settings,
            limits,
            behaviours,
            promises,
            injected,
            replicas,
            people,
            starts_unaware,
            older,
            disks,
        }
    }

    /// Clients do this now and then: `route` is its method and path, `input` what they send; `None`: there is nothing to send yet.
    pub fn does(
        mut self,
        weight: u64,
        route: &str,
        input: impl Fn(&mut SimClient<'_>) -> Option<ClientInput> + Send + Sync + 'static,
    ) -> Simulation {
        let (service, route) = self.route(route);
        self.behaviours.push(Behaviour { weight, service, route, input: Box::new(input) as MakeInput });
        self
    }

    /// Holds at rest in every lifetime, beside what every system promises.
    pub fn promises(mut self, name: Name, promise: Promise) -> Simulation {
        self.promises.push((name, promise));
        self
    }

    fn route(&self, route: &str) -> (usize, usize) {
        let all = self.system.contexts.iter().enumerate();
        let mut found = all.filter_map(|(at, context)| {
            let (method, path) = route.split_once(' ')?;
            let named = |r: &kernel::Route| r.path == path && r.method.to_string() == method;
            Some((at, context.routes.iter().position(named)?))
        });
        found.next().unwrap_or_else(|| panic!("{} has no route {route}", self.system.name))
    }

    /// With a fault of the protocol, which must be found.
    pub fn inject(self, fault: ProtocolFault) -> Simulation {
        Simulation { injected: Some(fault), ..self }
    }

    /// Contexts have so many processes in the lifetimes in which they have several; one: in none. Else one to three, by the seed.
    pub fn replicas(self, count: usize) -> Simulation {
        Simulation { replicas: Some(count.max(1)), ..self }
    }

    /// Clients are people who sign in, with the roles that they have.
    pub fn with_people(self) -> Simulation {
        Simulation { people: true, ..self }
    }

    /// A start does not find out that a disk went back in time, as where the other contexts can't be asked just then: a callee that knows a
    /// lost ticket has to say so.
    pub fn starts_unaware(self) -> Simulation {
        Simulation { starts_unaware: true, ..self }
    }

    /// On other stores than those in memory: each context has one process.
    pub fn on(self, disks: impl Fn(&Context) -> OpenDisk + Send + Sync + 'static) -> Simulation {
        Simulation { disks: Some(Box::new(disks)), ..self }
    }

    pub fn system(&self) -> &Arc<System> {
        &self.system
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    fn disk(&self, context: &Context) -> SimDisk {
        match &self.disks {
            None => SimDisk::InMemory(memory::Disk::new(), Table::all(context)),
            Some(disks) => SimDisk::Other(disks(context)),
        }
    }

    fn is_in_memory(&self) -> bool {
        self.disks.is_none()
    }

    /// Lifetimes from `NADUL_SIM_SEED` (1), `NADUL_SIM_LIFETIMES` of them (`lifetimes`), until one breaks a promise.
    pub fn run(&self, lifetimes: u64) -> SimulationReport {
        let first = from_env("NADUL_SIM_SEED").unwrap_or(1);
        self.lifetimes(first, from_env("NADUL_SIM_LIFETIMES").unwrap_or(lifetimes))
    }

    /// As `run`, with the report on the terminal; the first lifetime that breaks a promise fails the test.
    #[track_caller]
    pub fn keeps_every_promise(&self, lifetimes: u64) {
        let report = self.run(lifetimes);
        say(&report);
        if let Some(found) = report.found {
            panic!("{found}");
        }
    }

    /// The same seed gives the same lifetime, to the last step.
    #[track_caller]
    pub fn repeats_itself(&self, seeds: std::ops::Range<u64>) {
        for seed in seeds {
            let trace = || self.live(&Plan::from_seed(seed)).expect("a lifetime keeps every promise").trace;
            assert_eq!(trace(), trace(), "seed {seed}");
        }
    }

    /// Each lifetime on one thread; as many at a time as there are processors.
    pub fn lifetimes(&self, first: u64, count: u64) -> SimulationReport {
        let start = Instant::now();
        let (next, ends) = (AtomicU64::new(first), AtomicU64::new(first + count));
        let worker = || self.work(&next, &ends);
        let works: Vec<Work> = std::thread::scope(|scope| {
            let threads = std::thread::available_parallelism().map_or(1, usize::from);
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
            workers.into_iter().map(|worker| worker.join().expect("a worker lives on")).collect()
        });
        let mut report = SimulationReport { system: self.system.name, ..SimulationReport::default() };
        works.iter().for_each(|work| report.counts.add(&work.counts));
        report.lifetimes = works.iter().map(|work| work.lifetimes).sum();
        report.took = start.elapsed();
        let found = works.into_iter().filter_map(|work| work.found).min_by_key(|(seed, _)| *seed);
        report.found = found.map(|(seed, broken)| self.found(seed, broken));
        report
    }

    /// Takes seed after seed; a broken one ends the run for all that come after it, so that the first one is found whoever is faster.
    fn work(&self, next: &AtomicU64, ends: &AtomicU64) -> Work {
        let mut work = Work::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= ends.load(Ordering::Relaxed) {
                return work;
            }
            work.lifetimes += 1;
            match self.live(&Plan::from_seed(seed)) {
                Ok(lived) => work.counts.add(&lived.counts),
                Err(broken) => {
                    ends.fetch_min(seed, Ordering::Relaxed);
                    work.found = Some((seed, broken));
                    return work;
                }
            }
        }
    }

    /// The first seed that breaks a promise, as it is: for faults that are injected to be found.
    pub fn first_broken(&self, within: u64) -> Option<(u64, Broken)> {
        (1..=within).find_map(|seed| Some((seed, self.live(&Plan::from_seed(seed)).err()?)))
    }

    /// The first one as a failing test reports it: as short as it could be made, with all that happened in it.
    pub fn first_found(&self, within: u64) -> Option<Found> {
        self.first_broken(within).map(|(seed, broken)| self.found(seed, broken))
    }

    /// One lifetime: chaos, calm, every check.
    pub fn live(&self, plan: &Plan) -> Lived<Lifetime> {
        guarded(|| self.lived(plan, false).1)
    }

    fn lived(&self, plan: &Plan, tells: bool) -> (Vec<String>, Lived<Lifetime>) {
        let mut world = match World::new(self, plan, tells) {
            Ok(world) => world,
            Err(broken) => return (vec![], Err(broken)),
        };
        let lived = guarded(|| {
            plan.steps.iter().try_for_each(|step| world.happen(u64::from(*step)))?;
            world.rest()?;
            world.noticed_at_last()?;
            world.have_followed()?;
            check::all(&mut world)
        });
        let lived = world.judge(lived);
        let life = Lifetime { trace: world.trace.hash, counts: world.counts.clone() };
        (world.trace.lines(), lived.map(|()| life))
    }

    fn found(&self, seed: u64, broken: Broken) -> Found {
        let (plan, broken) = Shrinking::new(self, broken).shrink(Plan::from_seed(seed));
        let (lines, _) = self.lived(&plan, true);
        let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
        let thread = std::thread::current();
        let test = thread.name().unwrap_or_default().to_string();
        let replay =
            format!("NADUL_SIM_SEED={seed} NADUL_SIM_LIFETIMES=1 cargo test -p {package} {test} -- --nocapture");
        Found { seed, broken, plan, lines, replay }
    }
}

/// What one thread has lived through.
#[derive(Default)]
struct Work {
    lifetimes: u64,
    counts: Counts,
    found: Option<(u64, Broken)>,
}

/// What is left of a lifetime that kept every promise.
#[derive(Clone, Debug)]
pub struct Lifetime {
    /// The same for the same plan; another where anything differs.
    pub trace: u64,
    pub counts: Counts,
}

/// A panic breaks a promise like any other.
fn guarded<T>(run: impl FnOnce() -> Lived<T>) -> Lived<T> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string()));
        broken::broken("panic", text.unwrap_or_default())
    })
}

fn from_env(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
