//! A driver decides nothing while another process may own its store, and goes on when nobody can.
use super::bench::Bench;
use crate::desk::{read_note, within};
use runtime::driver::Turn;
use runtime::port::clock::Moment;
use runtime::port::feed::Slice;
use runtime::port::store::StoreError;
use std::sync::atomic::Ordering;

#[test]
fn without_its_lease_a_driver_takes_nothing_answers_nothing_and_looks_again_soon() {
    let mut bench = Bench::with(|_| {});
    bench.run();
    bench.lease_looks.store(0, Ordering::Relaxed);
    bench.request();
    assert_eq!(bench.run(), Turn::Sleep(Moment::default().plus_ms(20)));
    assert_eq!((bench.responses().len(), bench.handle.mailbox.len()), (0, 1));
    bench.lease_looks.store(usize::MAX, Ordering::Relaxed);
    bench.run();
    assert_eq!(bench.responses(), ["done"]);
}

#[test]
fn without_its_lease_a_driver_reads_no_source() {
    let mut bench = Bench::new("pages", |limits| (limits.gather_ms, limits.lazy_ms) = (0, 0));
    bench.run();
    bench.lease_looks.store(0, Ordering::Relaxed);
    bench.gives(Ok(Slice { after: 0, events: vec![], up_to: 7, more: false }));
    bench.run();
    assert_eq!(bench.position("pages@1<orders"), 0);
    bench.lease_looks.store(usize::MAX, Ordering::Relaxed);
    bench.run();
    assert_eq!(bench.position("pages@1<orders"), 7, "the news has not been lost");
}

/// The turn itself, then the first request; the second one finds the lease gone.
#[test]
fn a_lease_that_ends_within_a_turn_leaves_the_next_request_undecided() {
    let mut bench = Bench::with(|_| {});
    bench.run();
    bench.request();
    bench.handle.mailbox.request(within(read_note(1), 30_000), bench.responds());
    bench.lease_looks.store(2, Ordering::Relaxed);
    assert_eq!(bench.driver.run_once(), Turn::Sleep(Moment::default().plus_ms(20)));
    assert_eq!(bench.responses(), ["done"]);
    bench.lease_looks.store(usize::MAX, Ordering::Relaxed);
    bench.run();
    assert_eq!(bench.responses(), ["done", "done"]);
}

#[test]
fn without_its_lease_a_driver_still_ends_when_it_is_told_to() {
    let mut bench = Bench::with(|_| {});
    bench.run();
    bench.request();
    bench.lease_looks.store(0, Ordering::Relaxed);
    bench.handle.mailbox.stop();
    assert_eq!(bench.run(), Turn::Stop);
    let (_, responses) = bench.close();
    assert_eq!(responses, ["unavailable, orders"]);
}

#[test]
fn a_driver_that_hears_that_its_store_was_taken_over_ends_although_it_has_nothing_to_write() {
    let mut bench = Bench::with(|_| {});
    bench.run();
    bench.request();
    bench.lease_looks.store(0, Ordering::Relaxed);
    bench.gone.store(true, Ordering::Relaxed);
    assert_eq!(bench.run(), Turn::Stop);
    assert_eq!(bench.handle.lost(), Some(StoreError::Conflict));
    let (_, responses) = bench.close();
    assert_eq!(responses, ["unavailable, orders"]);
}
