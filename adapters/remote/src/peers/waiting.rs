//! A message that waits: until when, and among how many.
use runtime::message::PeerMessage;
use runtime::port::peers::Envelope;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long a message waits for its receiver that nobody waits for as for the reply to a call.
const WAIT_MS: u64 = 4_500;
/// No call takes longer.
const CALL_MS_MAX: u64 = 3_600_000;
/// What a message takes besides its body, about.
const FRAME_BYTES: usize = 300;

pub(super) struct Waiting {
    envelope: Envelope,
    given: Instant,
    until: Instant,
    _counted: Counted,
}

/// One of the messages of a line; it goes however it goes.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Waiting {
    /// `None`: so many wait already.
    pub fn new(envelope: Envelope, count: &Arc<AtomicUsize>, at_most: usize) -> Option<Waiting> {
        let before = count.fetch_add(1, Ordering::Relaxed);
        let counted = Counted(count.clone());
        let wait_ms = match &envelope.message {
            PeerMessage::Call(call) => call.time_left_ms.min(CALL_MS_MAX),
            _ => WAIT_MS,
        };
        let given = Instant::now();
        let until = given + Duration::from_millis(wait_ms);
        (before < at_most).then_some(Waiting { envelope, given, until, _counted: counted })
    }

    pub fn is_over(&self, now: Instant) -> bool {
        now >= self.until
    }

    /// As it leaves now: who answers a call measures its time from the arrival, so the time that it has waited here is gone.
    pub fn leaving(&mut self, now: Instant) -> &Envelope {
        if let PeerMessage::Call(call) = &mut self.envelope.message {
            let waited = now.saturating_duration_since(self.given);
            call.time_left_ms = call.time_left_ms.saturating_sub(waited.as_millis() as u64);
            self.given = now;
        }
        &self.envelope
    }

    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }
}

/// Bytes that a message takes, about.
pub(super) fn bytes(envelope: &Envelope) -> usize {
    let body = match &envelope.message {
        PeerMessage::Call(call) => call.body.len(),
        PeerMessage::Reply { result: Ok(body), .. } => body.len(),
        _ => 0,
    };
    FRAME_BYTES + body
}
