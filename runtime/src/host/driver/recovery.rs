//! When the store fails, and when it is over: whoever waits is told, and what is durable is where it goes on.
use super::{Driver, machine};
use crate::host::seat::{Inbox, Seat, turned_away};
use crate::store::StoreError;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

/// Pause before a store that failed is opened again.
const REOPEN_MS: u64 = 500;

impl Driver {
    /// As after a crash: nothing of the group is kept, whoever waits is told to come back, and what is durable is where it goes on.
    pub(super) fn recover(&mut self, error: &StoreError) -> bool {
        let Some(shared) = self.shared.upgrade() else { return false };
        let seat = &shared.seats[self.context];
        tracing::error!(context = seat.name, %error, "the store failed; the context starts again from what is durable");
        seat.update(|pulse| pulse.fault = Some(error.to_string()));
        let again_soon = self.failed_at.is_some_and(|at| at.elapsed() < Duration::from_millis(2 * REOPEN_MS));
        let mut pause = again_soon.then_some(Duration::from_millis(REOPEN_MS));
        loop {
            self.replies.drain().for_each(|(_, reply)| reply(Err(turned_away(seat.name))));
            self.delayed.clear();
            if let Some(pause) = pause.take()
                && !self.turn_away(seat, pause)
            {
                return false;
            }
            self.failed_at = Some(Instant::now());
            match machine(&shared, self.context, self.store.as_ref()) {
                Ok(machine) => {
                    self.machine = machine;
                    self.more = true;
                    return true;
                }
                Err(again) => tracing::error!(context = seat.name, error = %again, "the store still fails"),
            }
            pause = Some(Duration::from_millis(REOPEN_MS));
        }
    }

    /// While its store fails, nobody is left waiting. `false`: it is to stop.
    pub(super) fn turn_away(&mut self, seat: &Seat, pause: Duration) -> bool {
        let until = Instant::now() + pause;
        loop {
            match self.inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Inbox::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => return true,
                Ok(Inbox::Ask(_, reply)) => {
                    seat.took_ask();
                    reply(Err(turned_away(seat.name)));
                }
                Ok(Inbox::From(..)) => seat.took_message(),
                Ok(Inbox::Wake) => seat.awake(),
                Ok(Inbox::Resume { .. } | Inbox::Hold { .. }) => {}
            }
        }
    }

    pub(super) fn close(mut self) {
        let last = self.machine.close(self.store.as_mut());
        if let (Some(shared), Ok(last)) = (self.shared.upgrade(), last) {
            if last.wrote {
                self.durable(&shared, last.events, last.rows, last.commits, Duration::ZERO);
            }
            for output in last.outputs {
                let _a_reply_or_too_late = self.deliver(&shared, output);
            }
        }
        let name = self.machine.context().name;
        self.replies.drain().for_each(|(_, reply)| reply(Err(turned_away(name))));
        while let Ok(left) = self.inbox.try_recv() {
            if let Inbox::Ask(_, reply) = left {
                reply(Err(turned_away(name)));
            }
        }
        if let Some(shared) = self.shared.upgrade() {
            shared.seats[self.context].closed();
        }
    }
}
