//! When the store fails: whoever waits is turned away, and the context starts again from what is durable.
use super::{Driver, Turn};
use crate::error::{Error, UnavailableReason};
use crate::port::clock::Moment;
use crate::port::store::StoreError;

/// Whether the store fails, and since when.
#[derive(Default)]
pub(super) struct Failing {
    /// When the store is tried again; `None`: it works.
    retry_at: Option<Moment>,
    /// When it was tried last.
    tried_at: Option<Moment>,
}

impl Failing {
    pub fn is_failing(&self) -> bool {
        self.retry_at.is_some()
    }
}

/// Whether the store is not this context's any more: another process writes it, or it went back in time.
fn is_lost(error: &StoreError) -> bool {
    matches!(error, StoreError::Conflict | StoreError::Mismatched(_))
}

impl Driver {
    /// As after a crash: nothing of the group is kept. A store that fails again soon gets a pause first. A store that
    /// another process has taken over, or that went back in time, ends the driver.
    pub(super) fn fail(&mut self, error: &StoreError) -> Turn {
        let (context, now) = (self.opening.context, self.now().mono);
        let is_lost = is_lost(error);
        if is_lost {
            tracing::error!(context, %error, "the store is not what this context has written; the context stops here");
        } else {
            tracing::error!(context, %error, "the store failed; the context starts again from what is durable");
        }
        self.handle.update(|status| status.fault = Some(error.to_string()));
        if matches!(error, StoreError::Unconfirmed(_)) {
            self.tell_unknown();
        }
        self.turn_everyone_away(UnavailableReason::Store);
        if is_lost {
            // What others of this process know of its log ends here; nothing more is written.
            self.handle.set_lost(Some(error.clone()));
            self.failing.retry_at = Some(now);
            return Turn::Stop;
        }
        let reopen_ms = self.opening.limits.reopen_ms;
        let again_soon = self.failing.tried_at.is_some_and(|at| now.ms_since(at) < 2 * reopen_ms);
        self.failing.retry_at = Some(if again_soon { now.plus_ms(reopen_ms) } else { now });
        Turn::Again
    }

    /// Who waits for the group that was not confirmed: only whoever knows the outcome says no.
    fn tell_unknown(&mut self) {
        let retry_after_ms = self.opening.limits.retry_after_ms;
        for token in self.machine.waiting_successes() {
            if let Some(respond) = self.responds.remove(&token) {
                respond(Err(Error::Unknown { retry_after_ms }));
            }
        }
    }

    /// While the store fails, nobody is left waiting.
    pub(super) fn try_to_reopen(&mut self) -> Turn {
        let (context, now) = (self.opening.context, self.now());
        let is_due = self.failing.retry_at.is_none_or(|at| at <= now.mono);
        // what waits may find a store that works again
        let batch = self.handle.mailbox.take(if is_due { 0 } else { usize::MAX });
        batch
            .arrivals
            .into_iter()
            .for_each(|arrival| self.handle.mailbox.turn_away(arrival.incoming, UnavailableReason::Store));
        match self.failing.retry_at {
            _ if batch.stop => return Turn::Stop,
            Some(at) if !is_due => return Turn::Sleep(at),
            _ => {}
        }
        self.failing.tried_at = Some(now.mono);
        self.opening.seed = self.opening.seed.wrapping_add(1); // no event id is made a second time
        match self.opening.machine(self.ports.store.as_mut(), now) {
            Ok(machine) => {
                (self.machine, self.more, self.dirty_since) = (machine, true, None);
                self.failing.retry_at = None;
                Turn::Again
            }
            Err(error) if is_lost(&error) => self.fail(&error),
            Err(error) => {
                tracing::error!(context, %error, "the store still fails");
                let at = now.mono.plus_ms(self.opening.limits.reopen_ms);
                self.failing.retry_at = Some(at);
                Turn::Sleep(at)
            }
        }
    }
}
