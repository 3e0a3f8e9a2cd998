//! The processes of a context look at its lease: the owner renews it, others claim the context when it is their turn.
use super::broken::{Lived, ensure};
use super::faults::Fault;
use super::injected::ProtocolFault;
use super::lease::HeldLease;
use super::replica::Claimed;
use super::store::{OpenedDisk, ReadEarly};
use super::world::World;
use runtime::port::clock::Moment;
use runtime::port::store::StoreError;
use std::sync::Arc;

impl World<'_> {
    pub(super) fn server_now(&self) -> Moment {
        self.time.now().plus_ms(self.server_ahead_ms)
    }

    /// Every process whose time has come looks at its context's lease.
    pub(super) fn look_around(&mut self) -> Lived {
        let now = self.time.now();
        let all = self.replicas_that(|replica| replica.has_to_look(now));
        all.into_iter().try_for_each(|(at, number)| self.look(at, number))
    }

    pub(super) fn look(&mut self, at: usize, number: usize) -> Lived {
        let (now, replica) = (self.time.now(), &mut self.services[at].replicas[number]);
        if replica.claimed.is_some() {
            return self.open_claimed(at, number);
        }
        replica.join_again();
        let late_ms = if self.active.is_calm() { 0 } else { self.random.below(20) };
        replica.looks_at = Some(now.plus_ms(self.times.look_ms() + late_ms));
        if self.services[at].outage.lasts() {
            return Ok(());
        }
        if self.services[at].replicas[number].is_up() {
            self.renew(at, number);
            return Ok(());
        }
        self.stand_by(at, number)
    }

    /// The heartbeat of an owner; one that finds another owner is stopped.
    fn renew(&mut self, at: usize, number: usize) {
        let (now, until) = (self.time.now(), self.server_now().plus_ms(self.times.lease_ms));
        let fails = self.active.on(Fault::Heartbeats);
        let (is_lost, is_unheard) = (fails && self.random.percent(15), fails && self.random.percent(8));
        let steps_ms = self.times.steps_ms();
        let service = &mut self.services[at];
        let replica = &service.replicas[number];
        let Some(held) = replica.held.clone().filter(|_| !is_lost) else { return };
        if service.lease.epoch != replica.epoch {
            if !is_unheard {
                held.lose();
                replica.handle.mailbox.stop();
            }
            return;
        }
        service.lease.renew(until);
        if !is_unheard {
            held.extend(now.plus_ms(steps_ms));
        }
    }

    fn stand_by(&mut self, at: usize, number: usize) -> Lived {
        let (now, server, times) = (self.time.now(), self.server_now(), self.times);
        self.read_early(at, number)?;
        let service = &mut self.services[at];
        let replica = &mut service.replicas[number];
        service.lease.look(&mut replica.seen, now);
        if !service.lease.may_claim(replica.id, replica.seen, times, now, server) {
            return Ok(());
        }
        let is_set = |set_at: Moment| now.ms_since(set_at) < 2 * times.lease_ms;
        self.claim(at, number, self.server_set_at.is_some_and(is_set))
    }

    /// Planted: what is read here is kept, however long it takes until the store is claimed.
    fn read_early(&mut self, at: usize, number: usize) -> Lived {
        let reads = self.of.injected == Some(ProtocolFault::ReadBeforeClaim) && self.random.percent(40);
        if let Some(reader) = self.services[at].disk_reader().filter(|_| reads) {
            let early = ReadEarly { head: reader.head()?, parked: reader.parked()? };
            self.services[at].replicas[number].early = Some(early);
        }
        Ok(())
    }

    /// Owns the context's store from here on. It is opened with the next look. `early`: the owner before may decide still.
    pub(super) fn claim(&mut self, at: usize, number: usize, early: bool) -> Lived {
        if self.went_back == Some(at) && self.of.injected != Some(ProtocolFault::RestoredSourceIsDuplicate) {
            return self.unknown_to_anyone();
        }
        let until = self.server_now().plus_ms(self.times.lease_ms);
        let steps_until = self.time.now().plus_ms(self.times.steps_ms());
        let held = HeldLease::new(self.time.clone(), steps_until);
        let service = &mut self.services[at];
        let (store, in_peace) = (service.claim_store()?, service.lease.in_peace);
        let replica = &mut service.replicas[number];
        service.lease.claim(replica.id, until);
        (replica.epoch, replica.held) = (service.lease.epoch, Some(Arc::new(held)));
        replica.claimed = Some(Claimed { store, in_peace });
        service.newest = number;
        if early {
            service.early = Some((service.lease.epoch, steps_until));
        }
        self.trace.mix(service.lease.epoch ^ ((at as u64) << 40) ^ ((number as u64) << 50));
        self.counts.claims += 1;
        self.tell(|world| {
            format!("{} claims epoch {}", world.replica_name(at, number), world.services[at].lease.epoch)
        });
        Ok(())
    }

    fn open_claimed(&mut self, at: usize, number: usize) -> Lived {
        let replica = &mut self.services[at].replicas[number];
        let Some(Claimed { store, in_peace }) = replica.claimed.take() else { return Ok(()) };
        let early = replica.early.take();
        if self.active.on(Fault::Claims) && self.random.percent(6) {
            return self.can_not_open(at, number);
        }
        let life = self.life_of(at, &store)?;
        match self.open(at, number, life, OpenedDisk::Claimed(store), early) {
            Ok(()) => {
                let in_doubt = self.services[at].replicas[number].machine().map_or(0, |m| m.status().in_doubt);
                ensure(!in_peace || in_doubt == 0, "closed", || {
                    format!("{} was given in peace and is in doubt", self.replica_name(at, number))
                })?;
                self.opened(at, number)
            }
            Err(StoreError::Conflict) => Ok(()),
            Err(_) if self.services[at].replicas[number].process.has_ended() => {
                self.crash(at, number);
                Ok(())
            }
            Err(_) if self.services[at].outage.lasts() => self.can_not_open(at, number),
            Err(StoreError::Failed(_)) if self.of.injected.is_some() => self.can_not_open(at, number),
            // the first group's outcome is not known
            Err(StoreError::Unconfirmed(_)) => Ok(()),
            Err(StoreError::Mismatched(said)) if self.went_back.is_some() => self.noticed(&said),
            Err(error) => Err(error.into()),
        }
    }

    /// The claimer gives the lease back, and lets others try before it tries again.
    fn can_not_open(&mut self, at: usize, number: usize) -> Lived {
        self.tell(|world| format!("{} can't open its store", world.replica_name(at, number)));
        let looks_at = self.time.now().plus_ms(self.times.lease_ms);
        let replica = &mut self.services[at].replicas[number];
        (replica.leaves_to, replica.looks_at) = (Some(None), Some(looks_at));
        self.give_back(at, number, false);
        Ok(())
    }

    /// An owner that was to leave has stopped: another one may claim at once. One that has lost the context has nothing to give.
    pub(super) fn give_back(&mut self, at: usize, number: usize, is_idle: bool) {
        let until = self.server_now().plus_ms(self.times.heir_ms());
        let outage = self.services[at].outage.lasts();
        let service = &mut self.services[at];
        let replica = &mut service.replicas[number];
        let is_ours = service.lease.epoch == replica.epoch;
        let has_lost = replica.held.as_ref().is_none_or(|held| held.is_lost());
        if let Some(heir) = replica.leaves_to.take().filter(|_| is_ours) {
            service.lease.release(heir, until, is_idle && !has_lost && !outage);
            self.call_heir(at, heir);
        }
    }

    /// The heir hears that it is its turn.
    fn call_heir(&mut self, at: usize, heir: Option<u64>) {
        let now = self.time.now();
        let mut replicas = self.services[at].replicas.iter_mut();
        if let Some(heir) = replicas.find(|replica| Some(replica.id) == heir && !replica.process.has_ended()) {
            heir.looks_at = Some(now);
        }
    }

    /// Planted: the lease goes before the last group.
    pub(super) fn release_early(&mut self) {
        let until = self.server_now().plus_ms(self.times.heir_ms());
        let leaves = |service: &crate::simulation::Service| {
            let owner = service.owner();
            owner.is_up() && owner.stops_at.is_none() && owner.leaves_to.is_some() && owner.epoch == service.lease.epoch
        };
        for at in 0..self.services.len() {
            let service = &mut self.services[at];
            if leaves(service) && service.owner().handle.is_idle() && service.lease.heir.is_none() {
                let heir = service.owner().leaves_to.flatten();
                service.lease.release(heir, until, heir.is_some());
                self.call_heir(at, heir);
            }
        }
    }

    /// The owner is to stop: it takes no new requests, ends what is under way, writes its last group, and gives the lease back.
    pub(super) fn begin_to_stop(&mut self, at: usize, has_heir: bool) {
        let (service, now) = (&self.services[at], self.time.now());
        let owner = service.newest;
        let others = (0..service.replicas.len()).filter(|other| *other != owner);
        let heirs: Vec<usize> = others.filter(|other| !service.replicas[*other].process.has_ended()).collect();
        let heir = self.random.one_of(&heirs).filter(|_| has_heir).map(|heir| service.replicas[*heir].id);
        self.tell(|world| format!("{} is to stop", world.replica_name(at, owner)));
        let stops_at = now.plus_ms(self.random.below(400));
        let replica = self.services[at].owner_mut();
        replica.handle.mailbox.stop_taking();
        (replica.stops_at, replica.leaves_to) = (Some(stops_at), Some(heir));
    }
}
