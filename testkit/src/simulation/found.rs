//! Planted faults, and the seeds that find them.
use super::Simulation;
use std::io::Write as _;

/// Says it on the terminal, also from a test that passes.
pub fn say(text: impl std::fmt::Display) {
    let _unheard = writeln!(std::io::stdout(), "{text}");
}

/// The simulation finds it within so many lifetimes, or proves nothing.
#[track_caller]
pub fn is_found(fault: &str, simulation: &Simulation, within: u64) {
    match simulation.first_broken(within) {
        Some((seed, broken)) => say(format_args!("  {fault}: by seed {seed}, {}", broken.check)),
        None => panic!("{fault}: not in {within} lifetimes"),
    }
}

/// Steps a planted fault may need when it is told.
const SHORT: usize = 25;

impl Simulation {
    /// The first lifetime that breaks a promise is told in a few steps, and in these words.
    #[track_caller]
    pub fn tells_short(&self, words: &[&str]) {
        let found = self.first_found(200).expect("the fault is found");
        assert!(found.plan.steps.len() <= SHORT, "{found}");
        let told = found.to_string();
        for word in words {
            assert!(told.contains(word), "{word} is not in what is told:\n{found}");
        }
        say(found);
    }
}

/// One test a fault: `planted! { the_test_says_what: the_simulation_with_it, within 200; }`
#[macro_export]
macro_rules! planted {
    ($($test:ident: $simulation:expr, within $lifetimes:literal;)*) => {$(
        #[test]
        fn $test() {
            $crate::simulation::is_found(stringify!($test), &$simulation, $lifetimes);
        }
    )*};
}

/// The faults of the protocol itself, planted in the machine: the lifetimes of every system find each.
#[macro_export]
macro_rules! planted_in_the_machine {
    ($simulation:expr) => {
        $crate::planted! {
            an_event_applied_twice: $simulation.planted($crate::simulation::Planted::DedupDropped), within 200;
            an_undo_left_out: $simulation.planted($crate::simulation::Planted::UndoSkipped), within 200;
            a_step_out_of_time_and_not_undone: $simulation.planted($crate::simulation::Planted::TimedOutStepNotUndone), within 200;
            a_refused_step_not_undone: $simulation.planted($crate::simulation::Planted::RefusedStepNotUndone), within 4000;
            a_late_question_answered_after_a_crash: $simulation.planted($crate::simulation::Planted::NoFence), within 4000;
            an_old_acknowledgement_believed: $simulation.planted($crate::simulation::Planted::OldAcknowledgement), within 4000;
            a_forgotten_tombstone: $simulation.planted($crate::simulation::Planted::TombstoneForgotten), within 4000;
            a_mark_told_too_early: $simulation.planted($crate::simulation::Planted::SettledTooEarly), within 4000;
        }
    };
}
