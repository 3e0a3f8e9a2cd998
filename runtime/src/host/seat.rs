//! A context's place in its host: the bounded queue to it, and what others may see of it.
use super::ReplyTo;
use super::tail::Tail;
use crate::message::{Ask, Failure, Message};
use crate::store::Reader;
use crate::upstream::UpstreamPulse;
use kernel::{Head, Id, Name};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender};
use std::sync::{Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;

pub enum Inbox {
    Ask(Ask, ReplyTo),
    From(Name, Message),
    Resume {
        key: Id,
        skip: Option<String>,
        tell: SyncSender<Result<usize, String>>,
    },
    /// Say so when the group is durable, then do nothing until released.
    Hold {
        held: SyncSender<()>,
        release: Receiver<()>,
    },
    Wake,
    Stop,
}

/// What an operator sees of a context: its newest durable head, and gauges.
#[derive(Clone, Debug, Default)]
pub struct Pulse {
    pub head: Head,
    pub queue: usize,
    pub sagas: usize,
    pub undoing: usize,
    pub holds: u64,
    /// Contexts that have still to acknowledge what a crash left in doubt.
    pub in_doubt: usize,
    pub parked_events: usize,
    pub parked_keys: usize,
    pub stopped_consumer: Option<String>,
    /// Why the context can't work at the moment: its store's words.
    pub fault: Option<String>,
    pub commits: u64,
    pub groups: u64,
    pub inputs: u64,
    /// Commits in the newest group.
    pub group_last: u64,
    pub flush_us_total: u64,
    pub upstreams: Vec<UpstreamPulse>,
}

pub struct Seat {
    pub name: Name,
    pub tail: Tail,
    inbox: Mutex<Option<Sender<Inbox>>>,
    taking: AtomicBool,
    asks: AtomicUsize,
    messages: AtomicUsize,
    woken: AtomicBool,
    idle: AtomicBool,
    reader: RwLock<Option<std::sync::Arc<dyn Reader>>>,
    pulse: Mutex<Pulse>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// Messages of other contexts that may wait, for each request that may: each asks a few questions and undoes them.
const MESSAGES_PER_ASK: usize = 8;

pub fn turned_away(what: Name) -> Failure {
    Failure::Unavailable { what, retry_after_ms: 1000 }
}

fn open<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Seat {
    pub fn new(name: Name, tail_events: usize) -> Seat {
        Seat {
            name,
            tail: Tail::new(tail_events),
            inbox: Mutex::new(None),
            taking: AtomicBool::new(false),
            asks: AtomicUsize::new(0),
            messages: AtomicUsize::new(0),
            woken: AtomicBool::new(false),
            idle: AtomicBool::new(true),
            reader: RwLock::new(None),
            pulse: Mutex::new(Pulse::default()),
            thread: Mutex::new(None),
        }
    }

    pub fn opened(&self, inbox: Sender<Inbox>, reader: std::sync::Arc<dyn Reader>, head: Head) {
        self.tail.start_at(head.position);
        open(&self.pulse).head = head;
        *self.reader.write().unwrap_or_else(PoisonError::into_inner) = Some(reader);
        *open(&self.inbox) = Some(inbox);
        self.asks.store(0, Ordering::Relaxed);
        self.messages.store(0, Ordering::Relaxed);
        self.woken.store(false, Ordering::Relaxed);
        self.taking.store(true, Ordering::Relaxed);
    }

    pub fn runs_on(&self, thread: JoinHandle<()>) {
        *open(&self.thread) = Some(thread);
    }

    pub fn running(&self) -> bool {
        open(&self.inbox).is_some()
    }

    pub fn reader(&self) -> Option<std::sync::Arc<dyn Reader>> {
        self.reader.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn version(&self, collection: &str) -> Option<u32> {
        open(&self.pulse).head.versions.get(collection).copied()
    }

    pub fn pulse(&self) -> Pulse {
        let mut pulse = open(&self.pulse).clone();
        pulse.queue = self.asks.load(Ordering::Relaxed) + self.messages.load(Ordering::Relaxed);
        pulse
    }

    pub fn update(&self, change: impl FnOnce(&mut Pulse)) {
        change(&mut open(&self.pulse));
    }

    pub fn set_idle(&self, idle: bool) {
        self.idle.store(idle, Ordering::Release);
    }

    /// Nothing waits for it and nothing is under way in it.
    pub fn idle(&self) -> bool {
        self.idle.load(Ordering::Acquire)
            && self.asks.load(Ordering::Relaxed) == 0
            && self.messages.load(Ordering::Relaxed) == 0
    }

    pub fn ask(&self, ask: Ask, reply: ReplyTo, queue_max: usize) {
        let inbox = open(&self.inbox).clone();
        let room = self.asks.fetch_add(1, Ordering::Relaxed) < queue_max;
        let taking = self.taking.load(Ordering::Relaxed);
        let refused = match inbox.filter(|_| room && taking) {
            Some(inbox) => inbox.send(Inbox::Ask(ask, reply)).err().map(|lost| lost.0),
            None => Some(Inbox::Ask(ask, reply)),
        };
        if let Some(Inbox::Ask(_, reply)) = refused {
            self.asks.fetch_sub(1, Ordering::Relaxed);
            reply(Err(turned_away(self.name)));
        }
    }

    /// Whether it could be queued.
    pub fn tell(&self, from: Name, message: Message, queue_max: usize) -> bool {
        if self.messages.fetch_add(1, Ordering::Relaxed) < queue_max * MESSAGES_PER_ASK
            && self.post(Inbox::From(from, message))
        {
            return true;
        }
        self.messages.fetch_sub(1, Ordering::Relaxed);
        false
    }

    pub fn took_ask(&self) {
        self.asks.fetch_sub(1, Ordering::Relaxed);
    }

    pub fn took_message(&self) {
        self.messages.fetch_sub(1, Ordering::Relaxed);
    }

    /// There may be events to read. One note in the queue is enough.
    pub fn wake(&self) {
        if !self.woken.swap(true, Ordering::AcqRel) {
            self.post(Inbox::Wake);
        }
    }

    pub fn awake(&self) {
        self.woken.store(false, Ordering::Release);
    }

    pub fn post(&self, inbox: Inbox) -> bool {
        open(&self.inbox).as_ref().is_some_and(|sender| sender.send(inbox).is_ok())
    }

    pub fn stop_taking(&self) {
        self.taking.store(false, Ordering::Relaxed);
    }

    /// Ends its thread and waits for it; what is under way is left to recovery.
    pub fn stop(&self) {
        self.stop_taking();
        self.post(Inbox::Stop);
        let thread = open(&self.thread).take();
        if let Some(thread) = thread.filter(|thread| thread.thread().id() != std::thread::current().id())
            && thread.join().is_err()
        {
            tracing::error!(context = self.name, "the context's thread broke");
        }
        self.closed();
    }

    pub fn closed(&self) {
        *open(&self.inbox) = None;
        *self.reader.write().unwrap_or_else(PoisonError::into_inner) = None;
        self.set_idle(true);
    }
}
