//! Messages of contexts that work here: to those that work here too straight into their mailboxes, to the others by the way between processes.
use super::seat::Seat;
use crate::network::ReachablePeers;
use runtime::port::peers::{Envelope, NotSent, Peers};
use std::sync::Arc;

pub struct SeatNetwork {
    pub seats: Vec<Arc<Seat>>,
    pub others: Arc<dyn Peers>,
}

impl SeatNetwork {
    fn here(&self, context: &str) -> Option<&Seat> {
        self.seats.iter().map(Arc::as_ref).find(|seat| seat.name() == context && seat.slot.handle.mailbox.is_hearing())
    }
}

impl Peers for SeatNetwork {
    fn send(&self, envelope: Envelope) -> Result<(), NotSent> {
        match self.here(&envelope.to) {
            Some(seat) => seat.slot.handle.mailbox.message(envelope),
            None => self.others.send(envelope),
        }
    }
}

impl ReachablePeers for SeatNetwork {
    /// A message to a context that works elsewhere waits for whoever owns it next.
    fn reaches(&self, _context: &str) -> bool {
        true
    }
}
