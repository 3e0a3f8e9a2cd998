//! A driver that a test turns by hand, on ports that do what the test says.
use crate::desk::read_note;
use crate::shop::shop;
use kernel::{
    CallKey, CallRecord, Group, Head, Id, IdRanges, Life, Name, Row, Settings, StoredAnswer, SubscriptionKey, Timestamp,
};
use memory::{Disk, Memory};
use runtime::driver::{ContextHandle, ContextOpening, Driver, Mailbox, PauseRequest, Ports, Turn};
use runtime::limits::Limits;
use runtime::machine::InjectedFault;
use runtime::message::PeerMessage;
use runtime::port::clock::{Clock, Moment, Now};
use runtime::port::feed::{Announcer, DurableGroup, Feed, Slice, SourceLate};
use runtime::port::peers::{Envelope, NotSent, Peers};
use runtime::port::store::{ParkedEvent, Reader, Result, Store, StoreError, Table};
use runtime::port::work::Respond;
use runtime::request::Response;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A clock that a test moves.
#[derive(Default)]
pub struct TestClock {
    us: AtomicU64,
    wall_ahead_us: AtomicI64,
}

impl TestClock {
    pub fn pass_ms(&self, ms: u64) {
        self.us.fetch_add(ms * 1000, Ordering::Relaxed);
    }

    /// The wall clock is set: it steps back or ahead.
    pub fn set_wall_ahead_ms(&self, ms: i64) {
        self.wall_ahead_us.store(ms * 1000, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Now {
        let us = self.us.load(Ordering::Relaxed);
        let ahead_us = self.wall_ahead_us.load(Ordering::Relaxed);
        Now { wall: Timestamp(1_800_000_000_000_000 + us as i64 + ahead_us), mono: Moment::from_us(us) }
    }
}

/// Nobody is there: no peer.
struct Nobody;

impl Peers for Nobody {
    fn send(&self, _: Envelope) -> std::result::Result<(), NotSent> {
        Err(NotSent)
    }
}

/// What the context `orders` gives, one read after another; nothing new when there is no more. Other sources have nothing.
#[derive(Default)]
pub struct TestFeed(pub Mutex<VecDeque<std::result::Result<Slice, SourceLate>>>);

impl Feed for TestFeed {
    fn read(&self, subscription: &SubscriptionKey, after: u64, _: usize) -> std::result::Result<Slice, SourceLate> {
        let nothing = Ok(Slice { after, up_to: after, ..Slice::default() });
        if subscription.source != "orders" {
            return nothing;
        }
        let next = self.0.lock().expect("no test panics while it holds this").pop_front();
        next.unwrap_or(nothing)
    }
}

/// Spoils reading as soon as a group is durable, where a test wants that.
struct Spoiler {
    spoils: Arc<AtomicBool>,
    unreadable: Arc<AtomicBool>,
}

impl Announcer for Spoiler {
    fn announce(&self, _: DurableGroup) {
        self.unreadable.store(self.spoils.load(Ordering::Relaxed), Ordering::Relaxed);
    }
}

/// A store that fails as often as it is told to.
struct Failing {
    store: Memory,
    failures: Arc<AtomicUsize>,
    /// States can't be read.
    unreadable: Arc<AtomicBool>,
    /// The next group takes so long.
    slow_ms: Arc<AtomicU64>,
    /// The next group is not confirmed.
    unconfirmed: Arc<AtomicBool>,
    /// Every group is refused, for this.
    refuses: Arc<Mutex<Option<StoreError>>>,
    /// How often it was to give room back.
    shrinks: Arc<AtomicUsize>,
    /// So many looks at its lease from now on find it held.
    lease_looks: Arc<AtomicUsize>,
    /// Another process owns it.
    gone: Arc<AtomicBool>,
    clock: Arc<TestClock>,
}

impl Failing {
    fn check(&self) -> Result<()> {
        let left = self.failures.load(Ordering::Relaxed);
        self.failures.store(left.saturating_sub(1), Ordering::Relaxed);
        if left == 0 { Ok(()) } else { Err(StoreError::Failed("the disk is away".into())) }
    }
}

impl Store for Failing {
    fn head(&self) -> Result<Head> {
        self.check()?;
        if self.gone.load(Ordering::Relaxed) {
            return Err(StoreError::Conflict);
        }
        self.store.head()
    }
    fn holds_lease(&self) -> bool {
        let left = self.lease_looks.load(Ordering::Relaxed);
        self.lease_looks.store(left.saturating_sub(1), Ordering::Relaxed);
        left > 0
    }
    fn is_taken_over(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }
    fn apply(&mut self, group: &Group) -> Result<()> {
        self.check()?;
        if let Some(why) = self.refuses.lock().expect("no test panics while it holds this").clone() {
            return Err(why);
        }
        self.clock.pass_ms(self.slow_ms.swap(0, Ordering::Relaxed));
        self.store.apply(group)?;
        match self.unconfirmed.swap(false, Ordering::Relaxed) {
            true => Err(StoreError::Unconfirmed("the disk does not answer".into())),
            false => Ok(()),
        }
    }
    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
        if self.unreadable.load(Ordering::Relaxed) {
            return Err(StoreError::Failed("the disk is away".into()));
        }
        self.store.state(kind, id)
    }
    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        self.store.row(table, id)
    }
    fn call(&self, key: &CallKey) -> Result<Option<CallRecord>> {
        self.store.call(key)
    }
    fn calls(&self, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
        self.store.calls(caller, from, to)
    }
    fn answer(&self, route: &str, key: &str) -> Result<Option<StoredAnswer>> {
        self.store.answer(route, key)
    }
    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        self.store.parked()
    }
    fn reader(&self) -> Arc<dyn Reader> {
        self.store.reader()
    }
    fn shrink(&mut self) {
        self.shrinks.fetch_add(1, Ordering::Relaxed);
    }
}

