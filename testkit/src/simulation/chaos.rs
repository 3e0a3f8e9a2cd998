//! One random thing happens.
use super::broken::Lived;
use super::dice::Dice;
use super::faults::Fault;
use super::network::Provider;
use super::service::{Link, index};
use super::world::World;
use runtime::machine::Machine;
use runtime::message::Input;

impl World<'_> {
    /// Every draw of a step comes from its own number, so that a step left out changes no other's dice.
    pub fn happen(&mut self, step: u64) -> Lived {
        self.dice = Dice::of(self.seed, step);
        self.now = self.now.plus_ms(self.dice.roll(7));
        let at = self.dice.index(self.services.len());
        match self.dice.roll(100) {
            0..15 => self.ask(),
            15..44 => self.deliver_one(),
            44..65 => self.flush_one(),
            65..91 => self.hear_some(),
            91..95 => self.wait(at),
            95..98 => self.end_or_begin(at),
            _ => {
                self.change_provider();
                Ok(())
            }
        }
    }

    fn deliver_one(&mut self) -> Lived {
        let ready: Vec<usize> = (0..self.flights.len()).filter(|i| self.flights[*i].at <= self.now).collect();
        match self.dice.one_of(&ready).copied() {
            Some(flight) => {
                let flight = self.flights.swap_remove(flight);
                self.deliver(flight)
            }
            None => {
                self.now = self.flights.iter().map(|flight| flight.at).min().unwrap_or(self.now).max(self.now);
                Ok(())
            }
        }
    }

    fn flush_one(&mut self) -> Lived {
        let urgent = |at: &usize| self.services[*at].machine().is_some_and(Machine::urgent);
        let urgent: Vec<usize> = (0..self.services.len()).filter(urgent).collect();
        let any = self.dice.index(self.services.len());
        let usual = if self.dice.percent(85) { self.dice.one_of(&urgent).copied() } else { None };
        self.flush(usual.unwrap_or(any))
    }

    fn hear_some(&mut self) -> Lived {
        let again = self.faults.on(Fault::Redelivery) && self.dice.percent(30);
        let skip = if again { 1 - self.dice.roll(5) as i64 } else { 0 };
        let count = self.open(again).count();
        let chosen = self.dice.index(count);
        let Some((at, (consumer, source, position))) = self.open(again).nth(chosen) else { return Ok(()) };
        let link: Link = (consumer.into(), source.into(), position);
        let most = 1 + self.dice.index(6);
        self.hear(at, &link, skip, most)
    }

    /// Every link with something to hear: in a world of hundreds of steps, counted before it is named.
    fn open(&self, again: bool) -> impl Iterator<Item = (usize, (&str, &str, u64))> {
        let machines = self.services.iter().enumerate().filter_map(|(at, service)| Some((at, service.machine()?)));
        let links = machines.flat_map(|(at, machine)| machine.wants().map(move |link| (at, link)));
        links.filter(move |(_, (_, source, position))| again || self.logged(source) > *position)
    }

    pub(super) fn logged(&self, source: &str) -> u64 {
        self.services[index(&self.of.system, source)].log.len() as u64
    }

    fn wait(&mut self, at: usize) -> Lived {
        let ms = if self.dice.percent(12) { self.dice.between(300..2500) } else { self.dice.roll(60) };
        self.now = self.now.plus_ms(ms);
        self.step(at, Input::Tick)
    }

    fn end_or_begin(&mut self, at: usize) -> Lived {
        if self.services[at].process.is_none() {
            self.tell(|w| format!("{} starts again", w.name(at)));
            return self.start(at);
        }
        let stays_down = self.dice.percent(30);
        if stays_down && self.faults.on(Fault::Outages) {
            self.crash(at);
        } else if !stays_down && self.faults.on(Fault::Crashes) {
            self.crash(at);
            self.start(at)?;
        }
        Ok(())
    }

    fn change_provider(&mut self) {
        if !self.faults.on(Fault::Providers) {
            return;
        }
        let usual = self.dice.percent(40);
        let mode = self.dice.one_of(&Provider::ALL).copied().unwrap_or(Provider::Approves);
        self.provider = if usual { Provider::Approves } else { mode };
        let mode = self.provider;
        self.tell(|_| format!("the provider {mode:?}"));
        (0..self.services.len()).for_each(|at| self.provide(at));
    }
}
