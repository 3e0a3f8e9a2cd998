//! Parked events are tried again: by themselves after a pause, or when an operator says so.
use super::Subscriptions;
use super::consume::apply;
use super::parking::{ParkedEntry, Queue};
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use kernel::{Id, Skipped};

impl Subscriptions {
    pub fn retry_due(&mut self, scope: &mut Scope<'_>) -> Result<()> {
        for queue in self.parking.due(scope.work.now.mono) {
            self.empty_queue(scope, &queue)?;
        }
        Ok(())
    }

    /// Applies a key's events in order until one fails again. Says how many were applied.
    fn empty_queue(&mut self, scope: &mut Scope<'_>, queue: &Queue) -> Result<usize> {
        let mut applied = 0;
        while let Some(entry) = self.parking.first(queue).cloned() {
            match apply(scope, &entry.subscription, &entry.parked.event)? {
                Ok(()) => {
                    self.parking.remove(scope.work, queue, &entry);
                    applied += 1;
                }
                Err(reason) => {
                    self.parking.failed_again(scope.work, entry, reason);
                    return Ok(applied);
                }
            }
        }
        self.all.iter_mut().for_each(|subscription| subscription.stopped = None);
        Ok(applied)
    }

    /// Tries a key's events again; with a reason in `skip`, skips its first one before. Says how many events were applied or skipped.
    pub fn resume(
        &mut self,
        scope: &mut Scope<'_>,
        key: Id,
        skip: Option<&str>,
    ) -> Result<std::result::Result<usize, String>> {
        let queues = self.parking.queues_of(key);
        if queues.is_empty() {
            return Ok(Err(format!("nothing is parked for key {key}")));
        }
        let mut gone = 0;
        for queue in queues {
            if let (Some(reason), Some(entry)) = (skip, self.parking.first(&queue).cloned()) {
                self.skip(scope, &queue, &entry, reason);
                gone += 1;
            }
            gone += self.empty_queue(scope, &queue)?;
        }
        Ok(Ok(gone))
    }

    fn skip(&mut self, scope: &mut Scope<'_>, queue: &Queue, entry: &ParkedEntry, reason: &str) {
        let (position, key) = (entry.position, queue.1);
        tracing::warn!(subscription = %entry.subscription, position, key = key.0, reason, "an event is skipped");
        let (consumer, source) = (entry.subscription.consumer.to_string(), entry.subscription.source.to_string());
        let (reason, at) = (reason.to_string(), scope.work.now.wall);
        scope.work.head.skipped.push(Skipped { consumer, source, position, key, reason, at });
        self.parking.remove(scope.work, queue, entry);
    }
}
