//! A context's disk goes back in time while its owner lives, as after a fail-over that lost what was written last. Nothing of it is healed;
//! it has to be noticed.
use super::broken::{Broken, Lived, broken, ensure};
use super::faults::Fault;
use super::service::SimDisk;
use super::world::World;
use kernel::{CallKey, Id};
use runtime::lives::FoundStore;
use runtime::port::store::Store as _;

/// Somebody has noticed: the lifetime ends well.
const NOTICED: &str = "noticed";

/// Nobody who knew what is gone lives any more: the lifetime ends, and shows nothing.
const UNKNOWN: &str = "unknown";

/// All is at rest, and nobody has noticed.
const UNNOTICED: &str = "went back";

/// A process has noticed and stopped, and the next one can't find out why.
const FORGOTTEN: &str = "forgotten";

impl World<'_> {
    /// How a lifetime ended: one in which a disk went back ends where that is noticed.
    pub(super) fn judge(&mut self, lived: Lived) -> Lived {
        self.counts.went_back += u64::from(self.went_back.is_some());
        match lived {
            Err(Broken { check: NOTICED, .. }) => {
                self.counts.noticed += 1;
                Ok(())
            }
            Err(Broken { check: UNKNOWN, .. }) => Ok(()),
            // what breaks until a callee has said so is what was lost
            Err(Broken { check, .. })
                if self.of.starts_unaware && self.went_back.is_some() && ![UNNOTICED, FORGOTTEN].contains(&check) =>
            {
                Ok(())
            }
            lived => lived,
        }
    }

    pub(super) fn noticed<T>(&self, said: &str) -> Lived<T> {
        broken(NOTICED, said)
    }

    pub(super) fn unknown_to_anyone<T>(&self) -> Lived<T> {
        broken(UNKNOWN, "another process has claimed what is left")
    }

    /// A context starts on a disk that went back in time, and is not told. Where a callee knows a ticket that was lost, it has to be noticed.
    pub(super) fn start_unaware(&mut self, at: usize, found: &[FoundStore]) -> Lived {
        let caller = self.name(at);
        let own = found.iter().find(|store| store.context == caller);
        let Some(head) = own.map(|store| &store.head).filter(|head| head.reserved > Id(0)) else {
            return self.unknown_to_anyone();
        };
        let knows_lost = |callee: &FoundStore| {
            let is_lost = |key: &CallKey| key.caller == caller && key.ticket >= head.given_below(callee.context);
            callee.calls.iter().any(is_lost)
        };
        if !found.iter().any(knows_lost) {
            self.stop_is_kept(at)?;
            return self.unknown_to_anyone();
        }
        self.went_back = Some(at);
        self.tell(|world| format!("the disk of {} went back, and its process does not know", world.name(at)));
        Ok(())
    }

    /// A callee has said that tickets were lost. That stops the process, and the one that is started in its place.
    pub(super) fn stopped_by_a_callee(&mut self, (at, number): (usize, usize), said: &str) -> Lived {
        if !self.of.starts_unaware || self.has_stopped {
            return self.noticed(said);
        }
        self.has_stopped = true;
        self.crash(at, number);
        self.start(at, number)
    }

    /// Before anything is decided: what has stopped a process of this context has to be known still.
    pub(super) fn stop_is_kept(&self, at: usize) -> Lived {
        let is_forgotten = self.has_stopped && self.went_back == Some(at);
        ensure(!is_forgotten, FORGOTTEN, || format!("{} has stopped, and goes on", self.name(at)))
    }

    /// The first time, the disk is copied; later, it is put back to its copy.
    pub(super) fn go_back(&mut self, at: usize) -> Lived {
        if !self.active.on(Fault::WentBack) || self.went_back.is_some() {
            return Ok(());
        }
        let Some((at, copy)) = &self.copy else {
            if let SimDisk::InMemory(disk, _) = &self.services[at].disk {
                self.copy = Some((at, disk.copy()));
            }
            return Ok(());
        };
        let (at, service, now) = (*at, &mut self.services[*at], self.time.now());
        let owner = service.owner();
        let knows = owner.is_up() && !owner.is_paused(now) && owner.held.as_ref().is_some_and(|held| held.holds());
        let length = copy.open(&[]).head()?.position;
        let SimDisk::InMemory(disk, _) = &service.disk else { return Ok(()) };
        if !knows || owner.epoch != service.lease.epoch || length >= service.known.len() {
            return Ok(());
        }
        disk.go_back_to(copy);
        service.known.cut(length);
        service.log.truncate(length as usize);
        self.went_back = Some(at);
        self.tell(|world| format!("the disk of {} goes back to event {length}", world.name(at)));
        Ok(())
    }

    pub(super) fn noticed_at_last(&self) -> Lived {
        ensure(self.went_back.is_none(), UNNOTICED, || "a disk went back in time, and nobody has noticed".into())
    }
}
