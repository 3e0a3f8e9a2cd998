//! Faults planted on purpose, one at a time: a simulation that does not find them proves nothing.
use super::city::{city, of};
use super::eager;
use runtime::machine::Planted;
use testkit::simulation::Simulation;

fn is_found(fault: &str, city: &Simulation, within: u64) {
    match city.first_broken(within) {
        Some((seed, broken)) => println!("{fault} is found by seed {seed}: {}", broken.check),
        None => panic!("{fault} is not found in {within} lifetimes"),
    }
}

macro_rules! planted {
    ($($test:ident $fault:ident within $seeds:literal;)*) => {$(
        #[test]
        fn $test() {
            is_found(stringify!($fault), &city().planted(Planted::$fault), $seeds);
        }
    )*};
}
planted! {
    an_event_applied_twice_is_found DedupDropped within 200;
    an_undo_left_out_is_found UndoSkipped within 200;
    a_step_out_of_time_and_not_undone_is_found TimedOutStepNotUndone within 200;
    a_refused_step_not_undone_is_found RefusedStepNotUndone within 4000;
    a_late_question_answered_after_a_crash_is_found NoFence within 4000;
    an_old_acknowledgement_believed_is_found OldAcknowledgement within 4000;
    a_forgotten_tombstone_is_found TombstoneForgotten within 4000;
    a_mark_told_too_early_is_found SettledTooEarly within 4000;
}

#[test]
fn money_said_to_be_paid_while_it_is_only_held_is_found() {
    is_found("a payment published at the hold", &of(eager::system()), 200);
}
