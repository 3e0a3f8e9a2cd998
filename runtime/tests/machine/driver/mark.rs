//! How far a relay has come is a mark in the head: durable by itself in time, with the next group, or with the last one; and it never goes back.
use super::bench::Bench;

fn bench() -> Bench {
    let mut bench = Bench::with(|limits| limits.lazy_ms = 50);
    bench.run();
    bench
}

#[test]
fn a_head_has_no_mark_where_nothing_is_relayed() {
    let bench = bench();
    let head = bench.driver.store().head().expect("a store in memory works");
    assert_eq!((head.relayed, bench.handle.relayed()), (None, 0));
    let text = serde_json::to_string(&head).expect("a head is JSON");
    assert!(!text.contains("relayed"), "{text}");
}

#[test]
fn a_mark_is_durable_in_time_and_never_goes_back() {
    let mut bench = bench();
    bench.handle.tell_relayed(7);
    bench.run();
    assert_eq!(bench.handle.relayed(), 0, "it waits for a group to go with");
    bench.clock.pass_ms(50);
    bench.run();
    assert_eq!(bench.handle.relayed(), 7);
    bench.handle.tell_relayed(5);
    bench.run();
    bench.clock.pass_ms(50);
    bench.run();
    assert_eq!(bench.driver.store().head().expect("a store in memory works").relayed, Some(7));
}

#[test]
fn a_mark_is_durable_with_the_last_group() {
    let bench = bench();
    bench.handle.tell_relayed(7);
    let handle = bench.handle.clone();
    bench.driver.close();
    assert_eq!(handle.relayed(), 7);
}
