//! After the chaos: every context is up, nothing is lost any more, and all must come to rest within a bounded time.
use super::broken::{Lived, broken, ensure};
use super::feed::Reading;
use super::lock::lock;
use super::service::{Service, open_subscriptions};
use super::world::World;
use runtime::driver::Driver;
use runtime::machine::Machine;
use runtime::port::work::ProviderMode;

/// Rounds in which everything happens that can; far more than any pause that doubles can need.
const ROUNDS: u64 = 2_000;

/// Turns of one round; a driver that always wants another turn comes to no end.
const TURNS: usize = 5_000;

impl World<'_> {
    pub fn rest(&mut self) -> Lived {
        self.calm_down();
        for round in 0..self.rounds() {
            self.random.restart(self.seed, (1 << 40) + round);
            self.round()?;
            if self.at_rest() {
                return self.close_all();
            }
            self.time.pass_to(self.next_wake());
        }
        broken("stuck", self.under_way())
    }

    /// Leases are looked at often.
    fn rounds(&self) -> u64 {
        if self.network.holds { 4 * ROUNDS } else { ROUNDS }
    }

    fn calm_down(&mut self) {
        self.tell(|_| "calm".into());
        self.update_all();
        self.active.calm_down();
        self.provider.set_mode(ProviderMode::Approve);
        self.allow_reading(Reading::Everything);
        for service in &mut self.services {
            service.outage.end();
            for replica in &mut service.replicas {
                replica.process.go_on();
                replica.join_again();
            }
        }
    }

    pub(super) fn round(&mut self) -> Lived {
        self.stop_drained();
        for (at, replica) in self.down() {
            self.start(at, replica)?;
        }
        self.look_around()?;
        self.relay_all();
        self.ask_again()?;
        self.arrive_late()?;
        self.network.take_ready().into_iter().try_for_each(|flight| self.deliver(flight))?;
        self.run_all_ready()
    }

    fn run_all_ready(&mut self) -> Lived {
        for _ in 0..TURNS {
            let ready = self.ready();
            let Some((at, replica)) = self.random.one_of(&ready) else { return Ok(()) };
            self.run(*at, *replica)?;
        }
        broken("stuck", format!("drivers want turn after turn; {}", self.under_way()))
    }

    /// One that is not started by hand claims what it has given back.
    fn begin_again(&mut self, at: usize, replica: usize) -> Lived {
        if !self.services[at].is_clustered() {
            return self.start(at, replica);
        }
        self.claim(at, replica, false)?;
        self.look(at, replica)
    }

    fn at_rest(&self) -> bool {
        let idle = |driver: &Driver| {
            let machine = driver.machine();
            machine.is_idle() && !machine.is_dirty() && machine.wakes_at().is_none()
        };
        let stands_by =
            |service: &Service, number: usize| number == service.newest || !service.replicas[number].is_up();
        self.network.is_empty()
            && self.unasked.is_empty()
            && lock(&self.late).is_empty()
            && self.services.iter().all(|service| service.owner().driver.as_ref().is_some_and(idle))
            && self.services.iter().all(|s| s.owner().handle.is_idle() && s.owner().stops_at.is_none())
            && self.services.iter().all(|service| (0..service.replicas.len()).all(|n| stands_by(service, n)))
            && self.behind().next().is_none()
    }

    /// Consumers that have not read all there is.
    fn behind(&self) -> impl Iterator<Item = String> {
        let all = self.services.iter().filter_map(|service| Some((service.name, service.machine()?)));
        all.flat_map(|(name, machine)| {
            let late = |source: &str, position| self.logged(source) > position;
            open_subscriptions(machine, late)
                .into_iter()
                .map(move |subscription| format!("{name} has still to read {subscription}"))
        })
    }

    fn under_way(&self) -> String {
        let all = self.services.iter().filter_map(|service| Some((service.name, service.machine()?)));
        let busy = all.filter(|(_, machine)| !machine.is_idle() || machine.is_dirty());
        let work: Vec<String> = busy.map(|(name, machine)| format!("{name}: {:?}", machine.status())).collect();
        let behind: Vec<String> = self.behind().collect();
        format!("{} messages under way; {}; {}", self.network.len(), work.join("; "), behind.join("; "))
    }

    /// Stops every context in peace: the next process has nothing to ask about.
    fn close_all(&mut self) -> Lived {
        for at in 0..self.services.len() {
            let parked = self.services[at].machine().map_or(0, |machine| machine.status().parked_events);
            if parked > 0 {
                let parked = self.services[at].store().map(|store| store.parked());
                return broken("parked", format!("{}: {parked:?}", self.name(at)));
            }
            let owner = self.services[at].newest;
            self.services[at].owner_mut().leaves_to = Some(None);
            self.services[at].owner().handle.mailbox.stop();
            self.run(at, owner)?;
            let name = self.name(at);
            ensure(!self.services[at].is_up(), "closed", || format!("{name} does not stop"))?;
            self.begin_again(at, owner)?;
            let status = self.services[at].machine().map(Machine::status).unwrap_or_default();
            ensure(status.in_doubt == 0, "closed", || format!("{name} closed in peace and opened in doubt"))?;
            ensure(status.stopped_consumer.is_none(), "closed", || format!("{:?}", status.stopped_consumer))?;
        }
        Ok(())
    }
}
