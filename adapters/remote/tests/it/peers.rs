//! Messages between contexts of two processes: the suite, and what only processes can do.
use crate::support::{Known, Mailboxes, Process, client, runtime, wait_until};
use kernel::{CallKey, Id, Name};
use remote::{PeersOpening, ProcessClient, RemotePeers};
use runtime::driver::{ContextHandle, Mailbox};
use runtime::limits::Limits;
use runtime::message::{CallRequest, PeerMessage};
use runtime::port::clock::{Clock, Now};
use runtime::port::directory::Directory;
use runtime::port::peers::{Envelope, NotSent, Peers};
use std::sync::Arc;
use std::time::{Duration, Instant};
use testkit::conformance::peers::Joined;

/// A process for each context.
struct OneEach(Vec<(Name, Process)>);

impl Directory for OneEach {
    fn owner(&self, context: &str) -> Option<String> {
        self.0.iter().find(|(name, _)| *name == context).map(|(_, process)| process.url.clone())
    }

    fn readers(&self, _context: &str) -> Vec<String> {
        vec![]
    }

    fn doubt(&self, _context: &str, _url: &str) {}
}

fn over_tcp(handles: Vec<Arc<ContextHandle>>) -> Joined {
    let runtime = runtime();
    let start = |handle: &Arc<ContextHandle>| {
        (handle.name, Process::start(&runtime, Arc::new(Mailboxes(vec![handle.clone()])), &[handle.name]))
    };
    let processes = OneEach(handles.iter().map(start).collect());
    let receivers = handles.iter().map(|handle| handle.name).collect();
    let (client, directory) = (client(&runtime, "catch"), Arc::new(processes));
    let peers = Arc::new(RemotePeers::open(PeersOpening { client, directory, receivers, waiting_max: 100 }));
    let sending = peers.clone();
    let arrive = move || {
        let _the_servers_run_on_it = &runtime;
        wait_until("every message has arrived, or was given up", || sending.waiting() == 0);
    };
    Joined { peers, arrive: Box::new(arrive) }
}

testkit::peers_conformance!(waiting over_tcp);

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Now {
        Now::default()
    }
}

pub fn context(name: Name) -> Arc<ContextHandle> {
    let mailbox = Mailbox::new(name, &Limits::default(), Arc::new(Noon), Box::new(|| {}));
    mailbox.open();
    Arc::new(ContextHandle::new(name, mailbox))
}

pub fn undo(ticket: u64) -> Envelope {
    let key = CallKey { caller: "catch".into(), ticket: Id(ticket), step: 0 };
    Envelope::new("catch", "payment", PeerMessage::Undo { key, settled: Id(1) })
}

pub fn call(ticket: u64, time_left_ms: u64) -> Envelope {
    let key = CallKey { caller: "catch".into(), ticket: Id(ticket), step: 0 };
    let (call, body, meta) = ("hold the money".into(), "{}".into(), Default::default());
    let call = CallRequest { key, call, body, time_left_ms, settled: Id(1), meta };
    Envelope::new("catch", "payment", PeerMessage::Call(call))
}

pub fn peers(client: ProcessClient, directory: Arc<Known>) -> RemotePeers {
    RemotePeers::open(PeersOpening { client, directory, receivers: vec!["payment"], waiting_max: 10_000 })
}

#[test]
fn given_a_process_that_owns_nothing_any_more_when_the_owner_is_elsewhere_then_the_message_is_delivered_there_once() {
    let (runtime, payment) = (runtime(), context("payment"));
    let old = Process::start(&runtime, Arc::new(Mailboxes(vec![])), &["payment"]);
    let new = Process::start(&runtime, Arc::new(Mailboxes(vec![payment.clone()])), &["payment"]);
    let known = Arc::new(Known::new(&old.url));
    let peers = peers(client(&runtime, "catch"), known.clone());
    assert_eq!(peers.send(call(1, 4_000)), Ok(()));
    wait_until("the old owner is doubted", || known.doubts.lock().expect("sound").contains(&old.url));
    assert!(payment.mailbox.is_empty());
    known.set_owner(Some(&new.url));
    wait_until("the message has arrived", || peers.waiting() == 0);
    assert_eq!(payment.mailbox.len(), 1);
}

