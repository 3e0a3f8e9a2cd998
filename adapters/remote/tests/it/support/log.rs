//! A process with the log of one source, which a test writes.
use kernel::{Head, Life, Recorded};
use remote::{Inside, Taken};
use runtime::port::feed::{Slice, SourceLate};
use runtime::port::peers::Envelope;
use runtime::port::replica::{Ownership, Replica};
use runtime::port::work::Status;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::sync::watch;

pub struct SourceLog {
    log: Mutex<Vec<Arc<Recorded>>>,
    life: Mutex<Life>,
    news: watch::Sender<u64>,
    /// Readers see private events too.
    pub shows_private: bool,
    /// Its store can't be read.
    pub is_late: AtomicBool,
    /// How often its log was read, and how many events went out.
    pub reads: AtomicUsize,
    pub events_read: AtomicUsize,
    pub given_to_this: Mutex<Vec<String>>,
}

impl SourceLog {
    pub fn new(events: Vec<Arc<Recorded>>) -> SourceLog {
        SourceLog {
            log: Mutex::new(events),
            life: Mutex::new(Life::random(1)),
            news: watch::Sender::new(0),
            shows_private: false,
            is_late: AtomicBool::new(false),
            reads: AtomicUsize::new(0),
            events_read: AtomicUsize::new(0),
            given_to_this: Mutex::default(),
        }
    }

    pub fn publish(&self, events: Vec<Arc<Recorded>>) {
        self.log.lock().expect("sound").extend(events);
        self.news.send_modify(|groups| *groups += 1);
    }

    /// Its store is another one now.
    pub fn replace(&self, life: Life, events: Vec<Arc<Recorded>>) {
        *self.log.lock().expect("sound") = events;
        *self.life.lock().expect("sound") = life;
        self.news.send_modify(|groups| *groups += 1);
    }
}

impl Inside for SourceLog {
    fn take(&self, _envelope: Envelope) -> Taken {
        Taken::NotOwner
    }

    fn log(&self, _context: &str, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        if self.is_late.load(Ordering::Relaxed) {
            return Err(SourceLate("its store is away".into()));
        }
        self.reads.fetch_add(1, Ordering::Relaxed);
        let log = self.log.lock().expect("sound");
        let mut events: Vec<_> = log.iter().filter(|event| event.position > after).take(at_most).cloned().collect();
        let up_to = events.last().map_or(after, |event| event.position);
        let more = log.last().is_some_and(|last| last.position > up_to);
        events.retain(|event| self.shows_private || event.published);
        self.events_read.fetch_add(events.len(), Ordering::Relaxed);
        Ok(Slice { after, events, up_to, more })
    }

    fn news(&self, context: &str) -> Option<watch::Receiver<u64>> {
        (context == "source").then(|| self.news.subscribe())
    }

    fn head(&self, context: &str) -> Option<Head> {
        let position = self.log.lock().expect("sound").last().map_or(0, |last| last.position);
        let life = *self.life.lock().expect("sound");
        (context == "source").then(|| Head { life, group: position, position, ..Head::default() })
    }

    fn status(&self, context: &str) -> Option<Status> {
        (context == "source").then(|| Status { queue: 2, ..Status::default() })
    }

    fn ownership(&self, context: &str) -> Option<Ownership> {
        let owner = Replica { id: "one".into(), ..Replica::default() };
        (context == "source").then(|| Ownership { epoch: 3, owner: Some(owner), ..Ownership::default() })
    }

    fn yours(&self, context: &str) {
        self.given_to_this.lock().expect("sound").push(context.into());
    }
}
