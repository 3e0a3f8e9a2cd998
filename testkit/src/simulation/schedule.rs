//! One random thing happens.
use super::broken::Lived;
use super::faults::Fault;
use super::world::World;
use runtime::port::work::ProviderMode;

/// A wall clock is set by up to an hour.
const CLOCK_STEP_MS: u64 = 3_600_000;

impl World<'_> {
    /// Every draw of a step comes from its own numbers, so that a step that is left out changes no other's.
    pub fn happen(&mut self, step: u64) -> Lived {
        self.random.restart(self.seed, step);
        self.time.pass_ms(self.random.below(7));
        self.stop_drained();
        let at = self.random.index(self.services.len());
        match self.random.below(100) {
            0..15 => self.send_request(),
            15..43 => self.deliver_one(),
            43..86 => self.run_one(),
            86..90 => self.wait(),
            90..93 => self.start_one(),
            93..96 => self.end(at),
            96 => self.spoil_disk(at),
            97 => self.set_clock(at),
            _ => self.change_provider(),
        }
    }

    fn deliver_one(&mut self) -> Lived {
        match self.network.take_any() {
            Some(flight) => self.deliver(flight),
            None => {
                self.time.pass_to(self.network.next_arrival().unwrap_or_default());
                Ok(())
            }
        }
    }

    fn run_one(&mut self) -> Lived {
        let ready = self.ready();
        match self.random.one_of(&ready) {
            Some(at) => self.run(*at)?,
            None => self.time.pass_to(self.next_wake()),
        }
        self.restart_some()
    }

    /// Of the contexts whose process has just ended in the middle of a turn, many are started at once.
    fn restart_some(&mut self) -> Lived {
        for at in 0..self.services.len() {
            let has_crashed = !self.services[at].is_up() && self.services[at].process.has_ended();
            if has_crashed && self.random.percent(60) {
                self.start(at)?;
            }
        }
        Ok(())
    }

    fn wait(&mut self) -> Lived {
        let ms = if self.random.percent(12) { self.random.between(300..2500) } else { self.random.below(60) };
        self.time.pass_ms(ms);
        Ok(())
    }

    fn start_one(&mut self) -> Lived {
        let down: Vec<usize> = (0..self.services.len()).filter(|at| !self.services[*at].is_up()).collect();
        self.random.one_of(&down).map_or(Ok(()), |at| self.start(*at))
    }

    fn end(&mut self, at: usize) -> Lived {
        if !self.services[at].is_up() {
            return Ok(());
        }
        match self.random.below(10) {
            0..3 if self.active.on(Fault::Outages) => self.crash(at),
            3..5 if self.active.on(Fault::Crashes) => {
                self.crash(at);
                self.start(at)?;
            }
            5..8 if self.active.on(Fault::Crashes) => self.services[at].process.end_after(self.random.below(8)),
            8..10 if self.active.on(Fault::Stops) => self.begin_to_stop(at),
            _ => {}
        }
        Ok(())
    }

    fn begin_to_stop(&mut self, at: usize) {
        self.tell(|world| format!("{} is to stop", world.name(at)));
        let service = &mut self.services[at];
        service.handle.mailbox.stop_taking();
        service.stops_at = Some(self.time.now().plus_ms(self.random.below(400)));
    }

    fn spoil_disk(&mut self, at: usize) -> Lived {
        if self.active.on(Fault::Disks) {
            let until = self.time.now().plus_ms(self.random.between(1..400));
            self.tell(|world| format!("the disk of {} fails for a while", world.name(at)));
            self.services[at].outage.begin(until, self.random.percent(60));
        }
        Ok(())
    }

    fn set_clock(&mut self, at: usize) -> Lived {
        if self.active.on(Fault::ClockSteps) {
            let ms = self.random.below(2 * CLOCK_STEP_MS) as i64 - CLOCK_STEP_MS as i64;
            self.tell(|world| format!("the wall clock of {} is set to {ms} ms ahead", world.name(at)));
            self.services[at].clock.set_wall_ahead_ms(ms);
        }
        Ok(())
    }

    fn change_provider(&mut self) -> Lived {
        if self.active.on(Fault::Providers) {
            let usual = self.random.percent(40);
            let any = self.random.one_of(&ProviderMode::ALL).copied().unwrap_or_default();
            let mode = if usual { ProviderMode::Approve } else { any };
            self.provider.set_mode(mode);
            self.tell(|_| format!("the provider's mode is {}", mode.name()));
        }
        Ok(())
    }
}
