//! What it costs that a release changes the shape of a context's states: `cargo run --release -p nadul --example refold`.
//!
//! Arguments: how many things (1,000,000), `sqlite` or `postgres` (a server of its own), how many are folded at once (100,000).
#![allow(clippy::print_stdout)] // an example that people run by hand
use kernel::{
    Aggregate, Body, Collection, Context, FormLimits, Id, Meta, Name, Request, Settings, Shown, System, event, form,
    post, record, serde_json, then,
};
use mimalloc::MiMalloc;
use postgres_server::PostgresServer;
use runtime::limits::Limits;
use runtime::machine::{Input, Machine};
use runtime::port::clock::{Moment, Now};
use runtime::port::store::{Result, Store, Table};
use runtime::request::{ClientRequest, RequestForm, RouteName};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Instant;

/// As the binary has it.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// Requests that are made durable together.
const GROUP: u64 = 500;

#[event("jobs")]
pub enum Event {
    JobPlaced { id: Id, customer: String, price: u64 },
    JobDone { id: Id, by: String },
}

#[derive(Debug)]
pub enum Command {
    Place { id: Id, customer: String, price: u64 },
}

#[record]
#[derive(Default)]
pub struct Job {
    pub customer: String,
    pub price: u64,
    pub done_by: Option<String>,
}

impl Aggregate for Job {
    const KIND: Name = "job";
    type Command = Command;
    type Event = Event;
    type Refusal = Infallible;

    /// Two events, as most things have more than one.
    fn decide(&self, Command::Place { id, customer, price }: Command) -> std::result::Result<Vec<Event>, Infallible> {
        Ok(vec![Event::JobPlaced { id, customer, price }, Event::JobDone { id, by: "kim".into() }])
    }

    fn evolve(self, event: Event) -> Self {
        match event {
            Event::JobPlaced { customer, price, .. } => Job { customer, price, done_by: None },
            Event::JobDone { by, .. } => Job { done_by: Some(by), ..self },
        }
    }
}

#[form]
pub struct Place {
    pub customer: String,
    pub price: u64,
}

/// As a release declares it whose states have this version.
fn system(version: u32) -> Arc<System> {
    let place = |request: &Request<Place>| -> std::result::Result<_, Infallible> {
        let Place { customer, price } = &request.body;
        Ok(then::<Job>(request.id, Command::Place { id: request.id, customer: customer.clone(), price: *price }))
    };
    let jobs = Collection::new::<Job>("jobs", "job").find_by("customer", |job| Some(&job.customer));
    let jobs = jobs.sort_by("price", |job| job.price as i64).of_state(|_, job: &Job| Shown::Listed(job.clone()));
    let mut context = Context::new("jobs", 1)
        .keyed_by("jobId")
        .keeps::<Job>()
        .collection(jobs)
        .route(post("/jobs").creates("jobs").commanding(place));
    context.kinds[0].version = version;
    Arc::new(System::new("work", "work", "Work.").context(context))
}

fn request(system: &System, nth: u64) -> ClientRequest {
    let route = &system.contexts[0].routes[0];
    let fields =
        serde_json::json!({"customer": format!("customer-{}", nth % 20_000), "price": 1 + nth * 7919 % 100_000});
    let fields = serde_json::from_value(fields).expect("a JSON object");
    let form = (route.form.read)(&Body { fields, limits: FormLimits { text_chars_max: 100 } }).expect("a form");
    ClientRequest {
        route: RouteName::of_route(route),
        id: None,
        form: RequestForm::Read(form),
        idempotency: None,
        if_match: None,
        time_left_ms: 1_000,
        meta: Meta::default(),
        permission: Default::default(),
    }
}

fn machine(system: &Arc<System>, limits: Limits, store: &dyn Store) -> Result<Machine> {
    Machine::open(system.clone(), "jobs", limits, &Settings::default(), store, Now::default(), 7)
}

fn write(store: &mut dyn Store, things: u64) -> Result<()> {
    let system = system(1);
    let mut machine = machine(&system, Limits::default(), store)?;
    for nth in 1..=things {
        let input = Input::Request { token: nth, request: request(&system, nth), arrived: Moment::default() };
        machine.step(store, Now::default(), input)?;
        if nth.is_multiple_of(GROUP) || nth == things {
            machine.flush(store)?;
            store.maintain()?;
        }
    }
    Ok(())
}

/// The whole process, at most since the last call.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb: u64 = line.and_then(|line| line.trim_end_matches("kB").trim().parse().ok()).unwrap_or(0);
    // the next peak is counted from here; where that is not allowed, it is the highest so far
    let _counted_on = std::fs::write("/proc/self/clear_refs", "5");
    kb >> 10
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |nth: usize, default| arguments.get(nth).and_then(|number| number.parse().ok()).unwrap_or(default);
    let (things, at_once) = (number(0, 1_000_000), number(2, 100_000));
    let (tables, folder) = (Table::all(&system(1).contexts[0]), tempfile::tempdir().expect("a folder"));
    let database =
        (arguments.get(1).is_some_and(|kind| kind == "postgres")).then(|| PostgresServer::shared().database());
    let mut store: Box<dyn Store> = match &database {
        Some(database) => {
            let address = postgres::ServerAddress::parse(&database.url)?;
            Box::new(postgres::open(&address, "jobs", "work", &tables, Default::default())?)
        }
        None => Box::new(sqlite::open(&folder.path().join("jobs.db"), "jobs", "work", &tables, Default::default())?),
    };
    let started = Instant::now();
    write(&mut *store, things)?;
    println!("{things} things written in {:.1} s, {} MB at most", started.elapsed().as_secs_f64(), peak_mb());
    let (started, limits) = (Instant::now(), Limits { refold_states: at_once as usize, ..Limits::default() });
    let mut machine = machine(&system(2), limits, &*store)?;
    machine.refold_old_states(&mut *store)?;
    let took = started.elapsed().as_secs_f64();
    println!(
        "folded again in {took:.1} s, {:.0} a second, {at_once} at once, {} MB at most",
        things as f64 / took,
        peak_mb()
    );
    Ok(())
}
