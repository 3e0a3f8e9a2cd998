//! Drivers take their turns: one whose bell has rung, whose moment has come, or who said that it goes on.
use super::broken::Lived;
use super::feed::Reading;
use super::network::Flight;
use super::service::{Service, index};
use super::world::World;
use kernel::SubscriptionKey;
use runtime::driver::Turn;
use runtime::message::{CallError, PeerMessage};
use runtime::port::clock::Moment;
use runtime::port::peers::{Envelope, Peers};

impl World<'_> {
    /// One turn of a driver.
    pub fn run(&mut self, at: usize) -> Lived {
        let service = &mut self.services[at];
        service.hush();
        let Some(driver) = &mut service.driver else { return Ok(()) };
        self.counts.turns += 1;
        let turn = driver.run_once();
        let head = driver.machine().head();
        self.trace.mix(head.position ^ (head.change << 20) ^ ((at as u64) << 40) ^ (self.time.now().us() << 44));
        match turn {
            Turn::Again => service.wakes_at = Moment::default(),
            Turn::Sleep(until) => service.wakes_at = service.clock.world_moment(until),
            Turn::Stop => self.close(at),
        }
        self.observe(at)
    }

    fn close(&mut self, at: usize) {
        if let Some(driver) = self.services[at].driver.take() {
            driver.close();
            self.tell_known_stores();
            self.tell(|world| format!("{} stops", world.name(at)));
            if self.services[at].process.has_ended() {
                self.crash(at);
            }
        }
    }

    pub(super) fn ready(&self) -> Vec<usize> {
        let now = self.time.now();
        (0..self.services.len()).filter(|at| self.services[*at].is_ready(now)).collect()
    }

    /// Runs the first driver that wants a turn; `false`: none does.
    pub(super) fn run_next(&mut self) -> Lived<bool> {
        let now = self.time.now();
        match self.services.iter().position(|service| service.is_ready(now)) {
            Some(at) => self.run(at).map(|()| true),
            None => Ok(false),
        }
    }

    /// When the next message arrives or the next driver wakes up by itself; a moment later than now.
    pub(super) fn next_wake(&self) -> Moment {
        let wakes = self.services.iter().filter(|service| service.is_up()).map(|service| service.wakes_at);
        let next = wakes.chain(self.network.next_arrival()).min().unwrap_or_default();
        let soon = Moment::from_us(self.time.now().us() + 1);
        next.max(soon)
    }

    /// A context that is being stopped ends when nothing is under way in it, or when it has had its time.
    pub(super) fn stop_drained(&mut self) {
        let now = self.time.now();
        let drained = |service: &&mut Service| service.stops_at.is_some_and(|at| at <= now || service.handle.is_idle());
        self.services.iter_mut().filter(|service| service.is_up()).filter(drained).for_each(|service| {
            service.stops_at = None;
            service.handle.mailbox.stop();
        });
    }

    /// A message arrives in its receiver's mailbox.
    pub fn deliver(&mut self, flight: Flight) -> Lived {
        let envelope = match &self.faulty {
            Some(faulty) => faulty.arrives(flight.envelope),
            None => flight.envelope,
        };
        let to = index(&self.of.system, &envelope.to);
        self.tell(|world| format!("{} gets from {}: {}", world.name(to), envelope.from, envelope.message));
        if let Some(refused) = self.provider.declines(&envelope).filter(|_| self.services[to].is_up()) {
            let _lost = self.network.send(refused);
            return Ok(());
        }
        let call = match &envelope.message {
            PeerMessage::Call(call) => Some((call.key.clone(), envelope.from.clone(), envelope.to.clone())),
            _ => None,
        };
        if self.services[to].handle.mailbox.message(envelope).is_err() {
            self.tell(|world| format!("{} does not take it", world.name(to)));
            // the caller learns it, or never
            if let Some((key, caller, callee)) = call.filter(|_| self.random.percent(50)) {
                let reply = PeerMessage::Reply { key, result: Err(CallError::Unreachable) };
                let _lost = self.network.send(Envelope::new(callee, caller, reply));
            }
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
        self.services[at].handle.mailbox.news();
        self.run(at)?;
        self.allow_reading(Reading::Nothing);
        Ok(())
    }

    /// Events in what is known of a context's log.
    pub(super) fn logged(&self, source: &str) -> u64 {
        self.services[index(&self.of.system, source)].known.len()
    }
}
