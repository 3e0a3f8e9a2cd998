//! A context's database goes back in time while its process is down: the start notices it, before a promise is broken.
use super::clients::simulation;
use kernel::Name;
use memory::Disk;
use runtime::port::store::Table;
use std::cell::{Cell, RefCell};
use testkit::simulation::{ProtocolFault, Simulation, is_found};

/// The disk of one context is put back, once, to what it was some starts ago.
fn with_the_disk_of(back: Name) -> Simulation {
    simulation().on(move |context| {
        let (disk, tables) = (RefCell::new(Disk::new()), Table::all(context));
        let (opened, old) = (Cell::new(0), RefCell::new(None));
        let goes_back = context.name == back;
        Box::new(move || {
            opened.set(opened.get() + 1);
            if opened.get() == 2 {
                *old.borrow_mut() = Some(disk.borrow().copy());
            }
            let then = (goes_back && opened.get() == 6).then(|| old.borrow_mut().take()).flatten();
            if let Some(then) = then {
                *disk.borrow_mut() = then;
            }
            Box::new(disk.borrow().open(&tables))
        })
    })
}

/// It takes another process, which knows nothing of what is gone, for nobody to notice.
#[test]
fn a_disk_that_goes_back_in_time_while_its_owner_lives_is_mostly_noticed() {
    let report = simulation().lifetimes(1, 1000);
    assert!(report.found.is_none(), "{:?}", report.found);
    let (went_back, noticed) = (report.counts.went_back, report.counts.noticed);
    assert!(noticed > 10 && 2 * noticed > went_back, "{noticed} of {went_back} are noticed");
}

/// The stores can't be compared where the others are not there at the time: what was lost is found out by the callee, which knows it.
#[test]
fn a_database_that_went_back_in_time_is_noticed_by_whoever_remembers_its_tickets() {
    let report = with_the_disk_of("catch").starts_unaware().lifetimes(1, 2000);
    assert!(report.found.is_none(), "{:?}", report.found);
    assert!(report.counts.noticed > 20, "{} of {} are noticed", report.counts.noticed, report.counts.went_back);
}

#[test]
fn what_a_callee_remembers_has_to_be_heard() {
    let simulation = with_the_disk_of("catch").starts_unaware().inject(ProtocolFault::LostTicketsUnheard);
    is_found("what a callee remembers is not heard", &simulation, 2000);
}

#[test]
fn a_database_that_went_back_in_time_is_noticed_at_the_start() {
    for context in ["catch", "payment", "pickup"] {
        let simulation = with_the_disk_of(context);
        let (seed, broken) = simulation.first_broken(300).expect("some lifetime goes back");
        assert_eq!(broken.check, "lives", "{context}, seed {seed}: {broken}");
        assert!(broken.what.contains("Restore all stores"), "{broken}");
    }
}
