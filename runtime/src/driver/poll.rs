//! Events of every source reach the consumers, a bounded share a turn.
use super::Driver;
use crate::machine::Input;
use crate::port::store::Result;
use kernel::SubscriptionKey;

impl Driver {
    pub(super) fn poll_subscriptions(&mut self) -> Result<()> {
        let due = self.sources_at.is_some_and(|at| at <= self.now().mono);
        if !self.more && !due {
            return Ok(());
        }
        (self.more, self.sources_at) = (false, None);
        let wants: Vec<(SubscriptionKey, u64)> =
            self.machine.wants().map(|(subscription, after)| (subscription.clone(), after)).collect();
        for (subscription, after) in wants {
            self.read_source(subscription, after)?;
        }
        Ok(())
    }

    /// A source that can't be read is late: it is read again a little later, and this context goes on.
    fn read_source(&mut self, subscription: SubscriptionKey, after: u64) -> Result<()> {
        let read = self.ports.feed.read(&subscription, after, self.opening.limits.events_per_turn);
        if let Ok(slice) = &read {
            self.stalls.heard(&subscription, slice.up_to);
        }
        match read {
            Ok(slice) if slice.up_to <= after => Ok(()),
            Ok(slice) => {
                self.more |= slice.more;
                self.step(Input::Events { subscription, slice })
            }
            Err(late) => {
                tracing::debug!(context = self.opening.context, source = %subscription.source, reason = late.0, "a source is late");
                self.sources_at = Some(self.now().mono.plus_ms(self.opening.limits.status_ms));
                Ok(())
            }
        }
    }
}
