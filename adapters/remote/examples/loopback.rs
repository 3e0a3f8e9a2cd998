//! What a message and its reply cost between two processes, and a log that is read: `cargo run --release -p nadul-remote --example loopback`.
#![allow(clippy::print_stdout)] // an example that people run by hand
use kernel::{CallKey, Consumer, Head, Id, Name, Recorded, SubscriptionKey};
use remote::{
    FeedOpening, Guard, Inside, KeyPaths, Keys, PeersOpening, ProcessClient, RemoteFeed, RemotePeers, Signer, Taken,
    make_key_pair, router, serve,
};
use runtime::message::PeerMessage;
use runtime::port::directory::Directory;
use runtime::port::feed::{Feed, Slice, SourceLate};
use runtime::port::peers::{Envelope, Peers};
use runtime::port::replica::Ownership;
use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use testkit::conformance::Sample;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What was measured, or why nothing could be.
type Measured<T> = Result<T, Box<dyn Error>>;

/// Answers an undo with its acknowledgement, and tells of an acknowledgement that comes.
struct Context {
    peers: OnceLock<RemotePeers>,
    came: Mutex<Sender<u64>>,
    taken: AtomicUsize,
    log: Vec<Arc<Recorded>>,
    news: watch::Sender<u64>,
}

impl Inside for Context {
    fn take(&self, envelope: Envelope) -> Taken {
        self.taken.fetch_add(1, Ordering::Relaxed);
        match envelope.message {
            PeerMessage::Undo { key, .. } => {
                let reply = Envelope::new(envelope.to, envelope.from, PeerMessage::Undone { key });
                // a lost reply is missed by whoever counts them
                let _sent = self.peers.get().map(|peers| peers.send(reply));
            }
            PeerMessage::Undone { key } => {
                let _heard = self.came.lock().unwrap_or_else(PoisonError::into_inner).send(key.ticket.0);
            }
            _ => {}
        }
        Taken::Taken
    }

    fn log(&self, _context: &str, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        let rest = &self.log[(after as usize).min(self.log.len())..];
        let events = rest[..at_most.min(rest.len())].to_vec();
        let up_to = events.last().map_or(after, |event| event.position);
        Ok(Slice { after, events, up_to, more: up_to < self.log.len() as u64 })
    }

    fn news(&self, _context: &str) -> Option<watch::Receiver<u64>> {
        Some(self.news.subscribe())
    }

    fn head(&self, _context: &str) -> Option<Head> {
        Some(Head { position: self.log.len() as u64, ..Head::default() })
    }

    fn ownership(&self, _context: &str) -> Option<Ownership> {
        None
    }

    fn yours(&self, _context: &str) {}
}

#[derive(Default)]
struct Addresses(Mutex<Vec<(Name, String)>>);

impl Addresses {
    fn all(&self) -> MutexGuard<'_, Vec<(Name, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Directory for Addresses {
    fn owner(&self, context: &str) -> Option<String> {
        self.all().iter().find(|(name, _)| *name == context).map(|(_, url)| url.clone())
    }

    fn readers(&self, _context: &str) -> Vec<String> {
        vec![]
    }

    fn doubt(&self, _context: &str, _url: &str) {}
}

/// One context in a process, with a port and messages of its own.
struct Process {
    context: Arc<Context>,
    came: Receiver<u64>,
    client: ProcessClient,
}

impl Process {
    fn peers(&self) -> Measured<&RemotePeers> {
        Ok(self.context.peers.get().ok_or("this process has no way to the other one")?)
    }
}

struct Two {
    runtime: Runtime,
    keys: Arc<Keys>,
    addresses: Arc<Addresses>,
}

impl Two {
    fn process(&self, name: Name, other: Name, log: Vec<Arc<Recorded>>) -> Measured<Process> {
        let (sender, came) = channel();
        let (peers, taken, news) = (OnceLock::new(), AtomicUsize::new(0), watch::Sender::new(0));
        let context = Arc::new(Context { peers, came: Mutex::new(sender), taken, log, news });
        let client =
            ProcessClient::new(self.runtime.handle().clone(), Arc::new(Signer::new(self.keys.clone(), "demo", name)));
        let (directory, receivers) = (self.addresses.clone(), vec![other]);
        let opening = PeersOpening { client: client.clone(), directory, receivers, waiting_max: 8_192 };
        let _set_once = context.peers.set(RemotePeers::open(opening));
        let listener = self.runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        self.addresses.all().push((name, format!("http://{}", listener.local_addr()?)));
        let router = router(context.clone(), Arc::new(Guard::new(self.keys.clone(), "demo", &[name])));
        self.runtime.spawn(serve(listener, router, CancellationToken::new()));
        Ok(Process { context, came, client })
    }
}

