//! One random thing happens.
use super::broken::Lived;
use super::faults::Fault;
use super::lock::lock;
use super::store::LateGroup;
use super::world::World;
use runtime::port::work::ProviderMode;

/// A wall clock is set by up to an hour.
const CLOCK_STEP_MS: u64 = 3_600_000;

impl World<'_> {
    /// Every draw of a step comes from its own numbers, so that a step that is left out changes no other's.
    pub fn happen(&mut self, step: u64) -> Lived {
        self.follow(step)?;
        self.random.restart(self.seed, step);
        self.time.pass_ms(self.random.below(7));
        self.stop_drained();
        self.look_around()?;
        self.relay_some();
        let at = self.random.index(self.services.len());
        if self.network.holds && self.random.percent(10) {
            return self.trouble(at);
        }
        self.ask_again()?;
        self.arrive_late()?;
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
            Some((at, replica)) => self.run(*at, *replica)?,
            None => self.time.pass_to(self.next_wake()),
        }
        self.restart_some()
    }

    /// Of the processes that have just ended in the middle of a turn, many are started at once.
    fn restart_some(&mut self) -> Lived {
        for (at, replica) in self.down() {
            let has_crashed = self.services[at].replicas[replica].process.has_ended();
            if has_crashed && self.random.percent(60) {
                self.start(at, replica)?;
            }
        }
        Ok(())
    }

    /// Processes that are to be started: of those that stand by, the ones that have ended.
    pub(super) fn down(&self) -> Vec<(usize, usize)> {
        self.replicas_that(|replica| match replica.looks_at {
            Some(_) => replica.process.has_ended(),
            None => !replica.is_up(),
        })
    }

    fn wait(&mut self) -> Lived {
        let ms = if self.random.percent(12) { self.random.between(300..2500) } else { self.random.below(60) };
        self.time.pass_ms(ms);
        Ok(())
    }

    fn start_one(&mut self) -> Lived {
        let down = self.down();
        self.random.one_of(&down).map_or(Ok(()), |(at, replica)| self.start(*at, *replica))
    }

    fn end(&mut self, at: usize) -> Lived {
        if !self.services[at].is_up() || self.went_back == Some(at) {
            return Ok(());
        }
        let owner = self.services[at].newest;
        match self.random.below(10) {
            0..3 if self.active.on(Fault::Outages) => self.crash(at, owner),
            3..5 if self.active.on(Fault::Crashes) => {
                self.crash(at, owner);
                self.start(at, owner)?;
            }
            5..8 if self.active.on(Fault::Crashes) => self.services[at].owner().process.end_after(self.random.below(8)),
            8..10 if self.active.on(Fault::Stops) => self.begin_to_stop(at, false),
            _ => {}
        }
        Ok(())
    }

    /// What happens only to contexts of several processes.
    fn trouble(&mut self, at: usize) -> Lived {
        if self.went_back == Some(at) {
            return Ok(());
        }
        let replica = self.random.index(self.services[at].replicas.len());
        match self.random.below(100) {
            0..25 => return self.pause(at, replica),
            25..40 if self.active.on(Fault::Suspicions) => return self.suspect(at, replica),
            40..50 => self.set_server_clock(),
            50..52 => return self.go_back(at),
            52..75 if self.active.on(Fault::HandOvers) && self.services[at].is_up() => self.begin_to_stop(at, true),
            75..85 if self.active.on(Fault::Outages) && !self.services[at].replicas[replica].process.has_ended() => {
                self.crash(at, replica);
            }
            85..100 => self.time.pass_ms(self.random.below(self.times.lease_ms)),
            _ => {}
        }
        Ok(())
    }

    /// Groups of which nothing was heard arrive, unless their places are taken.
    pub(super) fn arrive_late(&mut self) -> Lived {
        let now = self.time.now();
        let due: Vec<LateGroup> = lock(&self.late).extract_if(.., |late| late.at <= now).collect();
        if due.iter().filter(|late| late.arrive()).count() == 0 {
            return Ok(());
        }
        self.tell(|_| "a group of which nothing was heard arrives".into());
        (0..self.services.len()).try_for_each(|at| self.look_at_log(at))
    }

    fn set_server_clock(&mut self) {
        if self.active.on(Fault::ServerClock) {
            let (ms, back) = (self.random.below(2 * self.times.lease_ms), self.random.percent(50));
            let ahead_ms = self.server_ahead_ms;
            self.server_ahead_ms = if back { ahead_ms.saturating_sub(ms) } else { ahead_ms + ms };
            self.server_set_at = Some(self.time.now());
            self.tell(|_| format!("the server's clock is set {ms} ms {}", if back { "back" } else { "ahead" }));
        }
    }

    /// A process stands still, mostly the owner.
    fn pause(&mut self, at: usize, replica: usize) -> Lived {
        let replica = if self.random.percent(60) { self.services[at].newest } else { replica };
        let lease_ms = self.times.lease_ms;
        let ms = if self.random.percent(30) { self.random.below(lease_ms) } else { self.random.below(3 * lease_ms) };
        if self.active.on(Fault::Pauses) {
            if self.random.percent(50) {
                self.finish_group(at, replica)?;
            }
            self.tell(|world| format!("{} stands still for {ms} ms", world.replica_name(at, replica)));
            let until = self.time.now().plus_ms(ms);
            let looks_at = until.plus_ms(self.random.below(lease_ms));
            self.services[at].replicas[replica].pause(until, looks_at);
        }
        Ok(())
    }

    /// One that has nothing to write does not learn from its next group that it was taken for gone.
    fn finish_group(&mut self, at: usize, replica: usize) -> Lived {
        for _ in 0..3 {
            self.run(at, replica)?;
            self.time.pass_ms(40);
        }
        Ok(())
    }

    /// A process that stands by takes the context over, whether its owner is gone or not.
    fn suspect(&mut self, at: usize, number: usize) -> Lived {
        let (service, now) = (&self.services[at], self.time.now());
        let replica = &service.replicas[number];
        let is_able = !replica.is_up() && replica.claimed.is_none() && !replica.process.has_ended();
        if is_able && !replica.is_paused(now) && !service.outage.lasts() {
            let early = service.lease.is_held(self.server_now());
            self.tell(|world| format!("{} takes the owner for gone", world.replica_name(at, number)));
            return self.claim(at, number, early);
        }
        Ok(())
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
            let replica = self.random.index(self.services[at].replicas.len());
            self.services[at].replicas[replica].clock.set_wall_ahead_ms(ms);
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