/// A driver that a test turns by hand.
pub struct Bench {
    pub driver: Driver,
    pub handle: Arc<ContextHandle>,
    pub clock: Arc<TestClock>,
    pub feed: Arc<TestFeed>,
    pub failures: Arc<AtomicUsize>,
    /// From the next durable group on, states can't be read.
    pub spoils: Arc<AtomicBool>,
    pub slow_ms: Arc<AtomicU64>,
    pub unconfirmed: Arc<AtomicBool>,
    pub refuses: Arc<Mutex<Option<StoreError>>>,
    pub shrinks: Arc<AtomicUsize>,
    pub lease_looks: Arc<AtomicUsize>,
    pub gone: Arc<AtomicBool>,
    responses: Arc<Mutex<Vec<String>>>,
}

impl Bench {
    /// Of orders.
    pub fn with(change: impl FnOnce(&mut Limits)) -> Bench {
        Bench::new("orders", change)
    }

    pub fn new(context: Name, change: impl FnOnce(&mut Limits)) -> Bench {
        let mut limits = Limits::default();
        change(&mut limits);
        let (clock, feed, failures) = (Arc::<TestClock>::default(), Arc::<TestFeed>::default(), Arc::default());
        let (spoils, unreadable) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        let system = shop();
        let tables = Table::all(system.get(context).expect("a context of the shop"));
        let store = Disk::new().open(&tables);
        let (slow_ms, unconfirmed) = (Arc::<AtomicU64>::default(), Arc::<AtomicBool>::default());
        let (refuses, shrinks) = (Arc::<Mutex<Option<StoreError>>>::default(), Arc::<AtomicUsize>::default());
        let (lease_looks, gone) = (Arc::new(AtomicUsize::new(usize::MAX)), Arc::<AtomicBool>::default());
        let store = Failing {
            store,
            failures: Arc::clone(&failures),
            unreadable: unreadable.clone(),
            slow_ms: slow_ms.clone(),
            unconfirmed: unconfirmed.clone(),
            refuses: refuses.clone(),
            shrinks: shrinks.clone(),
            lease_looks: lease_looks.clone(),
            gone: gone.clone(),
            clock: clock.clone(),
        };
        let mailbox = Mailbox::new(context, &limits, clock.clone(), Box::new(|| {}));
        let handle = Arc::new(ContextHandle::new(context, mailbox));
        let settings = Settings::defaults(system.settings);
        let injected = InjectedFault::None;
        let life = Life::random(1);
        let opening = ContextOpening { system, context, limits, settings, life, seed: 7, injected };
        let ports = Ports {
            store: Box::new(store),
            peers: Arc::new(Nobody),
            feed: feed.clone(),
            announcer: Arc::new(Spoiler { spoils: spoils.clone(), unreadable }),
            clock: clock.clone(),
            free_disk_mb: Arc::new(|| 1000),
        };
        let driver = Driver::open(opening, ports, handle.clone()).expect("a store in memory opens");
        let responses = Arc::default();
        Bench {
            driver,
            handle,
            clock,
            feed,
            failures,
            spoils,
            slow_ms,
            unconfirmed,
            refuses,
            shrinks,
            lease_looks,
            gone,
            responses,
        }
    }

