//! The driver around the machine: its mailbox, its holds, and a store that fails.
use crate::desk::{delete, keyed, read_note};
use crate::shop::shop;
use kernel::{CallKey, CallRecord, Group, Head, Id, Row, Settings, StoredAnswer, Timestamp};
use memory::{Disk, Memory};
use runtime::driver::{ContextHandle, Driver, Hold, Mailbox, Opening, Ports, Turn};
use runtime::limits::Limits;
use runtime::machine::InjectedFault;
use runtime::message::Message;
use runtime::port::clock::{Clock, Moment, Now};
use runtime::port::feed::{Announcer, DurableGroup, Feed, Slice, SourceLate};
use runtime::port::peers::{Envelope, NotSent, Peers};
use runtime::port::store::{ParkedEvent, Reader, Result, Store, StoreError, Table};
use runtime::port::work::Respond;
use runtime::request::Response;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A clock that a test moves.
#[derive(Default)]
struct TestClock(AtomicU64);

impl TestClock {
    fn pass_ms(&self, ms: u64) {
        self.0.fetch_add(ms * 1000, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Now {
        let us = self.0.load(Ordering::Relaxed);
        Now { wall: Timestamp(1_800_000_000_000_000 + us as i64), mono: Moment::from_us(us) }
    }
}

/// Nobody is there: no peer, no source, no subscriber.
struct Nobody;

impl Peers for Nobody {
    fn send(&self, _: Envelope) -> std::result::Result<(), NotSent> {
        Err(NotSent)
    }
}

impl Feed for Nobody {
    fn read(&self, _: &kernel::LinkKey, after: u64, _: usize) -> std::result::Result<Slice, SourceLate> {
        Ok(Slice { after, up_to: after, ..Slice::default() })
    }
}

impl Announcer for Nobody {
    fn announce(&self, _: DurableGroup) {}
}

/// A store that fails as often as it is told to.
struct Failing {
    store: Memory,
    failures: Arc<AtomicUsize>,
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
        self.store.head()
    }
    fn apply(&mut self, group: &Group) -> Result<()> {
        self.check()?;
        self.store.apply(group)
    }
    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
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
}

/// A driver of orders that a test turns by hand.
struct Bench {
    driver: Driver,
    handle: Arc<ContextHandle>,
    clock: Arc<TestClock>,
    failures: Arc<AtomicUsize>,
    responses: Arc<Mutex<Vec<String>>>,
}

impl Bench {
    fn with(change: impl FnOnce(&mut Limits)) -> Bench {
        let mut limits = Limits::default();
        change(&mut limits);
        let (system, clock, failures) = (shop(), Arc::<TestClock>::default(), Arc::<AtomicUsize>::default());
        let tables = Table::all(system.get("orders").expect("a context of the shop"));
        let store = Failing { store: Disk::new().open(&tables), failures: failures.clone() };
        let mailbox = Mailbox::new("orders", &limits, clock.clone(), Box::new(|| {}));
        let handle = Arc::new(ContextHandle::new("orders", mailbox));
        let settings = Settings::defaults(system.settings);
        let injected = InjectedFault::None;
        let opening = Opening { system, context: "orders", limits, settings, seed: 7, injected };
        let ports = Ports {
            store: Box::new(store),
            peers: Arc::new(Nobody),
            feed: Arc::new(Nobody),
            announcer: Arc::new(Nobody),
            clock: clock.clone(),
            free_disk_mb: Arc::new(|| 1000),
        };
        let driver = Driver::open(opening, ports, handle.clone()).expect("a store in memory opens");
        Bench { driver, handle, clock, failures, responses: Arc::default() }
    }

    fn responds(&self) -> Respond {
        let responses = self.responses.clone();
        Box::new(move |response: Response| {
            let text = match response {
                Ok(_) => "done".to_string(),
                Err(runtime::error::Error::Refused(refusal)) => refusal.code.into_owned(),
                Err(runtime::error::Error::Unavailable { what, .. }) => format!("unavailable, {what}"),
            };
            responses.lock().expect("no test panics while it holds this").push(text);
        })
    }

    /// A read of an order that does not exist: answered with an empty note.
    fn request(&self) {
        self.handle.mailbox.request(read_note(1), self.responds());
    }

    /// Turns until the driver sleeps.
    fn run(&mut self) -> Turn {
        loop {
            match self.driver.run_once() {
                Turn::Again => {}
                turn => return turn,
            }
        }
    }

    fn responses(&self) -> Vec<String> {
        self.responses.lock().expect("no test panics while it holds this").clone()
    }

    fn hold(&self) -> (Arc<AtomicBool>, Arc<AtomicBool>) {
        let (reached, released) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        let tell = reached.clone();
        let reach = Box::new(move || tell.store(true, Ordering::Relaxed));
        assert!(self.handle.mailbox.hold(Hold { reached: reach, released: released.clone() }));
        (reached, released)
    }

