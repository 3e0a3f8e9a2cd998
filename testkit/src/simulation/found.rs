//! Injected faults, and the seeds that find them.
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

/// Steps that the report of an injected fault may need.
const SHORT: usize = 25;

impl Simulation {
    /// The first lifetime that breaks a promise is reported in a few steps, and with these words.
    #[track_caller]
    pub fn reports_short(&self, words: &[&str]) {
        let found = self.first_found(200).expect("the fault is found");
        assert!(found.plan.steps.len() <= SHORT, "{found}");
        let report = found.to_string();
        for word in words {
            assert!(report.contains(word), "{word} is not in the report:\n{found}");
        }
        say(found);
    }
}

/// One test a fault: `finds! { the_test_names_the_fault: the_simulation_with_it, within 200; }`
#[macro_export]
macro_rules! finds {
    ($($test:ident: $simulation:expr, within $lifetimes:literal;)*) => {$(
        #[test]
        fn $test() {
            $crate::simulation::is_found(stringify!($test), &$simulation, $lifetimes);
        }
    )*};
}

/// The faults of the protocol itself: the lifetimes of every system find each.
#[macro_export]
macro_rules! finds_protocol_faults {
    ($simulation:expr) => {
        $crate::finds! {
            an_event_applied_twice: $simulation.inject($crate::simulation::ProtocolFault::DedupDropped), within 200;
            an_undo_left_out: $simulation.inject($crate::simulation::ProtocolFault::UndoLeftOut), within 200;
            a_step_out_of_time_and_not_undone: $simulation.inject($crate::simulation::ProtocolFault::TimedOutStepNotUndone), within 200;
            a_refused_step_not_undone: $simulation.inject($crate::simulation::ProtocolFault::RefusedStepNotUndone), within 4000;
            a_late_call_answered_after_a_crash: $simulation.inject($crate::simulation::ProtocolFault::NoFence), within 4000;
            an_old_acknowledgement_believed: $simulation.inject($crate::simulation::ProtocolFault::OldAcknowledgementBelieved), within 4000;
            a_forgotten_tombstone: $simulation.inject($crate::simulation::ProtocolFault::TombstoneForgotten), within 4000;
            a_mark_told_too_early: $simulation.replicas(1).inject($crate::simulation::ProtocolFault::SettledTooEarly), within 12000;
        }
    };
}

/// The faults of how processes take a context from each other.
#[macro_export]
macro_rules! finds_ownership_faults {
    ($simulation:expr) => {
        $crate::finds! {
            a_store_that_every_owner_writes_for_ever: $simulation.inject($crate::simulation::ProtocolFault::NoVersionFence), within 200;
            a_store_read_before_it_is_claimed: $simulation.inject($crate::simulation::ProtocolFault::ReadBeforeClaim), within 2000;
            a_group_of_which_nothing_was_heard_taken_for_failed: $simulation.inject($crate::simulation::ProtocolFault::UnknownCommitIsFailed), within 2000;
            a_group_of_which_nothing_was_heard_only_looked_for: $simulation.inject($crate::simulation::ProtocolFault::UnknownCommitJustLooked), within 2000;
            a_lease_given_away_before_the_last_group: $simulation.inject($crate::simulation::ProtocolFault::LeaseReleasedBeforeLastGroup), within 2000;
            a_disk_that_went_back_unnoticed: $simulation.inject($crate::simulation::ProtocolFault::RestoredSourceIsDuplicate), within 2000;
        }
    };
}

/// The faults of how contexts send to a topic, and hear each other over it.
#[macro_export]
macro_rules! finds_topic_faults {
    ($simulation:expr) => {
        $crate::finds! {
            a_mark_ahead_of_the_broker: $simulation.inject($crate::simulation::ProtocolFault::RelayedBeforeAck), within 2000;
            a_gap_that_is_passed_over: $simulation.inject($crate::simulation::ProtocolFault::AfterIgnored), within 2000;
        }
    };
}
