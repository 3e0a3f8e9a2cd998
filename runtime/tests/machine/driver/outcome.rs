//! A store that is slow or does not confirm: who was decided is told the truth, who was not is turned away, and only who knows says no.
use super::bench::Bench;
use crate::desk::{delete, keyed, order_or_queue, read_note, within};
use runtime::driver::Turn;
use runtime::port::store::StoreError;
use std::sync::atomic::Ordering;

#[test]
fn what_a_slow_group_keeps_is_answered_so_and_what_waited_past_its_time_is_not_done() {
    let small = |limits: &mut runtime::limits::Limits| (limits.retries_max, limits.group_max) = (0, 1);
    let mut bench = Bench::with(small);
    bench.run();
    bench.slow_ms.store(6000, Ordering::Relaxed);
    for request in [order_or_queue(10), order_or_queue(20)] {
        bench.handle.mailbox.request(within(request, 5000), bench.responds());
    }
    bench.run();
    assert_eq!(bench.responses(), ["done", "unavailable, time"]);
    assert_eq!(bench.driver.store().reader().log(0, 10).expect("readers work").len(), 1);
}

#[test]
fn who_waits_for_a_group_that_is_not_confirmed_is_told_that_the_outcome_is_unknown() {
    let mut bench = Bench::with(|_| {});
    bench.run();
    bench.unconfirmed.store(true, Ordering::Relaxed);
    bench.handle.mailbox.request(keyed(delete(1), "k", 7), bench.responds());
    bench.handle.mailbox.request(read_note(1), bench.responds());
    bench.run();
    assert_eq!(bench.responses(), ["unknown", "unavailable, orders"], "a read has no outcome");
    bench.handle.mailbox.request(keyed(delete(1), "k", 7), bench.responds());
    bench.run();
    assert_eq!(bench.responses()[2], "done", "the same again is answered like the first time");
}

#[test]
fn a_store_that_was_taken_over_or_went_back_in_time_ends_the_driver() {
    for why in [StoreError::Conflict, StoreError::Mismatched("it went back in time".into())] {
        let mut bench = Bench::with(|_| {});
        bench.run();
        *bench.refuses.lock().expect("no test panics while it holds this") = Some(why.clone());
        bench.handle.mailbox.request(keyed(delete(1), "k", 7), bench.responds());
        assert_eq!(bench.run(), Turn::Stop);
        assert_eq!(bench.responses(), ["unavailable, orders"]);
        assert_eq!(bench.handle.status().fault, Some(why.to_string()));
        let store = bench.driver.store().reader();
        let before = store.head();
        bench.driver.close();
        assert_eq!(store.head(), before, "nothing more is written");
    }
}

#[test]
fn a_store_that_is_found_taken_over_when_it_is_tried_again_ends_the_driver() {
    let mut bench = Bench::with(|_| {});
    bench.run();
    bench.failures.store(1, Ordering::Relaxed);
    bench.handle.mailbox.request(keyed(delete(1), "k", 7), bench.responds());
    assert_eq!(bench.driver.run_once(), Turn::Again, "the group fails");
    bench.gone.store(true, Ordering::Relaxed);
    assert_eq!(bench.driver.run_once(), Turn::Stop);
    assert_eq!(bench.handle.status().fault, Some(StoreError::Conflict.to_string()));
    assert_eq!(bench.responses(), ["unavailable, orders"]);
}
