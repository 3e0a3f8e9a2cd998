//! Messages that are sent later, by a thread of its own that lives while there may be some.
use runtime::port::peers::{Envelope, Peers};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub struct Delays {
    peers: Arc<dyn Peers>,
    sender: Mutex<Option<Sender<Delayed>>>,
}

struct Delayed {
    at: Instant,
    envelope: Envelope,
}

impl PartialEq for Delayed {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}
impl Eq for Delayed {}
impl PartialOrd for Delayed {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Delayed {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

impl Delays {
    pub fn new(peers: Arc<dyn Peers>) -> Delays {
        Delays { peers, sender: Mutex::default() }
    }

    pub fn send_later(&self, envelope: Envelope, after_ms: u64) {
        let delayed = Delayed { at: Instant::now() + Duration::from_millis(after_ms), envelope };
        let mut sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner);
        let _lost_with_its_thread = sender.get_or_insert_with(|| start(self.peers.clone())).send(delayed);
    }
}

fn start(peers: Arc<dyn Peers>) -> Sender<Delayed> {
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::Builder::new().name("sandbox".into()).spawn(move || run(&*peers, &receiver));
    if let Err(error) = thread {
        tracing::error!(%error, "no thread for delayed messages: they are lost");
    }
    sender
}

fn run(peers: &dyn Peers, receiver: &Receiver<Delayed>) {
    let mut waiting: BinaryHeap<Reverse<Delayed>> = BinaryHeap::new();
    loop {
        let pause = waiting.peek().map(|Reverse(next)| next.at.saturating_duration_since(Instant::now()));
        match pause.map_or_else(|| receiver.recv().map_err(RecvTimeoutError::from), |p| receiver.recv_timeout(p)) {
            Ok(delayed) => waiting.push(Reverse(delayed)),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        while waiting.peek().is_some_and(|Reverse(next)| next.at <= Instant::now()) {
            if let Some(Reverse(delayed)) = waiting.pop() {
                let _lost = peers.send(delayed.envelope);
            }
        }
    }
}
