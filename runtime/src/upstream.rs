//! What guards the way to another context: circuit breaker, bulkhead, retry budget. Time is passed in; every value is a limit.
use crate::error::UnavailableReason;
use crate::limits::Limits;
use crate::port::clock::Moment;
use kernel::Name;

/// Leave to ask once. Answers to an older generation are ignored by the breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    generation: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Circuit {
    Closed { failures: u32 },
    Open { until: Moment },
    HalfOpen { probes: u32 },
}

/// What an operator sees of an upstream.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct UpstreamStatus {
    pub name: String,
    pub state: String,
    pub failures: u32,
    pub in_flight: usize,
    pub retries: u64,
    pub turned_away: u64,
}

/// One named upstream of one context.
#[derive(Clone, Debug)]
pub struct Upstream {
    pub name: Name,
    circuit: Circuit,
    generation: u64,
    in_flight: usize,
    /// In hundredths of a retry.
    budget: u32,
    retries: u64,
    turned_away: u64,
}

/// Retries that may be saved up, in hundredths.
fn budget_max(limits: &Limits) -> u32 {
    limits.retries_saved_max * 100
}

impl Upstream {
    pub fn new(name: Name, limits: &Limits) -> Upstream {
        Upstream {
            name,
            circuit: Circuit::Closed { failures: 0 },
            generation: 0,
            in_flight: 0,
            budget: budget_max(limits),
            retries: 0,
            turned_away: 0,
        }
    }

    fn switch_to(&mut self, circuit: Circuit) {
        self.circuit = circuit;
        self.generation += 1;
    }

    /// `Err`: turned away; why, and the time to come back, in ms.
    pub fn enter(&mut self, now: Moment, limits: &Limits) -> Result<Permit, (UnavailableReason, u64)> {
        if let Circuit::Open { until } = self.circuit
            && now >= until
        {
            self.switch_to(Circuit::HalfOpen { probes: 0 });
        }
        let refused = match &mut self.circuit {
            _ if self.in_flight >= limits.calls_max => {
                Some((UnavailableReason::BulkheadFull, limits.retry_pause_ms.max(1000)))
            }
            Circuit::Closed { .. } => None,
            Circuit::Open { until } => Some((UnavailableReason::CircuitOpen, until.ms_since(now).max(1))),
            Circuit::HalfOpen { probes } if *probes >= limits.breaker_probes => {
                Some((UnavailableReason::CircuitOpen, limits.breaker_open_ms))
            }
            Circuit::HalfOpen { probes } => {
                *probes += 1;
                None
            }
        };
        match refused {
            Some(turned_away) => {
                self.turned_away += 1;
                Err(turned_away)
            }
            None => {
                self.in_flight += 1;
                Ok(Permit { generation: self.generation })
            }
        }
    }

    /// It answered, yes or no.
    pub fn answered(&mut self, permit: Permit, limits: &Limits) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.budget = (self.budget + limits.retry_percent).min(budget_max(limits));
        if permit.generation != self.generation {
            return;
        }
        match self.circuit {
            Circuit::Closed { .. } => self.circuit = Circuit::Closed { failures: 0 },
            Circuit::HalfOpen { .. } => self.switch_to(Circuit::Closed { failures: 0 }),
            Circuit::Open { .. } => {}
        }
    }

    /// It did not answer, or too late.
    pub fn failed(&mut self, permit: Permit, now: Moment, limits: &Limits) {
        self.in_flight = self.in_flight.saturating_sub(1);
        if permit.generation != self.generation {
            return;
        }
        let until = now.plus_ms(limits.breaker_open_ms);
        match &mut self.circuit {
            Circuit::Closed { failures } => {
                *failures += 1;
                if *failures >= limits.breaker_failures {
                    self.switch_to(Circuit::Open { until });
                }
            }
            Circuit::HalfOpen { .. } => self.switch_to(Circuit::Open { until }),
            Circuit::Open { .. } => {}
        }
    }

    /// Whether one more try fits the budget; takes it if so.
    pub fn may_retry(&mut self) -> bool {
        let may = self.budget >= 100;
        if may {
            self.budget -= 100;
            self.retries += 1;
        }
        may
    }

    /// An open circuit lets some through again from its moment on, whether anybody asks or not.
    pub fn status(&self, now: Moment) -> UpstreamStatus {
        let (state, failures) = match self.circuit {
            Circuit::Open { until } if now >= until => ("half-open", 0),
            Circuit::Closed { failures } => ("closed", failures),
            Circuit::Open { .. } => ("open", 0),
            Circuit::HalfOpen { .. } => ("half-open", 0),
        };
        UpstreamStatus {
            name: self.name.to_string(),
            state: state.to_string(),
            failures,
            in_flight: self.in_flight,
            retries: self.retries,
            turned_away: self.turned_away,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_circuit_is_shown_half_open_from_its_moment_on_although_nobody_asks() {
        let limits = Limits { breaker_failures: 1, breaker_open_ms: 2000, ..Limits::default() };
        let (mut upstream, start) = (Upstream::new("till", &limits), Moment::default());
        let permit = upstream.enter(start, &limits).expect("it is closed");
        upstream.failed(permit, start, &limits);
        assert_eq!(upstream.status(start.plus_ms(1999)).state, "open");
        assert_eq!(upstream.status(start.plus_ms(2000)).state, "half-open");
    }

    #[test]
    fn an_upstream_that_hangs_takes_no_more_than_its_own_share() {
        let limits = Limits { calls_max: 2, sagas_max: 5, ..Limits::default() };
        let (mut car, mut room) = (Upstream::new("car", &limits), Upstream::new("room", &limits));
        let now = Moment::default();
        assert!((0..2).all(|_| car.enter(now, &limits).is_ok()));
        assert!(car.enter(now, &limits).is_err());
        assert!(room.enter(now, &limits).is_ok());
        assert_eq!(car.status(now).turned_away, 1);
    }
}
