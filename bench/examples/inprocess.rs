//! A system without its HTTP edge: as many requests outstanding as there are users, each the real path to a durable answer.
//!
//! `cargo run --release -p nadul-bench --example inprocess -- sqlite 100 10 0`: the store, the users, the seconds, the requests stored before.
#![allow(clippy::print_stdout)] // an example that people run by hand
use bench::mix::{Mix, mixes};
use bench::times::Times;
use embedded::{Host, SystemOpening};
use kernel::serde_json;
use kernel::{Body, Erased, FormLimits, Settings};
use runtime::port::store::{Store, StoreError, Table};
use runtime::port::work::SystemAtWork;
use runtime::request::{ClientRequest, RequestForm, Response, RouteName};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often the page is looked at while it is waited for.
const LOOK: Duration = Duration::from_micros(500);
/// How long a request may take.
const PATIENCE_MS: u64 = 30_000;

fn main() {
    let mut words = std::env::args().skip(1);
    let store = words.next().unwrap_or_else(|| "sqlite".into());
    let mut number = |otherwise| words.next().and_then(|word| word.parse().ok()).unwrap_or(otherwise);
    let (users, seconds, stored) = (number(100), number(10), number(0));
    let folder = tempfile::tempdir().expect("a folder for the stores");
    let host = open(&store, folder.path().into());
    let mix = &mixes("taxi")[0];
    let warm_up = Duration::from_secs(if stored > 0 { 3600 } else { 2 });
    run(&host, mix, users, warm_up, 0..if stored > 0 { stored } else { u64::MAX });
    println!("{store}, {users} users, {seconds} s, {stored} stored before");
    let (idle, dry) = (cpu(), written());
    let outcome = run(&host, mix, users, Duration::from_secs(seconds), stored.max(1_000_000)..u64::MAX);
    outcome.print();
    let requests = outcome.times.count() as f64;
    println!("{:.0} us of processor a request", (cpu() - idle).as_micros() as f64 / requests);
    println!("{:.1} KB written a request", (written() - dry) as f64 / 1000.0 / requests);
    let began = Instant::now();
    println!("everything finished: {} after {:?}", host.drain(), began.elapsed());
    groups(&host);
    println!("{}", memory());
}

fn open(store: &str, folder: PathBuf) -> Arc<Host> {
    let settings = Settings::defaults(taxi::SETTINGS);
    let system = Arc::new(taxi::system(&settings));
    let (name, in_memory, disks) = (system.name, store == "memory", memory_disks());
    let opened = move |context: &kernel::Context| -> Result<Box<dyn Store>, StoreError> {
        let tables = Table::all(context);
        if in_memory {
            return Ok(Box::new(disks(context.name).open(&tables)));
        }
        let file = folder.join(format!("{}.db", context.name));
        Ok(Box::new(sqlite::open(&file, context.name, name, &tables, sqlite::Options::default())?))
    };
    let opening = SystemOpening {
        system,
        settings,
        limits: runtime::limits::Limits::default(),
        has_store: Box::new(|_| true),
        open: Box::new(opened),
        broker: None,
        on_commit: Arc::new(|_, _| {}),
        free_disk_mb: Arc::new(|| 1_000_000),
    };
    Host::start(opening).unwrap_or_else(|(context, error)| panic!("{context}: {error}"))
}

fn memory_disks() -> impl Fn(&str) -> memory::Disk + Send + Sync {
    let disks = std::sync::Mutex::new(BTreeMap::<String, memory::Disk>::new());
    move |name| disks.lock().expect("nobody breaks it").entry(name.into()).or_default().clone()
}

#[derive(Default)]
struct Outcome {
    took: Duration,
    times: Times,
    failed: u64,
    lag: Times,
}

impl Outcome {
    fn print(&self) {
        let (times, lag) = (&self.times, &self.lag);
        let rate = times.count() as f64 / self.took.as_secs_f64();
        println!("{rate:.0} requests/s, {} failed", self.failed);
        let said = |times: &Times| [50.0, 99.0, 99.9].map(|p| format!("{:.1}", times.ms(p))).join(" / ");
        println!("answer p50/p99/p99.9 ms: {}", said(times));
        println!("page   p50/p99/p99.9 ms: {} behind the answer, {} looks", said(lag), lag.count());
    }
}

