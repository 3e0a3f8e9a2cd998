//! What a run leaves is proved, in one slice or in many.
use crate::town::Town;
use runtime::proof::{Bounds, What};

#[test]
fn what_a_run_leaves_holds() {
    let town = Town::new();
    let report = town.trade(12).prove();
    assert!(report.clean() && report.at_rest(), "{report}");
    assert!(report.notes.is_empty(), "{report}");
    assert!(report.events > 60 && report.states > 40 && report.rows > 40, "{report}");
}

#[test]
fn nothing_at_all_holds_too() {
    let report = Town::new().prove();
    assert!(report.clean() && report.at_rest(), "{report}");
}

#[test]
fn slices_of_any_size_prove_the_same() {
    let town = Town::new();
    let whole = town.trade(7).prove();
    for values_at_once in [1, 2, 5] {
        let sliced = town.prove_within(Bounds { values_at_once, ..Bounds::default() });
        assert_eq!(sliced, whole, "{values_at_once} at once");
    }
}

#[test]
fn a_run_that_goes_on_after_a_rest_leaves_what_holds() {
    let town = Town::new();
    let report = town.trade(3).trade(3).prove();
    assert!(report.at_rest(), "{report}");
}

#[test]
fn a_context_without_a_store_is_not_proved() {
    let town = Town::new();
    let report = runtime::proof::prove(&town.system, &[]);
    assert!(!report.clean() && report.unreadable.len() == 5, "{report}");
    assert!(report.unreadable.iter().all(|finding| finding.what == What::Unreadable));
}