    /// The group that moves the marks fails; the driver has not opened its store again yet.
    fn fail_once(&mut self) {
        self.failures.store(1, Ordering::Relaxed);
        let voided = Message::RangeVoided { by: "till".into(), to: Id(1) };
        let _sent = self.handle.mailbox.message(Envelope::new("till", "orders", voided));
        let _released = self.hold();
        assert_eq!(self.driver.run_once(), Turn::Again);
        assert_eq!(self.handle.status().fault.as_deref(), Some("the disk is away"));
    }
}

fn message() -> Envelope {
    Envelope::new("till", "orders", Message::RangeVoided { by: "till".into(), to: Id(1) })
}

#[test]
fn a_full_mailbox_turns_the_next_request_away_until_there_is_room() {
    let mut bench = Bench::with(|limits| limits.queue_max = 1);
    bench.request();
    bench.request();
    assert_eq!(bench.responses(), ["unavailable, orders"]);
    bench.run();
    bench.request();
    bench.run();
    assert_eq!(bench.responses(), ["unavailable, orders", "done", "done"]);
}

#[test]
fn messages_have_room_of_their_own_and_a_full_mailbox_says_that_they_were_not_sent() {
    let mut bench = Bench::with(|limits| (limits.queue_max, limits.messages_max) = (1, 1));
    bench.request();
    assert_eq!(bench.handle.mailbox.message(message()), Ok(()));
    assert_eq!(bench.handle.mailbox.message(message()), Err(NotSent));
    bench.run();
    assert_eq!(bench.handle.mailbox.message(message()), Ok(()));
}

#[test]
fn a_message_in_a_protocol_that_this_release_does_not_speak_is_not_taken() {
    let bench = Bench::with(|_| {});
    let newer = Envelope { protocol: 99, ..message() };
    assert_eq!(bench.handle.mailbox.message(newer), Err(NotSent));
}

#[test]
fn a_driver_that_holds_does_nothing_until_it_is_released() {
    let mut bench = Bench::with(|_| {});
    let (reached, released) = bench.hold();
    bench.request();
    assert_eq!(bench.run(), Turn::Sleep(Moment::default().plus_ms(20_000)));
    assert!(reached.load(Ordering::Relaxed));
    assert!(bench.responses().is_empty());
    released.store(true, Ordering::Relaxed);
    bench.run();
    assert_eq!(bench.responses(), ["done"]);
}

#[test]
fn a_hold_that_nobody_releases_ends_by_itself() {
    let mut bench = Bench::with(|_| {});
    let _released_never = bench.hold();
    bench.request();
    bench.run();
    bench.clock.pass_ms(20_000);
    bench.run();
    assert_eq!(bench.responses(), ["done"]);
}

#[test]
fn a_hold_that_was_released_before_it_was_reached_holds_nobody() {
    let mut bench = Bench::with(|_| {});
    let (_, released) = bench.hold();
    released.store(true, Ordering::Relaxed);
    bench.request();
    bench.run();
    assert_eq!(bench.responses(), ["done"]);
}

#[test]
fn whoever_waited_for_a_group_that_failed_is_turned_away() {
    let mut bench = Bench::with(|_| {});
    bench.run();
    bench.handle.mailbox.request(keyed(delete(1), "k", 7), bench.responds());
    bench.failures.store(1, Ordering::Relaxed);
    bench.run();
    assert_eq!(bench.responses(), ["unavailable, orders"]);
    bench.handle.mailbox.request(keyed(delete(1), "k", 7), bench.responds());
    bench.run();
    assert_eq!(bench.responses(), ["unavailable, orders", "done"]);
}

#[test]
fn what_waits_in_the_mailbox_is_served_when_the_store_works_again_at_once() {
    let mut bench = Bench::with(|_| {});
    bench.fail_once();
    bench.request();
    bench.run();
    assert_eq!(bench.responses(), ["done"]);
}

#[test]
fn while_the_store_goes_on_failing_everyone_is_turned_away() {
    let mut bench = Bench::with(|_| {});
    bench.fail_once();
    bench.failures.store(1, Ordering::Relaxed);
    bench.run();
    bench.request();
    bench.run();
    assert_eq!(bench.responses(), ["unavailable, orders"]);
    bench.clock.pass_ms(500);
    bench.run();
    bench.request();
    bench.run();
    assert_eq!(bench.responses(), ["unavailable, orders", "done"]);
}

#[test]
fn a_driver_that_stops_turns_away_whoever_waits_and_its_mailbox_closes() {
    let mut bench = Bench::with(|_| {});
    bench.request();
    bench.handle.mailbox.stop();
    bench.request();
    assert_eq!(bench.run(), Turn::Stop);
    bench.driver.close();
    let responses = bench.responses.lock().expect("no test panics while it holds this").clone();
    assert_eq!(responses, ["unavailable, orders", "unavailable, orders"]);
    assert!(!bench.handle.is_running());
}
