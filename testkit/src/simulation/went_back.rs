//! A context's disk goes back in time while its owner lives, as after a fail-over that lost what was written last. Nothing of it is healed;
//! it has to be noticed.
use super::broken::{Broken, Lived, broken, ensure};
use super::faults::Fault;
use super::service::SimDisk;
use super::world::World;
use runtime::port::store::Store as _;

/// Somebody has noticed: the lifetime ends well.
const NOTICED: &str = "noticed";

/// Nobody who knew what is gone lives any more: the lifetime ends, and shows nothing.
const UNKNOWN: &str = "unknown";

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
            lived => lived,
        }
    }

    pub(super) fn noticed<T>(&self, said: &str) -> Lived<T> {
        broken(NOTICED, said)
    }

    pub(super) fn unknown_to_anyone<T>(&self) -> Lived<T> {
        broken(UNKNOWN, "another process has claimed what is left")
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
        ensure(self.went_back.is_none(), "went back", || "a disk went back in time, and nobody has noticed".into())
    }
}
