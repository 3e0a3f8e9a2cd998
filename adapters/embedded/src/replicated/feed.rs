//! What a context that works here reads: logs of contexts that work here in place, the others by the way between processes.
use super::seat::Seat;
use kernel::{Name, SubscriptionKey};
use runtime::port::feed::{Feed, Slice, SourceLate};
use std::sync::Arc;

pub struct SeatFeed {
    pub seats: Vec<Arc<Seat>>,
    pub others: Arc<dyn Feed>,
    /// The context that reads.
    pub own: Name,
}

impl Feed for SeatFeed {
    fn read(&self, subscription: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        let is_own = subscription.source == self.own;
        let here = self.seats.iter().find(|seat| seat.name() == subscription.source);
        match here.filter(|seat| is_own || seat.slot.handle.is_running()) {
            Some(seat) => seat.slot.log.slice(after, at_most, |event| is_own || event.published),
            None => self.others.read(subscription, after, at_most),
        }
    }
}
