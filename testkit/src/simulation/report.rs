//! What many lifetimes came to.
use super::Plan;
use super::broken::Broken;
use kernel::System;
use runtime::error::{Error, reason};
use runtime::request::Response;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// What happened in one lifetime, or in many.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Turns of drivers.
    pub turns: u64,
    pub events: u64,
    pub requests: u64,
    pub crashes: u64,
    /// Of contexts, by their processes.
    pub claims: u64,
    /// Disks that went back in time, and those of which that was noticed; of the others, nobody who knew what is gone was left.
    pub went_back: u64,
    pub noticed: u64,
    pub voided: u64,
    /// Answers by what they say: done, unavailable, or the class of a refusal.
    pub answers: BTreeMap<String, u64>,
}

impl Counts {
    pub fn answer(&mut self, outcome: String) {
        *self.answers.entry(outcome).or_default() += 1;
    }

    pub fn add(&mut self, other: &Counts) {
        self.turns += other.turns;
        self.events += other.events;
        self.requests += other.requests;
        self.crashes += other.crashes;
        self.claims += other.claims;
        self.went_back += other.went_back;
        self.noticed += other.noticed;
        self.voided += other.voided;
        for (outcome, count) in &other.answers {
            *self.answers.entry(outcome.clone()).or_default() += count;
        }
    }
}

/// What a response says, in a word.
pub fn outcome(system: &System, response: &Response) -> String {
    match response {
        Ok(_) => "Done".into(),
        Err(Error::Refused(refusal)) => {
            reason(system, refusal).map_or_else(|| "UnknownCode".into(), |reason| format!("{:?}", reason.class))
        }
        Err(Error::Unavailable { .. }) => "Unavailable".into(),
        Err(Error::Unknown { .. }) => "Unknown".into(),
    }
}

/// A lifetime that broke a promise, as short as it could be made.
#[derive(Clone, Debug)]
pub struct Found {
    pub seed: u64,
    pub broken: Broken,
    /// What is left of the plan after shrinking.
    pub plan: Plan,
    pub lines: Vec<String>,
    pub replay: String,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {} breaks {}", self.seed, self.broken)?;
        writeln!(f, "shrunk to {} steps with {:?}:", self.plan.steps.len(), self.plan.faults)?;
        self.lines.iter().try_for_each(|line| writeln!(f, "  {line}"))?;
        write!(f, "replay: {}", self.replay)
    }
}

/// All lifetimes of one run.
#[derive(Clone, Debug, Default)]
pub struct SimulationReport {
    pub system: &'static str,
    pub lifetimes: u64,
    pub counts: Counts,
    pub took: Duration,
    pub found: Option<Found>,
}

impl fmt::Display for SimulationReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, lives) = (self.took.as_secs_f64().max(1e-9), self.lifetimes.max(1) as f64);
        let each = |count: u64| count as f64 / lives;
        let Counts { turns, events, requests, crashes, claims, voided, answers, .. } = &self.counts;
        write!(
            f,
            "{}: {} lifetimes in {seconds:.1} s = {:.0}/s; each {:.0} turns, {:.1} events, {:.1} requests, {:.1} crashes, {:.1} claims, {:.1} calls voided; answers {answers:?}",
            self.system,
            self.lifetimes,
            lives / seconds,
            each(*turns),
            each(*events),
            each(*requests),
            each(*crashes),
            each(*claims),
            each(*voided),
        )
    }
}
