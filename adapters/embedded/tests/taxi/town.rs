//! The words of these tests: a town is taxi at work on stores in memory.
use embedded::{Host, SystemOpening};
use kernel::{Context, Id, Meta, Method, Settings, Won};
use memory::Disk;
use runtime::error::Error;
use runtime::limits::Limits;
use runtime::port::broker::Broker;
use runtime::port::store::{Store, Table};
use runtime::port::work::SystemAtWork;
use runtime::request::{ClientRequest, RequestForm, Response, RouteName};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Town {
    pub host: Arc<Host>,
    /// How often a store was opened.
    pub opened: Arc<AtomicUsize>,
}

impl Town {
    pub fn new() -> Town {
        Town::with(|_| {}, |_| {})
    }

    pub fn with(limit: impl FnOnce(&mut Limits), set: impl FnOnce(&mut Settings)) -> Town {
        Town::open(limit, set, None)
    }

    /// Whose published events go to this broker.
    pub fn on(broker: Arc<dyn Broker>) -> Town {
        Town::open(|_| {}, |_| {}, Some(broker))
    }

    fn open(limit: impl FnOnce(&mut Limits), set: impl FnOnce(&mut Settings), broker: Option<Arc<dyn Broker>>) -> Town {
        let (mut limits, mut settings) = (Limits::default(), Settings::defaults(taxi::SETTINGS));
        limit(&mut limits);
        set(&mut settings);
        let system = Arc::new(taxi::system(&settings));
        let disks: HashMap<_, _> = system.contexts.iter().map(|context| (context.name, Disk::new())).collect();
        let opened = Arc::<AtomicUsize>::default();
        let count = opened.clone();
        let open = move |context: &Context| {
            count.fetch_add(1, Ordering::Relaxed);
            Ok(Box::new(disks[context.name].open(&Table::all(context))) as Box<dyn Store>)
        };
        let opening = SystemOpening {
            system,
            settings,
            limits,
            has_store: Box::new(|_| true),
            open: Box::new(open),
            broker,
            on_commit: Arc::new(|_, _| {}),
            free_disk_mb: Arc::new(|| 1000),
        };
        let host = Host::start(opening).unwrap_or_else(|(context, error)| panic!("{context} starts: {error}"));
        Town { host, opened }
    }

    pub fn send(&self, context: &str, request: ClientRequest) -> Receiver<Response> {
        let (sender, receiver) = mpsc::channel();
        let respond = Box::new(move |response| {
            let _nobody_waits = sender.send(response);
        });
        self.host.request(context, request, respond);
        receiver
    }

    /// Hails a taxi; what came of it.
    pub fn hail(&self) -> String {
        say(self.send("catch", hail()).recv_timeout(PATIENCE).expect("there is a response"))
    }

    /// The types of the events in a context's log.
    pub fn log(&self, context: &str) -> Vec<String> {
        let reader = self.host.reader(context).expect("the context runs");
        let events = reader.log(0, 1000).expect("a store in memory works");
        events.into_iter().map(|event| event.event_type.into_owned()).collect()
    }

    pub fn wait_for(&self, what: &str, holds: impl Fn(&Town) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !holds(self) {
            assert!(Instant::now() < until, "{what} does not come");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

pub fn say(response: Response) -> String {
    match response {
        Ok(_) => "done".into(),
        Err(Error::Refused(refusal)) => format!("refused, {}", refusal.code),
        Err(Error::Unavailable { what, .. }) => format!("unavailable, {what}"),
        Err(Error::Unknown { .. }) => "unknown".into(),
    }
}

pub fn hail() -> ClientRequest {
    let form = taxi::catch::Hail {
        price: Won(12_000),
        starting_point: "Seoul Station".into(),
        destination: "City Hall".into(),
        customer: "kim".into(),
    };
    ClientRequest {
        route: RouteName { method: Method::Post, path: "/catches".into() },
        id: None::<Id>,
        form: RequestForm::Read(Arc::new(form)),
        idempotency: None,
        if_match: None,
        time_left_ms: 5000,
        meta: Meta::default(),
        permission: Default::default(),
    }
}
