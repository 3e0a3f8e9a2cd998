//! One random thing happens.
use super::broken::Lived;
use super::dice::Dice;
use super::faults::Fault;
use super::network::Provider;
use super::service::wants;
use super::world::World;
use runtime::message::Input;

impl World<'_> {
    /// Every draw of a step comes from its own number, so that a step left out changes no other's dice.
    pub fn happen(&mut self, step: u64) -> Lived {
        self.dice = Dice::of(self.seed, step);
        self.now = self.now.plus_ms(self.dice.roll(7));
        let at = self.dice.index(self.services.len());
        match self.dice.roll(100) {
            0..15 => self.ask(),
            15..42 => self.deliver_one(),
            42..60 => self.flush(at),
            60..83 => self.hear_some(at),
            83..92 => self.wait(at),
            92..97 => self.end_or_begin(at),
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

    fn hear_some(&mut self, at: usize) -> Lived {
        let Some(machine) = self.services[at].machine() else { return Ok(()) };
        let links = wants(machine);
        let Some(link) = self.dice.one_of(&links).cloned() else { return Ok(()) };
        let skip = match self.dice.roll(8) {
            0 if self.faults.on(Fault::Redelivery) => 1,
            1..4 if self.faults.on(Fault::Redelivery) => -(self.dice.roll(4) as i64),
            _ => 0,
        };
        let most = 1 + self.dice.index(6);
        self.hear(at, &link, skip, most)
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
