//! A consumer that has something to read and stands still is named after a while; one that makes way is not.
use super::bench::Bench;
use runtime::port::feed::Slice;

fn more() -> Slice {
    Slice { after: 0, events: vec![], up_to: 5, more: false }
}

#[test]
fn a_consumer_that_stands_still_with_something_to_read_is_named_after_a_while() {
    let mut bench = Bench::new("pages", |limits| (limits.stall_ms, limits.lazy_ms) = (1000, 100_000));
    bench.gives(Ok(more())); // its position moves, and is never made durable
    for _ in 0..2 {
        bench.run();
        assert_eq!(bench.handle.status().stalled_consumer, None);
        bench.clock.pass_ms(600);
    }
    bench.clock.pass_ms(600);
    bench.run();
    let stalled = bench.handle.status().stalled_consumer.unwrap_or_default();
    assert!(stalled.starts_with("pages@1<orders stands at event 0 for "), "{stalled}");
}

#[test]
fn a_consumer_that_has_nothing_to_read_stands_still_for_as_long_as_it_likes() {
    let mut bench = Bench::new("pages", |limits| limits.stall_ms = 1000);
    for _ in 0..5 {
        bench.run();
        bench.clock.pass_ms(1000);
    }
    bench.run();
    assert_eq!(bench.handle.status().stalled_consumer, None);
}
