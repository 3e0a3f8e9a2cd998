//! A failing lifetime made short: whole classes of faults first, then steps, while it still breaks the same promise.
use super::broken::Broken;
use super::faults::Fault;
use super::{Plan, Simulation};

/// Lifetimes lived at most for one shrinking.
const TRIES: usize = 3000;

pub struct Shrinking<'a> {
    of: &'a Simulation,
    broken: Broken,
    tries: usize,
}

impl<'a> Shrinking<'a> {
    pub fn new(of: &'a Simulation, broken: Broken) -> Shrinking<'a> {
        Shrinking { of, broken, tries: TRIES }
    }

    fn still(&mut self, plan: &Plan) -> bool {
        if self.tries == 0 {
            return false;
        }
        self.tries -= 1;
        match self.of.live(plan) {
            Err(broken) if broken.check == self.broken.check => {
                self.broken = broken;
                true
            }
            _ => false,
        }
    }

    /// Again and again, until nothing more can be left out: a step may be needed only by one that went later.
    pub fn shrink(mut self, mut plan: Plan) -> (Plan, Broken) {
        loop {
            let before = (plan.steps.len(), plan.faults);
            self.leave_out_faults(&mut plan);
            self.leave_out_steps(&mut plan);
            if before == (plan.steps.len(), plan.faults) {
                return (plan, self.broken);
            }
        }
    }

    fn leave_out_faults(&mut self, plan: &mut Plan) {
        for fault in Fault::ALL {
            let fewer = Plan { faults: plan.faults.without(fault), ..plan.clone() };
            if self.still(&fewer) {
                *plan = fewer;
            }
        }
    }

    fn leave_out_steps(&mut self, plan: &mut Plan) {
        let mut size = plan.steps.len().div_ceil(2);
        while size > 0 && self.tries > 0 {
            let mut from = 0;
            while from < plan.steps.len() {
                let mut fewer = plan.clone();
                fewer.steps.drain(from..(from + size).min(plan.steps.len()));
                if self.still(&fewer) { *plan = fewer } else { from += size }
            }
            size = if size == 1 { 0 } else { size.div_ceil(2) };
        }
    }
}
