//! The process in which a driver runs. It may end between any two things that the driver does outside: a message, a response, a group.
use super::commitments::Commitments;
use super::lock::lock;
use runtime::message::PeerMessage;
use runtime::port::peers::{Envelope, NotSent, Peers};
use runtime::port::work::Respond;
use runtime::request::Response;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

const NEVER: u64 = u64::MAX;

#[derive(Debug)]
pub struct SimProcess {
    ended: AtomicBool,
    /// Acts until it ends.
    left: AtomicU64,
}

impl SimProcess {
    pub fn start() -> SimProcess {
        SimProcess { ended: AtomicBool::new(false), left: AtomicU64::new(NEVER) }
    }

    /// Whether it still does this. A process that has ended does nothing any more, whatever its driver goes on to try.
    pub fn acts(&self) -> bool {
        match self.left.load(Ordering::Relaxed) {
            _ if self.has_ended() => false,
            NEVER => true,
            0 => {
                self.end();
                false
            }
            left => {
                self.left.store(left - 1, Ordering::Relaxed);
                true
            }
        }
    }

    pub fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }

    /// It ends after so many acts more.
    pub fn end_after(&self, acts: u64) {
        self.left.store(acts, Ordering::Relaxed);
    }

    pub fn go_on(&self) {
        self.left.store(NEVER, Ordering::Relaxed);
    }

    pub fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}

/// The way to the other contexts out of one process.
pub struct ProcessPeers {
    pub process: Arc<SimProcess>,
    pub commitments: Arc<Commitments>,
    pub peers: Arc<dyn Peers>,
}

impl Peers for ProcessPeers {
    fn send(&self, envelope: Envelope) -> Result<(), NotSent> {
        if !self.process.acts() {
            return Ok(());
        }
        match &envelope.message {
            PeerMessage::Call(call) => self.commitments.called(call),
            PeerMessage::Undo { key, .. } => self.commitments.undoes(key),
            PeerMessage::VoidRange { to, .. } => self.commitments.voids(*to),
            _ => {}
        }
        self.peers.send(envelope)
    }
}

/// Responses that have reached their clients and were not looked at yet, each with its request's number.
#[derive(Default)]
pub struct Responses(Mutex<Vec<(usize, Response)>>);

impl Responses {
    /// How a request is answered; `process` is the one that does it, `None` where the edge does it because the context is down.
    pub fn respond(self: &Arc<Self>, number: usize, process: Option<Arc<SimProcess>>) -> Respond {
        let responses = self.clone();
        Box::new(move |response| {
            if process.is_none_or(|process| process.acts()) {
                lock(&responses.0).push((number, response));
            }
        })
    }

    pub fn take(&self) -> Vec<(usize, Response)> {
        std::mem::take(&mut lock(&self.0))
    }
}
