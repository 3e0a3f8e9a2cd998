//! taxi at work on stores in memory, as far as a proof needs it.
use embedded::{Host, SystemOpening};
use kernel::{Context, Erased, Group, Id, Meta, Settings, System, Won};
use memory::Disk;
use runtime::limits::Limits;
use runtime::port::store::{Reader, Store, Table};
use runtime::port::work::SystemAtWork;
use runtime::proof::{Bounds, Report, prove_within};
use runtime::request::{ClientRequest, RequestForm, Response, RouteName};
use std::collections::BTreeMap;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

pub struct Town {
    pub system: Arc<System>,
    disks: BTreeMap<&'static str, Disk>,
}

const PATIENCE: Duration = Duration::from_secs(20);

impl Town {
    pub fn new() -> Town {
        let system = Arc::new(taxi::system(&Settings::defaults(taxi::SETTINGS)));
        let disks = system.contexts.iter().map(|context| (context.name, Disk::new())).collect();
        Town { system, disks }
    }

    fn open(&self) -> Arc<Host> {
        let disks = self.disks.clone();
        let opening = SystemOpening {
            system: self.system.clone(),
            settings: Settings::defaults(taxi::SETTINGS),
            limits: Limits::default(),
            has_store: Box::new(|_| true),
            open: Box::new(move |context| Ok(Box::new(disks[context.name].open(&Table::all(context))))),
            broker: None,
            on_commit: Arc::new(|_, _| {}),
            free_disk_mb: Arc::new(|| u64::MAX),
        };
        Host::start(opening).unwrap_or_else(|(context, error)| panic!("{context}: {error}"))
    }

    /// So many catches; every second one is cancelled, every third one picked before. Then everything comes to rest.
    pub fn trade(&self, catches: u64) -> &Town {
        let host = self.open();
        for _ in 0..catches {
            let id = catch(&host);
            if id.0.is_multiple_of(3) {
                wait(|| request(&host, "pickup", 0, None, Arc::new(pick(id))).is_ok());
            }
            if id.0.is_multiple_of(2) {
                let form = taxi::catch::Change { status: "Cancel".into() };
                assert!(request(&host, "catch", 1, Some(id), Arc::new(form)).is_ok());
            }
        }
        wait(|| self.prove().at_rest());
        assert!(host.drain());
        self
    }

    fn disk(&self, context: &str) -> &Disk {
        &self.disks[context]
    }

    pub fn prove(&self) -> Report {
        self.prove_within(Bounds::default())
    }

    pub fn prove_within(&self, bounds: Bounds) -> Report {
        let reader = |context: &Context| self.disk(context.name).open(&Table::all(context)).reader();
        let readers: Vec<(&Context, Arc<dyn Reader>)> =
            self.system.contexts.iter().map(|context| (context, reader(context))).collect();
        prove_within(&self.system, &readers, bounds)
    }

    /// Writes past all rules, as a defect would.
    pub fn spoil(&self, context: &str, change: impl FnOnce(&dyn Reader, &mut Group)) -> Report {
        let tables = Table::all(self.system.get(context).expect("a context of taxi"));
        let mut store = self.disk(context).open(&tables);
        let mut group = Group { head: store.head().expect("memory is readable"), ..Group::default() };
        change(store.reader().as_ref(), &mut group);
        store.apply(&group).expect("memory takes what it is given");
        self.prove()
    }
}

fn catch(host: &Host) -> Id {
    let (starting_point, destination, customer) = ("Seoul".into(), "Busan".into(), "kim".into());
    let form = taxi::catch::Hail { price: Won(9000), starting_point, destination, customer };
    request(host, "catch", 0, None, Arc::new(form)).expect("the catch is paid").id
}

fn pick(match_id: Id) -> taxi::pickup::Pick {
    taxi::pickup::Pick { match_id, driver: "lee".into() }
}

fn request(host: &Host, context: &str, route: usize, id: Option<Id>, form: Erased) -> Response {
    let (sender, response) = mpsc::channel();
    let declared = &host.system().get(context).expect("a context of taxi").routes[route];
    let meta = Meta { correlation_id: "test".into(), ..Meta::default() };
    let (route, form) = (RouteName::of_route(declared), RequestForm::Read(form));
    let request = ClientRequest {
        route,
        id,
        form,
        idempotency: None,
        if_match: None,
        time_left_ms: 10_000,
        meta,
        permission: Default::default(),
    };
    host.request(context, request, Box::new(move |reply| drop(sender.send(reply))));
    response.recv_timeout(PATIENCE).expect("every request is answered")
}

fn wait(mut until: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !until() {
        assert!(Instant::now() < end, "it never came to be");
        std::thread::sleep(Duration::from_millis(5));
    }
}
