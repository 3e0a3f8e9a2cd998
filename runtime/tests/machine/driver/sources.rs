//! A source that can't be read is late: the driver asks it again, and the context goes on meanwhile.
use super::bench::Bench;
use runtime::driver::Turn;
use runtime::port::clock::Moment;
use runtime::port::feed::{Slice, SourceLate};

const LINK: &str = "pages@1<orders";

fn passed(after: u64, up_to: u64, more: bool) -> Slice {
    Slice { after, events: vec![], up_to, more }
}

fn pages() -> Bench {
    Bench::new("pages", |limits| (limits.lazy_ms, limits.status_ms) = (0, 200))
}

#[test]
fn a_source_that_was_late_is_read_again_without_news_of_it() {
    let mut bench = pages();
    bench.gives(Err(SourceLate("orders is stopped".into())));
    bench.gives(Ok(passed(0, 3, false)));
    let until = bench.run();
    assert!(matches!(until, Turn::Sleep(until) if until <= Moment::default().plus_ms(200)), "{until:?}");
    assert_eq!(bench.position(LINK), 0);
    bench.clock.pass_ms(200);
    bench.run();
    assert_eq!(bench.position(LINK), 3);
}

#[test]
fn a_source_that_has_more_is_read_on_in_the_next_turn() {
    let mut bench = pages();
    bench.gives(Ok(passed(0, 3, true)));
    bench.gives(Ok(passed(3, 5, false)));
    assert_eq!(bench.driver.run_once(), Turn::Again);
    bench.run();
    assert_eq!(bench.position(LINK), 5);
}

#[test]
fn a_slice_that_begins_earlier_than_asked_is_taken_from_where_it_is_new() {
    let mut bench = pages();
    bench.gives(Ok(passed(0, 3, false)));
    bench.run();
    bench.gives(Ok(passed(1, 6, false)));
    bench.run();
    assert_eq!(bench.position(LINK), 6);
}
