//! When a group becomes durable: at once if somebody waits, else at a distance from the one before; positions wait longest.
use super::bench::Bench;
use crate::desk::{event, note, order_or_queue};
use crate::shop::orders::{Event, Wish};
use kernel::{Id, Recorded};
use runtime::driver::Turn;
use runtime::port::clock::Moment;
use runtime::port::feed::Slice;
use std::sync::Arc;
use std::sync::atomic::Ordering;

const LINK: &str = "pages@1<orders";

fn at_ms(ms: u64) -> Moment {
    Moment::default().plus_ms(ms)
}

fn placed(position: u64) -> Recorded {
    let wish = Wish { id: Id(position), purse: Id(1), won: 10, goods: None };
    event(position, position, &Event::OrderPlaced(wish))
}

/// One event, which changes a row of the pages.
fn slice(position: u64) -> Slice {
    Slice { after: position - 1, events: vec![Arc::new(placed(position))], up_to: position, more: false }
}

fn pages() -> Bench {
    let mut bench = Bench::new("pages", |limits| (limits.gather_ms, limits.lazy_ms) = (10, 50));
    bench.run();
    bench
}

#[test]
fn a_group_that_nobody_waits_for_keeps_its_distance_from_the_one_before() {
    let mut bench = pages();
    bench.clock.pass_ms(100);
    bench.gives(Ok(slice(1)));
    bench.run();
    assert_eq!(bench.position(LINK), 1, "the first after a pause goes at once");
    bench.gives(Ok(slice(2)));
    assert_eq!(bench.run(), Turn::Sleep(at_ms(110)));
    assert_eq!(bench.position(LINK), 1);
    bench.clock.pass_ms(10);
    bench.run();
    assert_eq!(bench.position(LINK), 2);
}

/// One hour back or ahead, between two groups.
#[test]
fn a_group_is_durable_in_time_although_the_wall_clock_is_set() {
    for ahead_ms in [-3_600_000, 3_600_000] {
        let mut bench = pages();
        bench.clock.pass_ms(100);
        bench.gives(Ok(slice(1)));
        bench.run();
        bench.clock.set_wall_ahead_ms(ahead_ms);
        bench.gives(Ok(slice(2)));
        assert_eq!(bench.run(), Turn::Sleep(at_ms(110)), "{ahead_ms}");
        bench.clock.pass_ms(10);
        bench.run();
        assert_eq!(bench.position(LINK), 2, "{ahead_ms}");
    }
}

#[test]
fn a_position_that_moves_is_durable_in_time_although_the_wall_clock_is_set_back() {
    let mut bench = pages();
    bench.gives(Ok(Slice { after: 0, events: vec![], up_to: 7, more: false }));
    bench.run();
    bench.clock.set_wall_ahead_ms(-3_600_000);
    bench.clock.pass_ms(50);
    bench.run();
    assert_eq!(bench.position(LINK), 7);
}

#[test]
fn a_store_gives_room_back_when_nothing_was_written_for_a_while() {
    let mut bench = Bench::new("pages", |limits| (limits.gather_ms, limits.status_ms) = (0, 200));
    bench.run();
    let shrinks = bench.shrinks.clone();
    let mut next = 1..;
    for _ in 0..5 {
        bench.clock.pass_ms(150);
        bench.gives(Ok(slice(next.next().expect("there is always another event"))));
        bench.run();
    }
    let at_work = shrinks.load(Ordering::Relaxed);
    bench.clock.pass_ms(150);
    bench.run();
    bench.clock.pass_ms(250);
    bench.run();
    assert!(shrinks.load(Ordering::Relaxed) > at_work, "it was quiet");
    assert_eq!(at_work, 0, "it was at work");
}

#[test]
fn a_group_that_is_full_does_not_wait() {
    let mut bench = Bench::new("pages", |limits| (limits.gather_ms, limits.group_max) = (1000, 2));
    bench.run();
    bench.gives(Ok(slice(1)));
    bench.run();
    assert_eq!(bench.position(LINK), 0);
    bench.gives(Ok(slice(2)));
    bench.run();
    assert_eq!(bench.position(LINK), 2);
}

#[test]
fn a_position_that_moves_without_effects_waits_for_a_group_to_go_with() {
    let mut bench = pages();
    bench.clock.pass_ms(100);
    bench.gives(Ok(Slice { after: 0, events: vec![], up_to: 7, more: false }));
    assert_eq!(bench.run(), Turn::Sleep(at_ms(150)));
    assert_eq!(bench.position(LINK), 0);
    bench.clock.pass_ms(50);
    bench.run();
    assert_eq!(bench.position(LINK), 7);
}

#[test]
fn a_response_that_waits_takes_its_group_with_it_in_the_same_turn() {
    let mut bench = Bench::with(|limits| (limits.gather_ms, limits.lazy_ms) = (1000, 1000));
    bench.run();
    bench.request();
    bench.run();
    assert_eq!(bench.responses(), ["done"]);
}

/// The second order's call leaves with its group and can't be sent; deciding on that reads the store, which fails by then.
#[test]
fn what_is_durable_is_answered_although_the_store_fails_right_after() {
    let small = |limits: &mut runtime::limits::Limits| {
        (limits.reserve_tickets, limits.retries_max, limits.cache_entries) = (1, 0, 1);
    };
    let mut bench = Bench::with(small);
    bench.spoils.store(true, Ordering::Relaxed);
    for request in [order_or_queue(10), order_or_queue(20), note(1, "ring twice")] {
        bench.handle.mailbox.request(request, bench.responds());
    }
    bench.driver.run_once();
    assert_eq!(bench.responses(), ["done", "done", "unavailable, orders"]);
    assert_eq!(bench.driver.store().reader().log(0, 10).expect("readers work").len(), 2);
}
