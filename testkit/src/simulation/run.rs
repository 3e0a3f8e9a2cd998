//! Drivers take their turns: one whose bell has rung, whose moment has come, or who said that it goes on.
use super::broken::{Lived, ensure};
use super::feed::Reading;
use super::injected::ProtocolFault;
use super::lock::lock;
use super::network::Flight;
use super::replica::SimReplica;
use super::service::index;
use super::world::World;
use kernel::SubscriptionKey;
use runtime::driver::Turn;
use runtime::message::{CallError, PeerMessage};
use runtime::port::clock::Moment;
use runtime::port::peers::{Envelope, Peers};

impl World<'_> {
    /// One turn of a process that drives its context.
    pub fn run(&mut self, at: usize, number: usize) -> Lived {
        let replica = &mut self.services[at].replicas[number];
        replica.hush();
        let Some(driver) = &mut replica.driver else { return Ok(()) };
        self.counts.turns += 1;
        let turn = driver.run_once();
        let head = driver.machine().head();
        self.trace.mix(head.position ^ (head.change << 20) ^ ((at as u64) << 40) ^ (self.time.now().us() << 44));
        match turn {
            Turn::Again => replica.wakes_at = Moment::default(),
            Turn::Sleep(until) => replica.wakes_at = replica.clock.world_moment(until),
            Turn::Stop => return self.close(at, number),
        }
        self.observe(at, number)
    }

    fn close(&mut self, at: usize, number: usize) -> Lived {
        let replica = &mut self.services[at].replicas[number];
        let Some(driver) = replica.driver.take() else { return Ok(()) };
        let was_idle = driver.machine().is_idle();
        driver.close();
        self.relay_ends(at, number);
        let replica = &mut self.services[at].replicas[number];
        let fault = replica.handle.status().fault;
        if let Some(said) = fault.as_ref().filter(|said| said.contains("gone back in time")) {
            ensure(self.went_back == Some(at), "lives", || said.clone())?;
            return self.stopped_by_a_callee((at, number), said);
        }
        self.tell_known_stores();
        self.tell(|world| format!("{} stops", world.replica_name(at, number)));
        self.observe(at, number)?;
        self.ask_elsewhere(at, number);
        if self.services[at].replicas[number].process.has_ended() {
            self.crash(at, number);
        } else {
            self.give_back(at, number, was_idle && fault.is_none());
        }
        Ok(())
    }

    pub(super) fn ready(&self) -> Vec<(usize, usize)> {
        let now = self.time.now();
        self.replicas_that(|replica| replica.is_ready(now))
    }

    /// Runs the first process that wants a turn; `false`: none does.
    pub(super) fn run_next(&mut self) -> Lived<bool> {
        match self.ready().first() {
            Some((at, replica)) => self.run(*at, *replica).map(|()| true),
            None => Ok(false),
        }
    }

    /// When the next message arrives or the next process wakes up by itself; a moment later than now.
    pub(super) fn next_wake(&self) -> Moment {
        let wakes = self.replicas().filter_map(|(_, replica)| replica.wants_turn_at());
        let asks = self.unasked.iter().map(|(at, _)| *at);
        let arrives = lock(&self.late).iter().map(|late| late.at).min();
        let next = wakes.chain(asks).chain(arrives).chain(self.network.next_arrival()).min().unwrap_or_default();
        let soon = Moment::from_us(self.time.now().us() + 1);
        next.max(soon)
    }

    /// A context that is being stopped ends when nothing is under way in it, or when it has had its time.
    pub(super) fn stop_drained(&mut self) {
        if self.of.injected == Some(ProtocolFault::LeaseReleasedBeforeLastGroup) {
            self.release_early();
        }
        let now = self.time.now();
        let drained =
            |replica: &&mut SimReplica| replica.stops_at.is_some_and(|at| at <= now || replica.handle.is_idle());
        let replicas = self.services.iter_mut().flat_map(|service| &mut service.replicas);
        replicas.filter(|replica| replica.is_up()).filter(drained).for_each(|replica| {
            replica.stops_at = None;
            replica.handle.mailbox.stop();
        });
    }

    /// A message arrives in its receiver's mailbox.
    pub fn deliver(&mut self, flight: Flight) -> Lived {
        let envelope = match &self.faulty {
            Some(faulty) => faulty.arrives(flight.envelope),
            None => flight.envelope,
        };
        let to = index(&self.of.system, &envelope.to);
        self.refused_by_a_ghost(to, &envelope)?;
        self.tell(|world| format!("{} gets from {}: {}", world.name(to), envelope.from, envelope.message));
        if let Some(refused) = self.provider.declines(&envelope).filter(|_| self.services[to].is_up()) {
            let _lost = self.network.send(refused);
            return Ok(());
        }
        let call = match &envelope.message {
            PeerMessage::Call(call) => Some((call.key.clone(), envelope.from.clone(), envelope.to.clone())),
            _ => None,
        };
        let replica = self.addressed(to);
        let until = flight.until;
        self.has_replied(&envelope.message);
        let again = self.network.holds.then(|| Flight { at: until, until, envelope: envelope.clone() });
        if self.services[to].replicas[replica].handle.mailbox.message(envelope).is_err() {
            if let Some(again) = again.filter(|_| self.time.now() < until) {
                self.network.send_again(again);
                return Ok(());
            }
            self.tell(|world| format!("{} does not take it", world.name(to)));
            // the caller learns it, or never
            if let Some((key, caller, callee)) = call.filter(|_| self.random.percent(50)) {
                let reply = PeerMessage::Reply { key, result: Err(CallError::Unreachable) };
                let _lost = self.network.send(Envelope::new(callee, caller, reply));
            }
        } else if let Some(taken) = again.filter(|_| call.is_some()) {
            self.unreplied.push((to, replica, taken));
        }
        Ok(())
    }

    /// One consumer reads at most so many events of one source, and nobody else reads any.
    pub(super) fn read(&mut self, at: usize, subscription: &SubscriptionKey, at_most: usize) -> Lived {
        self.allow_reading(Reading::Subscription {
            context: self.name(at),
            subscription: subscription.clone(),
            at_most,
        });
        self.services[at].owner().handle.mailbox.news();
        self.run(at, self.services[at].newest)?;
        self.allow_reading(Reading::Nothing);
        Ok(())
    }

    /// Events in what is known of a context's log.
    pub(super) fn logged(&self, source: &str) -> u64 {
        self.services[index(&self.of.system, source)].known.len()
    }
}
