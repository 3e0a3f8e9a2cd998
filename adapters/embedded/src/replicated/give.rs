//! A seat gives its context to another replica, so that no request fails: whoever asks meanwhile waits.
use super::seat::{SeatRole, Wish};
use super::watch::{Watch, ready};
use crate::slot::wait_until;
use runtime::port::replica::Replica;
use std::time::{Duration, Instant};

/// So long the messages that were taken are answered still. Whoever sends more meanwhile waits for the heir.
const LAST_MESSAGES: Duration = Duration::from_millis(300);

impl Watch<'_> {
    /// Takes no new requests and answers those that are under way; then takes no messages either, makes the last group durable, and names
    /// the heir. Undos that nobody acknowledges are left to the heir, as after a crash.
    pub(super) fn give(&mut self) {
        let (seat, began) = (self.seat, Instant::now());
        if let Ok(ownership) = self.standby.look(self.state()) {
            seat.looked(ownership);
        }
        let heir = self.heir();
        if heir.is_none() && seat.wish() == Wish::Work {
            return; // the newer release has gone meanwhile
        }
        seat.slot.relay.end(); // what it has still to send, the heir's sends
        seat.set_role(SeatRole::Gives);
        let (slot, handle) = (&seat.slot, &seat.slot.handle);
        handle.mailbox.stop_taking();
        let finish = if heir.is_some() { self.host.times.finish } else { self.host.drain_time() };
        wait_until(finish, || !handle.is_answering());
        handle.mailbox.stop_hearing();
        wait_until(LAST_MESSAGES, || !slot.is_busy());
        slot.stop();
        let named = heir.as_ref().map(|heir| heir.id.as_str());
        if let Err(error) = self.standby.release(named) {
            tracing::warn!(context = seat.name(), %error, "the store could not be given to its heir; its lease ends by itself");
        }
        if let Some(heir) = &heir {
            (self.host.tell_heir)(&heir.url, seat.name());
        }
        seat.count_given_away();
        let took_ms = began.elapsed().as_millis() as u64;
        tracing::info!(context = seat.name(), heir = named, took_ms, "the context was given away");
        seat.set_role(SeatRole::Follows);
        self.look_at = Instant::now();
    }

    /// The newest release that is ready; none older than this one, unless this process goes.
    fn heir(&self) -> Option<Replica> {
        let seat = self.seat;
        let ownership = seat.ownership();
        let others = ready(&ownership).filter(|replica| replica.id != seat.me.id);
        let newest = others.max_by_key(|replica| replica.release)?;
        let may = newest.release > seat.me.release || seat.wish() != Wish::Work;
        may.then(|| newest.clone())
    }
}