#[test]
fn given_nobody_at_the_owners_address_when_it_starts_within_the_deadline_then_the_message_is_delivered() {
    let (runtime, payment) = (runtime(), context("payment"));
    let gone = Process::start(&runtime, Arc::new(Mailboxes(vec![])), &["payment"]);
    let (address, known) = (gone.address, Arc::new(Known::new(&gone.url)));
    gone.stop(&runtime);
    let peers = peers(client(&runtime, "catch"), known.clone());
    assert_eq!(peers.send(undo(1)), Ok(()));
    wait_until("it was tried", || !known.doubts.lock().expect("sound").is_empty());
    let _again = Process::start_at(&runtime, Arc::new(Mailboxes(vec![payment.clone()])), &["payment"], address);
    wait_until("the message has arrived", || peers.waiting() == 0);
    assert_eq!(payment.mailbox.len(), 1);
}

#[test]
fn given_no_owner_when_a_calls_time_is_over_then_it_is_given_up_and_an_undo_still_waits() {
    let (runtime, payment) = (runtime(), context("payment"));
    let known = Arc::new(Known::default());
    let peers = peers(client(&runtime, "catch"), known.clone());
    let begun = Instant::now();
    assert_eq!(peers.send(call(1, 200)), Ok(()));
    assert_eq!(peers.send(undo(2)), Ok(()));
    wait_until("the call is given up", || peers.waiting() == 1);
    assert!(begun.elapsed() >= Duration::from_millis(200));
    let owner = Process::start(&runtime, Arc::new(Mailboxes(vec![payment.clone()])), &["payment"]);
    known.set_owner(Some(&owner.url));
    wait_until("the undo has arrived", || peers.waiting() == 0);
    assert_eq!(payment.mailbox.len(), 1);
}

#[test]
fn given_a_line_that_is_full_then_a_message_is_not_sent() {
    let runtime = runtime();
    let directory = Arc::new(Known::default());
    let (client, receivers) = (client(&runtime, "catch"), vec!["payment"]);
    let peers = RemotePeers::open(PeersOpening { client, directory, receivers, waiting_max: 2 });
    assert_eq!([undo(1), undo(2), undo(3)].map(|message| peers.send(message)), [Ok(()), Ok(()), Err(NotSent)]);
    assert_eq!(peers.waiting(), 2);
}

#[test]
fn given_a_message_that_is_larger_than_any_request_then_it_is_not_sent() {
    let runtime = runtime();
    let peers = peers(client(&runtime, "catch"), Arc::new(Known::default()));
    let mut large = call(1, 600);
    if let PeerMessage::Call(call) = &mut large.message {
        call.body = "x".repeat(2 << 20).into();
    }
    assert_eq!(peers.send(large), Err(NotSent));
}

#[test]
fn given_many_messages_then_each_arrives_once() {
    let (runtime, payment) = (runtime(), context("payment"));
    let owner = Process::start(&runtime, Arc::new(Mailboxes(vec![payment.clone()])), &["payment"]);
    let peers = peers(client(&runtime, "catch"), Arc::new(Known::new(&owner.url)));
    assert!((0..5_000).all(|ticket| peers.send(undo(ticket)).is_ok()));
    wait_until("all have arrived", || peers.waiting() == 0);
    assert_eq!(payment.mailbox.len(), 5_000);
}

#[test]
fn given_a_call_that_waited_for_its_owner_then_the_callee_learns_how_much_time_is_left() {
    let runtime = runtime();
    let known = Arc::new(Known::default());
    let peers = peers(client(&runtime, "catch"), known.clone());
    let begun = Instant::now();
    assert_eq!(peers.send(call(1, 3_000)), Ok(()));
    assert_eq!(peers.send(call(2, 100)), Ok(()));
    wait_until("the shorter call is given up", || peers.waiting() == 1);
    let taker = Arc::new(crate::broken::Counting::default());
    let owner = Process::start(&runtime, taker.clone(), &["payment"]);
    known.set_owner(Some(&owner.url));
    wait_until("the call has arrived", || peers.waiting() == 0);
    let waited_ms = begun.elapsed().as_millis() as u64;
    let left_ms = taker.only_call().time_left_ms;
    assert!(left_ms <= 2_900 && left_ms + waited_ms + 1 >= 3_000, "{left_ms} left after {waited_ms}");
}