/// Each answer is followed by the next request of the same user.
fn run(host: &Arc<Host>, mix: &'static Mix, users: u64, time: Duration, numbers: Range<u64>) -> Outcome {
    let (tell, told) = mpsc::channel();
    let (newest, over) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let watch = watch(host.clone(), mix.view, newest.clone(), over.clone());
    let (began, mut outcome, mut under_way, mut n) = (Instant::now(), Outcome::default(), users, numbers.start + users);
    (0..users).for_each(|user| ask(host, mix, numbers.start + user, &tell));
    while under_way > 0 {
        let (sent, reply): (Instant, Response) = told.recv().expect("every request is answered");
        outcome.times.add(sent.elapsed());
        match reply {
            Ok(answer) => newest.store(answer.id.0, Relaxed),
            Err(_) => outcome.failed += 1,
        }
        if n < numbers.end && began.elapsed() < time {
            ask(host, mix, n, &tell);
            n += 1;
        } else {
            under_way -= 1;
        }
    }
    outcome.took = began.elapsed();
    over.store(true, Relaxed);
    outcome.lag = watch.join().expect("the watch does not break");
    outcome
}

fn ask(host: &Host, mix: &Mix, n: u64, tell: &mpsc::Sender<(Instant, Response)>) {
    let request = &mix.request;
    let found = host.system().contexts.iter().find_map(|context| {
        let fits = |route: &&kernel::Route| route.path == request.path && route.method == kernel::Method::Post;
        Some((context.name, context.routes.iter().find(fits)?))
    });
    let (context, route) = found.expect("the mix names routes of the system");
    let form = RequestForm::Read(form(route, &(request.body)(n, 0)));
    let client = ClientRequest {
        route: RouteName::of_route(route),
        id: None,
        form,
        idempotency: None,
        if_match: None,
        time_left_ms: PATIENCE_MS,
        meta: kernel::Meta { correlation_id: "0191a0b0c0d0e0f0".into(), ..Default::default() },
        permission: Default::default(),
    };
    let (sent, tell) = (Instant::now(), tell.clone());
    host.request(context, client, Box::new(move |reply| drop(tell.send((sent, reply)))));
}

fn form(route: &kernel::Route, body: &str) -> Erased {
    let fields: BTreeMap<Cow<'_, str>, Cow<'_, serde_json::value::RawValue>> =
        serde_json::from_str(body).expect("the mix writes JSON");
    let body = Body { fields, limits: FormLimits { text_chars_max: 1000 } };
    (route.form.read)(&body).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

/// From an answer to its row on the page, one request after the other.
fn watch(
    host: Arc<Host>,
    view: &'static str,
    newest: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
) -> std::thread::JoinHandle<Times> {
    let shows = |context: &&kernel::Context| context.views.iter().any(|v| v.collection.name == view);
    let context = host.system().contexts.iter().find(shows).expect("the view is there").name;
    let table = host.table(context, view).expect("it has a table");
    std::thread::spawn(move || {
        let mut lag = Times::default();
        while !over.load(Relaxed) {
            let (id, since) = (newest.load(Relaxed), Instant::now());
            let there = || host.reader(context).and_then(|reader| reader.row(&table, kernel::Id(id)).ok().flatten());
            while id > 0 && there().is_none_or(|row| !row.listed) && since.elapsed() < Duration::from_secs(10) {
                std::thread::sleep(LOOK);
            }
            lag.add(since.elapsed());
            std::thread::sleep(20 * LOOK);
        }
        lag
    })
}

fn groups(host: &Host) {
    for context in &host.system().contexts {
        let status = host.status(context.name);
        let groups = status.groups.max(1);
        println!(
            "{:8} {:7} groups of {:5.1} commits, {:6.0} us each",
            context.name,
            status.groups,
            status.commits as f64 / groups as f64,
            status.flush_us_total as f64 / groups as f64
        );
    }
}

/// What this process has had of all processors: what other work on the machine changes least.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    Duration::from_millis(ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10)
}

/// Bytes this process has had written to disks.
fn written() -> u64 {
    let io = std::fs::read_to_string("/proc/self/io").unwrap_or_default();
    let found = io.lines().find_map(|line| line.strip_prefix("write_bytes: ")?.parse().ok());
    found.unwrap_or(0)
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS")).collect::<Vec<_>>().join(", ")
}
