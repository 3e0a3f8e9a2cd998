//! Contexts are handed over again and again, and nothing else goes wrong: no request may fail by it.
use super::broken::{Lived, ensure};
use super::check;
use super::faults::{ActiveFaults, Fault, Faults};
use super::random::Random;
use super::trace::Trace;
use super::world::World;
use super::{Plan, Simulation};
use runtime::error::{Error, UnavailableReason};
use runtime::request::Response;

/// Who waits at least so long is answered, whatever is handed over meanwhile.
const PATIENT_MS: u64 = 1500;
const STEPS: u64 = 300;

impl Simulation {
    /// Gives how many claims and how many answered requests there were.
    #[track_caller]
    pub fn hands_over_unnoticed(&self, seeds: std::ops::Range<u64>) -> (u64, usize) {
        let (mut claims, mut requests) = (0, 0);
        for seed in seeds {
            let (claimed, answered) = self.handed_over(seed).unwrap_or_else(|broken| panic!("seed {seed}: {broken}"));
            (claims, requests) = (claims + claimed, requests + answered);
        }
        (claims, requests)
    }

    fn handed_over(&self, seed: u64) -> Lived<(u64, usize)> {
        let faults = [Fault::Replicas, Fault::HandOvers].into_iter().fold(Faults::NONE, Faults::with);
        let plan = Plan { seed, steps: vec![], faults };
        let (active, random) = (ActiveFaults::new(faults, false), Random::from_seed(seed, u64::MAX));
        let mut world = World::within(self, &plan, active, self.limits.clone(), random, Trace::new(false))?;
        if !world.network.holds {
            return Ok((0, 0));
        }
        (0..STEPS).try_for_each(|step| world.hand_over_now_and_then(step))?;
        world.rest()?;
        check::all(&mut world)?;
        for (number, sent) in world.requests.iter().enumerate() {
            let is_patient = sent.asked.time_left_ms >= PATIENT_MS;
            ensure(!is_patient || sent.response.as_ref().is_some_and(is_answered), "handed over", || {
                format!("request {number} is answered {:?}", sent.response)
            })?;
        }
        Ok((world.counts.claims, world.requests.len()))
    }
}

/// What a rule says, or a limit that is met.
fn is_answered(response: &Response) -> bool {
    use UnavailableReason::{BulkheadFull, CircuitOpen, QueueFull};
    match response {
        Ok(_) | Err(Error::Refused(_)) => true,
        Err(Error::Unavailable { reason, .. }) => matches!(reason, BulkheadFull | CircuitOpen | QueueFull),
        Err(Error::Unknown { .. }) => false,
    }
}

impl World<'_> {
    fn hand_over_now_and_then(&mut self, step: u64) -> Lived {
        self.random.restart(self.seed, step);
        self.time.pass_ms(self.random.below(6));
        let at = self.random.index(self.services.len());
        match self.random.below(100) {
            0..30 => self.send_request()?,
            30..33 if self.services[at].is_up() && self.services[at].owner().leaves_to.is_none() => {
                self.begin_to_stop(at, true);
            }
            _ => {}
        }
        self.round()
    }
}