    pub fn responds(&self) -> Respond {
        let responses = self.responses.clone();
        Box::new(move |response: Response| {
            let text = match response {
                Ok(_) => "done".to_string(),
                Err(runtime::error::Error::Refused(refusal)) => refusal.code.into_owned(),
                Err(runtime::error::Error::Unavailable { what, .. }) => format!("unavailable, {what}"),
                Err(runtime::error::Error::Unknown { .. }) => "unknown".into(),
            };
            responses.lock().expect("no test panics while it holds this").push(text);
        })
    }

    /// A read of an order that does not exist: answered with an empty note.
    pub fn request(&self) {
        self.handle.mailbox.request(read_note(1), self.responds());
    }

    /// Turns until the driver sleeps.
    pub fn run(&mut self) -> Turn {
        loop {
            match self.driver.run_once() {
                Turn::Again => {}
                turn => return turn,
            }
        }
    }

    pub fn responses(&self) -> Vec<String> {
        self.responses.lock().expect("no test panics while it holds this").clone()
    }

    pub fn pause(&self) -> (Arc<AtomicBool>, Arc<AtomicBool>) {
        let (reached, released) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        let tell = reached.clone();
        let reach = Box::new(move || tell.store(true, Ordering::Relaxed));
        assert!(self.handle.mailbox.pause(PauseRequest { reached: reach, released: released.clone() }));
        (reached, released)
    }

    /// The group that moves the marks fails; the driver has not opened its store again yet.
    pub fn fail_once(&mut self) {
        self.failures.store(1, Ordering::Relaxed);
        let fences =
            PeerMessage::VoidRange { caller: "till".into(), from: Id(1), to: Id(2), kept: IdRanges::default() };
        let _sent = self.handle.mailbox.message(Envelope::new("till", "orders", fences));
        let _released = self.pause();
        assert_eq!(self.driver.run_once(), Turn::Again);
        assert_eq!(self.handle.status().fault.as_deref(), Some("the disk is away"));
    }

    /// A source has something new.
    pub fn gives(&self, read: std::result::Result<Slice, SourceLate>) {
        self.feed.0.lock().expect("no test panics while it holds this").push_back(read);
        self.handle.mailbox.news();
    }

    /// How far a subscription has read, by what is durable.
    pub fn position(&self, subscription: &str) -> u64 {
        let head = self.driver.store().head().expect("the store works");
        head.positions.get(&subscription.parse().expect("a subscription")).copied().unwrap_or_default()
    }

    /// The context ends: its handle, and the responses that clients have.
    pub fn close(self) -> (Arc<ContextHandle>, Vec<String>) {
        self.driver.close();
        let responses = self.responses.lock().expect("no test panics while it holds this").clone();
        (self.handle, responses)
    }
}
