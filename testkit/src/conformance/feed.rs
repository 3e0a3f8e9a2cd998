//! One suite for every feed: what `runtime::port::feed` promises, tried from outside.
use super::Sample;
use kernel::{Consumer, Name, Recorded, SubscriptionKey};
use runtime::port::feed::{Feed, Slice, SourceLate};
use std::sync::Arc;

/// Makes the feed of the context that is named, over a source named `source` whose log has these events.
pub type NewFeed<'a> = &'a dyn Fn(Vec<Arc<Recorded>>, Name) -> Arc<dyn Feed>;

/// Every test of the suite, against the feeds that the given function makes.
#[macro_export]
macro_rules! feed_conformance {
    ($new:expr) => {
        $crate::feed_conformance! { $new,
            private_events_stay_and_a_slice_still_moves_past_them
            a_context_reads_its_own_log_whole
            a_slice_holds_at_most_so_many_events_and_has_more
            a_reader_that_has_read_everything_gets_an_empty_slice_at_its_position
            a_log_read_in_short_slices_is_the_whole_log
            two_links_read_one_source_each_at_its_own_position
            a_source_that_does_not_exist_is_late
        }
    };
    ($new:expr, $($name:ident)*) => {
        $(#[test]
        fn $name() {
            $crate::conformance::feed::$name(&$new);
        })*
    };
}

/// Four events: the second and the fourth are private.
fn events() -> Vec<Arc<Recorded>> {
    let mut sample = Sample::default();
    (1..=4).map(|key| sample.event(key, "{}")).collect()
}

fn subscription(consumer: Consumer, source: Name) -> SubscriptionKey {
    SubscriptionKey { consumer, source: source.into() }
}

fn read(feed: &dyn Feed, after: u64, at_most: usize) -> Slice {
    feed.read(&subscription(Consumer::Policies, "source"), after, at_most).expect("the source runs")
}

fn positions(slice: &Slice) -> Vec<u64> {
    slice.events.iter().map(|event| event.position).collect()
}

pub fn private_events_stay_and_a_slice_still_moves_past_them(new: NewFeed<'_>) {
    let feed = new(events(), "reader");
    let slice = read(&*feed, 0, 10);
    assert_eq!((slice.after, positions(&slice), slice.up_to, slice.more), (0, vec![1, 3], 4, false));
    let slice = read(&*feed, 3, 10);
    assert_eq!((slice.after, positions(&slice), slice.up_to, slice.more), (3, vec![], 4, false));
}

pub fn a_context_reads_its_own_log_whole(new: NewFeed<'_>) {
    let slice = read(&*new(events(), "source"), 0, 10);
    assert_eq!((positions(&slice), slice.up_to), (vec![1, 2, 3, 4], 4));
}

pub fn a_slice_holds_at_most_so_many_events_and_has_more(new: NewFeed<'_>) {
    let feed = new(events(), "source");
    let slice = read(&*feed, 0, 3);
    assert_eq!((positions(&slice), slice.up_to, slice.more), (vec![1, 2, 3], 3, true));
    let slice = read(&*feed, 3, 3);
    assert_eq!((positions(&slice), slice.up_to, slice.more), (vec![4], 4, false));
}

pub fn a_reader_that_has_read_everything_gets_an_empty_slice_at_its_position(new: NewFeed<'_>) {
    let slice = read(&*new(events(), "reader"), 4, 10);
    assert_eq!(slice, Slice { after: 4, up_to: 4, ..Slice::default() });
}

pub fn a_log_read_in_short_slices_is_the_whole_log(new: NewFeed<'_>) {
    let (feed, log) = (new(events(), "source"), events());
    let (mut after, mut got) = (0, vec![]);
    while after < 4 {
        let slice = read(&*feed, after, 1);
        assert!(slice.up_to > after, "a slice moves on while there is more");
        (after, got) = (slice.up_to, [got, slice.events].concat());
    }
    assert_eq!(got, log);
}

pub fn two_links_read_one_source_each_at_its_own_position(new: NewFeed<'_>) {
    let feed = new(events(), "source");
    let view = subscription(Consumer::View { collection: "pages".into(), version: 1 }, "source");
    assert_eq!(positions(&read(&*feed, 0, 2)), [1, 2]);
    assert_eq!(positions(&feed.read(&view, 0, 1).expect("the source runs")), [1]);
    assert_eq!(positions(&read(&*feed, 2, 2)), [3, 4]);
    assert_eq!(positions(&feed.read(&view, 1, 1).expect("the source runs")), [2]);
}

pub fn a_source_that_does_not_exist_is_late(new: NewFeed<'_>) {
    let feed = new(events(), "reader");
    let missing = feed.read(&subscription(Consumer::Policies, "nobody"), 0, 10);
    assert_eq!(missing, Err(SourceLate("there is no context nobody".into())));
}
