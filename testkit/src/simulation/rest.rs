//! After the chaos: everybody is up, nothing is lost any more, and all must come to rest within a bounded time.
use super::broken::{Lived, broken, ensure};
use super::dice::Dice;
use super::network::Provider;
use super::service::wants;
use super::world::World;
use kernel::Timestamp;
use runtime::machine::Machine;
use runtime::message::Input;

/// Rounds in which everybody hears everything there is; far more than any pause that doubles can need.
const ROUNDS: u64 = 400;

impl World<'_> {
    pub fn rest(&mut self) -> Lived {
        self.tell(|_| "calm".into());
        (self.calm, self.provider) = (true, Provider::Approves);
        for round in 0..ROUNDS {
            self.dice = Dice::of(self.seed, (1 << 40) + round);
            self.round()?;
            if self.at_rest() {
                return self.close();
            }
            self.now = self.next_wake();
        }
        broken("stuck", self.under_way())
    }

    fn round(&mut self) -> Lived {
        let mut order: Vec<usize> = (0..self.services.len()).collect();
        self.dice.shuffle(&mut order);
        for at in order.iter().copied() {
            if self.services[at].process.is_none() {
                self.start(at)?;
            }
            self.provide(at);
        }
        let (mut ready, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.flights).into_iter().partition(|flight| flight.at <= self.now);
        self.flights = later;
        self.dice.shuffle(&mut ready);
        ready.into_iter().try_for_each(|flight| self.deliver(flight))?;
        for at in order {
            let has = |source: &str, position| self.logged(source) > position;
            let open = self.services[at].machine().map(|machine| wants(machine, has)).unwrap_or_default();
            open.iter().try_for_each(|link| self.hear(at, link, 0, usize::MAX))?;
            self.step(at, Input::Tick)?;
            self.flush(at)?;
        }
        Ok(())
    }

    /// When the next message arrives or the next pause is over.
    pub(super) fn next_wake(&self) -> Timestamp {
        let flights = self.flights.iter().map(|flight| flight.at);
        let wakes = self.services.iter().filter_map(|service| {
            let wakes = service.machine()?.wakes_at()?;
            Some(Timestamp(wakes.0 - service.skew_ms as i64 * 1000))
        });
        flights.chain(wakes).min().map_or(self.now, |next| next.max(self.now)).plus_ms(1)
    }

    fn at_rest(&self) -> bool {
        let idle = |machine: &Machine| machine.idle() && !machine.dirty() && machine.wakes_at().is_none();
        self.flights.is_empty()
            && self.services.iter().all(|service| service.machine().is_some_and(idle))
            && self.behind().next().is_none()
    }

    /// Consumers that have not read all there is.
    fn behind(&self) -> impl Iterator<Item = String> {
        let all = self.services.iter().filter_map(|service| service.machine());
        all.flat_map(|machine| {
            let late = |source: &str, position| self.logged(source) > position;
            let words = move |(consumer, source, position)| {
                format!("{} ({consumer}) has read {source} to {position}", machine.context().name)
            };
            wants(machine, late).into_iter().map(words)
        })
    }

    fn under_way(&self) -> String {
        let machines = self.services.iter().filter_map(|service| service.machine());
        let gauges: Vec<String> = machines
            .filter(|machine| !machine.idle())
            .map(|machine| format!("{}: {:?}", machine.context().name, machine.gauges()))
            .collect();
        let behind: Vec<String> = self.behind().collect();
        format!("{} messages under way; {}; {}", self.flights.len(), gauges.join("; "), behind.join("; "))
    }

    /// Ends every process in peace: the next one has nothing to ask about.
    fn close(&mut self) -> Lived {
        for at in 0..self.services.len() {
            let parked = self.services[at].machine().map_or(0, Machine::parked);
            if parked > 0 {
                let aside = self.services[at].process.as_ref().map(|process| process.store.parked());
                return broken("parked", format!("{}: {aside:?}", self.name(at)));
            }
            self.services[at].flush(true)?;
            self.start(at)?;
            let gauges = self.services[at].machine().map(Machine::gauges).unwrap_or_default();
            ensure(gauges.in_doubt == 0, "closed", || {
                format!("{} closed in peace and opened in doubt", self.name(at))
            })?;
            ensure(gauges.stopped_consumer.is_none(), "closed", || format!("{:?}", gauges.stopped_consumer))?;
        }
        Ok(())
    }
}
