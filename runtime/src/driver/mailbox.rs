//! A context's mailbox: what waits for its driver, bounded, with a bell that wakes the driver up.
use crate::error::{Error, UnavailableReason};
use crate::limits::Limits;
use crate::port::clock::{Clock, Moment};
use crate::port::peers::{Envelope, NotSent, PROTOCOL};
use crate::port::work::Respond;
use crate::request::ClientRequest;
use kernel::{Id, Name};
use std::collections::VecDeque;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Wakes the driver up. It is rung from any thread and must not block.
pub type Bell = Box<dyn Fn() + Send + Sync>;
/// Gets the result of a resumption, from the context's own thread.
pub type RespondResumed = Box<dyn FnOnce(Result<usize, String>) + Send>;

pub enum Incoming {
    Request { request: Box<ClientRequest>, respond: Respond },
    Message(Box<Envelope>),
    Resume { key: Id, skip: Option<String>, respond: RespondResumed },
    Pause(PauseRequest),
}

/// The driver makes its group durable, says so, and then stands still until it is released.
pub struct PauseRequest {
    pub reached: Box<dyn FnOnce() + Send>,
    pub released: Arc<AtomicBool>,
}

/// Something that came, and when.
pub(super) struct Arrival {
    pub incoming: Incoming,
    pub at: Moment,
}

/// What the driver takes at once.
#[derive(Default)]
pub(super) struct Batch {
    pub arrivals: VecDeque<Arrival>,
    /// A source may have new events.
    pub news: bool,
    pub stop: bool,
    /// More waits than was taken.
    pub more: bool,
}

#[derive(Default)]
struct Queue {
    arrivals: VecDeque<Arrival>,
    requests: usize,
    messages: usize,
    news: bool,
    stop: bool,
    /// A driver empties it.
    open: bool,
    /// New requests are let in.
    taking: bool,
    /// Messages of other contexts are let in.
    hearing: bool,
}

pub struct Mailbox {
    name: Name,
    requests_max: usize,
    messages_max: usize,
    retry_after_ms: u64,
    clock: Arc<dyn Clock>,
    bell: Bell,
    queue: Mutex<Queue>,
}

impl Mailbox {
    pub fn new(name: Name, limits: &Limits, clock: Arc<dyn Clock>, bell: Bell) -> Mailbox {
        let Limits { queue_max: requests_max, messages_max, retry_after_ms, .. } = *limits;
        Mailbox { name, requests_max, messages_max, retry_after_ms, clock, bell, queue: Mutex::default() }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A driver begins to empty it.
    pub fn open(&self) {
        *self.queue() = Queue { open: true, taking: true, hearing: true, ..Queue::default() };
    }

    /// No driver empties it any more; whoever waited is turned away.
    pub fn close(&self) {
        let left = std::mem::take(&mut *self.queue());
        left.arrivals.into_iter().for_each(|arrival| self.turn_away(arrival.incoming, UnavailableReason::ContextDown));
    }

    pub fn is_open(&self) -> bool {
        self.queue().open
    }

    /// What waits in it.
    pub fn len(&self) -> usize {
        let queue = self.queue();
        queue.requests + queue.messages
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A request that finds no room is answered at once.
    pub fn request(&self, request: ClientRequest, respond: Respond) {
        let incoming = Incoming::Request { request: Box::new(request), respond };
        if let Err(refused) = self.put(incoming, |queue| queue.taking && queue.requests < self.requests_max) {
            let is_taking = { self.queue().taking };
            let reason = if is_taking { UnavailableReason::QueueFull } else { UnavailableReason::ContextDown };
            self.turn_away(refused, reason);
        }
    }

    /// A message of another context, in a protocol that this release speaks.
    pub fn message(&self, envelope: Envelope) -> Result<(), NotSent> {
        if envelope.protocol != PROTOCOL {
            return Err(NotSent);
        }
        self.put(Incoming::Message(Box::new(envelope)), |queue| queue.hearing && queue.messages < self.messages_max)
            .map_err(|_| NotSent)
    }

    /// Whether a driver is there to do it.
    pub fn resume(&self, key: Id, skip: Option<String>, respond: RespondResumed) -> bool {
        self.put(Incoming::Resume { key, skip, respond }, |_| true).is_ok()
    }

    /// Whether a driver is there to pause.
    pub fn pause(&self, pause: PauseRequest) -> bool {
        self.put(Incoming::Pause(pause), |_| true).is_ok()
    }

    fn put(&self, incoming: Incoming, has_room: impl FnOnce(&Queue) -> bool) -> Result<(), Incoming> {
        let at = self.clock.now().mono;
        let mut queue = self.queue();
        if !queue.open || !has_room(&queue) {
            return Err(incoming);
        }
        match incoming {
            Incoming::Request { .. } => queue.requests += 1,
            Incoming::Message(_) => queue.messages += 1,
            Incoming::Resume { .. } | Incoming::Pause(_) => {}
        }
        queue.arrivals.push_back(Arrival { incoming, at });
        drop(queue);
        (self.bell)();
        Ok(())
    }

    /// A source may have new events.
    pub fn news(&self) {
        let mut queue = self.queue();
        let rings = queue.open && !std::mem::replace(&mut queue.news, true);
        drop(queue);
        if rings {
            (self.bell)();
        }
    }

    pub fn ring(&self) {
        (self.bell)();
    }

    /// Requests are turned away from now on.
    pub fn stop_taking(&self) {
        self.queue().taking = false;
    }

    /// Messages are not taken any more either: whoever sends them hears that nothing was done.
    pub fn stop_hearing(&self) {
        self.queue().hearing = false;
    }

    /// Whether messages are taken, as far as there is room.
    pub fn is_hearing(&self) -> bool {
        let queue = self.queue();
        queue.open && queue.hearing
    }

    /// Requests that the driver has not taken yet.
    pub fn requests(&self) -> usize {
        self.queue().requests
    }

    /// The driver is to end.
    pub fn stop(&self) {
        let mut queue = self.queue();
        (queue.taking, queue.stop) = (false, true);
        drop(queue);
        (self.bell)();
    }

    pub(super) fn take(&self, at_most: usize) -> Batch {
        let mut queue = self.queue();
        let count = queue.arrivals.len().min(at_most);
        let arrivals: VecDeque<Arrival> = queue.arrivals.drain(..count).collect();
        for arrival in &arrivals {
            match arrival.incoming {
                Incoming::Request { .. } => queue.requests -= 1,
                Incoming::Message(_) => queue.messages -= 1,
                Incoming::Resume { .. } | Incoming::Pause(_) => {}
            }
        }
        let news = std::mem::take(&mut queue.news);
        Batch { arrivals, news, stop: queue.stop, more: !queue.arrivals.is_empty() }
    }

    /// What a request is told that the context can't take.
    pub fn turned_away(&self, reason: UnavailableReason) -> Error {
        Error::unavailable(reason, self.name, self.retry_after_ms)
    }

    /// A client is told to come back; another context notices the silence; an operator is told why.
    pub(super) fn turn_away(&self, incoming: Incoming, reason: UnavailableReason) {
        match incoming {
            Incoming::Request { respond, .. } => respond(Err(self.turned_away(reason))),
            Incoming::Resume { respond, .. } => {
                respond(Err(format!("{} is stopped, or its store fails: see its status", self.name)));
            }
            Incoming::Message(_) | Incoming::Pause(_) => {}
        }
    }
}
