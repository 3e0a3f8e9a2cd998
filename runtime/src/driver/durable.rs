//! Groups become durable: at once if somebody waits, else at a distance from the one before, so that more commits share one fsync.
use super::Driver;
use crate::machine::{Flushed, Output};
use crate::port::clock::Moment;
use crate::port::feed::DurableGroup;
use crate::port::store::Result;

impl Driver {
    /// When the group is to be made durable; `None`: there is none.
    pub(super) fn durable_at(&self) -> Option<Moment> {
        let (gathered, limits) = (self.machine.gathered(), &self.opening.limits);
        if self.machine.waits_for_group() || gathered >= limits.group_max {
            return Some(Moment::default());
        }
        let gathering = (gathered > 0).then(|| self.flushed_at.plus_ms(limits.gather_ms));
        gathering.or(self.dirty_since.map(|since| since.plus_ms(limits.lazy_ms)))
    }

    pub(super) fn flush_if_due(&mut self) -> Result<()> {
        let now = self.now().mono;
        self.dirty_since = self.dirty_since.or(self.machine.is_dirty().then_some(now));
        if self.durable_at().is_none_or(|at| at > now) {
            return Ok(());
        }
        self.make_durable()
    }

    pub(super) fn make_durable(&mut self) -> Result<()> {
        let began = self.now().mono;
        (self.dirty_since, self.flushed_at) = (None, began);
        let flushed = self.machine.flush(self.ports.store.as_mut())?;
        self.flushed(flushed, began)?;
        self.ports.store.maintain()
    }

    fn flushed(&mut self, flushed: Flushed, began: Moment) -> Result<()> {
        if let Some(group) = flushed.durable {
            self.announce(group, flushed.commits, self.now().mono.us_since(began));
        }
        self.deliver_all(flushed.outputs)
    }

    /// What is durable is answered, also when the store fails meanwhile; messages are sent again by whoever needs them.
    fn deliver_all(&mut self, outputs: Vec<Output>) -> Result<()> {
        let mut result = Ok(());
        for output in outputs {
            match output {
                Output::Send { .. } if result.is_err() => {}
                output => result = self.deliver(output).and(result),
            }
        }
        result
    }

    fn announce(&self, group: DurableGroup, commits: usize, took_us: u64) {
        let (head, inputs, context) = (self.machine.head().clone(), self.inputs, self.opening.context);
        self.handle.update(|status| {
            status.head = head;
            status.fault = None;
            status.commits += commits as u64;
            status.groups += 1;
            status.inputs = inputs;
            status.group_last = commits as u64;
            status.flush_us_total += took_us;
        });
        for event in &group.events {
            let (position, key) = (event.position, event.key.0);
            tracing::debug!(context, position, key, event = %event.event_type, "durable");
        }
        self.ports.announcer.announce(group);
    }

    pub(super) fn close_machine(&mut self) {
        let began = self.now().mono;
        match self.machine.close(self.ports.store.as_mut()) {
            Ok(last) => {
                let _the_context_ends_anyway = self.flushed(last, began);
            }
            Err(error) => {
                tracing::error!(context = self.opening.context, %error, "the last group could not be made durable");
                self.handle.update(|status| status.fault = Some(error.to_string()));
            }
        }
    }

    /// Now and then: what an operator sees, and whether the disk has room.
    pub(super) fn sample_status(&mut self) {
        let now = self.now().mono;
        if self.status_at.is_some_and(|at| now.ms_since(at) < self.opening.limits.status_ms) {
            return;
        }
        self.status_at = Some(now);
        if now.ms_since(self.flushed_at) >= self.opening.limits.status_ms {
            self.ports.store.shrink();
        }
        self.machine.set_low_disk((self.ports.free_disk_mb)() < self.opening.limits.disk_reserve_mb);
        let (work, stalled) = (self.machine.status_at(now), self.stalled_consumer());
        self.handle.update(|status| {
            (status.sagas, status.undoing, status.in_doubt) = (work.sagas, work.undoing, work.in_doubt);
            (status.parked_events, status.parked_keys) = (work.parked_events, work.parked_keys);
            (status.stopped_consumer, status.upstreams) = (work.stopped_consumer, work.upstreams);
            status.stalled_consumer = stalled;
        });
    }
}