fn undo(ticket: u64) -> Envelope {
    let key = CallKey { caller: "catch".into(), ticket: Id(ticket), step: 0 };
    Envelope::new("catch", "payment", PeerMessage::Undo { key, settled: Id(1) })
}

/// Round trips with so many under way at once.
fn round_trips(catch: &Process, count: u64, at_once: u64) -> Measured<()> {
    let (mut begun, mut took) = (vec![Instant::now(); count as usize], vec![]);
    let (mut sent, all) = (0, Instant::now());
    let peers = catch.peers()?;
    while took.len() < count as usize {
        while sent < count && sent - (took.len() as u64) < at_once {
            begun[sent as usize] = Instant::now();
            peers.send(undo(sent)).map_err(|_| "the line to payment is full")?;
            sent += 1;
        }
        let ticket = catch.came.recv_timeout(Duration::from_secs(5))?;
        took.push(begun[ticket as usize].elapsed());
    }
    let rate = count as f64 / all.elapsed().as_secs_f64();
    took.sort();
    let at = |share: f64| took[(took.len() as f64 * share) as usize];
    println!("{at_once:>4} at once: {rate:>7.0} round trips/s, p50 {:?}, p99 {:?}", at(0.5), at(0.99));
    Ok(())
}

fn messages_one_way(catch: &Process, payment: &Process, count: usize) -> Measured<()> {
    let (peers, before) = (catch.peers()?, payment.context.taken.load(Ordering::Relaxed));
    let begun = Instant::now();
    for ticket in 0..count {
        let key = CallKey { caller: "catch".into(), ticket: Id(ticket as u64), step: 0 };
        let message = || Envelope::new("catch", "payment", PeerMessage::Undone { key: key.clone() });
        while peers.send(message()).is_err() {
            std::thread::sleep(Duration::from_micros(100)); // the line is full
        }
    }
    while payment.context.taken.load(Ordering::Relaxed) < before + count {
        std::thread::sleep(Duration::from_micros(100));
    }
    println!("one way: {:.0} messages/s", count as f64 / begun.elapsed().as_secs_f64());
    Ok(())
}

fn log(two: &Two, catch: &Process, events: u64) {
    let (ring, news) = channel();
    let feed = RemoteFeed::open(FeedOpening {
        client: catch.client.clone(),
        directory: two.addresses.clone(),
        sources: vec!["payment"],
        rests_after: None,
        news: Arc::new(move || ring.send(()).unwrap_or_default()),
        check: Arc::new(|_, _| Ok(())),
        heard: Arc::new(|_, _| {}),
    });
    let subscription = SubscriptionKey { consumer: Consumer::Policies, source: "payment".into() };
    let (mut after, begun) = (0, Instant::now());
    while after < events {
        match feed.read(&subscription, after, 256) {
            Ok(slice) if slice.up_to > after => after = slice.up_to,
            _ => drop(news.recv_timeout(Duration::from_secs(5))),
        }
    }
    println!("log: {:.0} events/s", events as f64 / begun.elapsed().as_secs_f64());
}

fn main() -> Measured<()> {
    let folder = tempfile::tempdir()?;
    // a key of this name speaks for every context
    let paths = KeyPaths { private_key: folder.path().join("nadul.pem"), public_keys: folder.path().join("public") };
    make_key_pair(&paths)?;
    let keys = Arc::new(Keys::read(&paths)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let two = Two { runtime, keys, addresses: Arc::default() };
    let (mut sample, body) = (Sample::default(), format!("{{\"note\":\"{}\"}}", "x".repeat(150)));
    let events = 200_000;
    let written = (0..events).map(|key| sample.event(key, &body)).collect();
    let catch = two.process("catch", "payment", vec![])?;
    let payment = two.process("payment", "catch", written)?;
    round_trips(&catch, 3_000, 1)?;
    round_trips(&catch, 20_000, 16)?;
    round_trips(&catch, 50_000, 256)?;
    messages_one_way(&catch, &payment, 200_000)?;
    log(&two, &catch, events);
    Ok(())
}
