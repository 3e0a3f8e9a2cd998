//! A context's log as others read it.
use super::Log;
use crate::feed::LocalFeed;
use kernel::uuid::Uuid;
use kernel::{Commit, Group, Head, Id, Meta, Recorded, Timestamp};
use memory::Disk;
use runtime::port::feed::{Feed, Slice, SourceLate};
use runtime::port::store::Store;
use std::sync::Arc;

fn event(position: u64, published: bool) -> Arc<Recorded> {
    Arc::new(Recorded {
        position,
        event_id: Uuid::from_u128(u128::from(position)),
        event_type: "Happened".into(),
        version: 1,
        published,
        kind: "thing".into(),
        id: Id(1),
        key: Id(1),
        at: Timestamp(0),
        meta: Meta::default(),
        body: "{}".into(),
        value: None,
    })
}

/// Four events: the second and the fourth are private.
fn events() -> Vec<Arc<Recorded>> {
    (1..=4).map(|position| event(position, position % 2 == 1)).collect()
}

/// A log of these events, of which memory keeps so many.
fn log(in_memory: usize) -> Arc<Log> {
    let (disk, log) = (Disk::new(), Log::new("source", 1000));
    let mut store = disk.open(&[]);
    let head = Head { position: 4, ..Head::default() };
    let commits = vec![Commit { events: events(), ..Commit::default() }];
    store.apply(&Group { commits, head, ..Group::default() }).expect("a store in memory works");
    log.open(store.reader(), 4 - in_memory as u64);
    log.tail.push(events().split_off(4 - in_memory));
    Arc::new(log)
}

fn read(log: &Arc<Log>, own: &'static str, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
    LocalFeed { logs: vec![log.clone()], own }.read(&policies_of("source"), after, at_most)
}

fn positions(slice: &Slice) -> Vec<u64> {
    slice.events.iter().map(|event| event.position).collect()
}

#[test]
fn private_events_stay_and_a_slice_still_moves_past_them() {
    for in_memory in [0, 4] {
        let slice = read(&log(in_memory), "other", 0, 10).expect("the source runs");
        assert_eq!((positions(&slice), slice.up_to, slice.more), (vec![1, 3], 4, false), "{in_memory} in memory");
        let slice = read(&log(in_memory), "other", 3, 10).expect("the source runs");
        assert_eq!((positions(&slice), slice.up_to), (vec![], 4), "{in_memory} in memory");
    }
}

#[test]
fn a_context_reads_its_own_log_whole() {
    for in_memory in [0, 4] {
        let slice = read(&log(in_memory), "source", 0, 10).expect("the source runs");
        assert_eq!((positions(&slice), slice.up_to), (vec![1, 2, 3, 4], 4), "{in_memory} in memory");
    }
}

#[test]
fn a_slice_holds_at_most_so_many_events_and_says_whether_there_are_more() {
    for in_memory in [0, 4] {
        let slice = read(&log(in_memory), "source", 0, 3).expect("the source runs");
        assert_eq!((positions(&slice), slice.up_to, slice.more), (vec![1, 2, 3], 3, true), "{in_memory} in memory");
        let slice = read(&log(in_memory), "source", 3, 3).expect("the source runs");
        assert_eq!((positions(&slice), slice.up_to, slice.more), (vec![4], 4, false), "{in_memory} in memory");
    }
}

#[test]
fn a_reader_that_has_read_everything_gets_an_empty_slice_at_its_position() {
    let slice = read(&log(4), "other", 4, 10).expect("the source runs");
    assert_eq!(slice, Slice { after: 4, up_to: 4, ..Slice::default() });
}

#[test]
fn what_memory_does_not_have_is_read_from_the_store() {
    let slice = read(&log(2), "source", 1, 10).expect("the source runs");
    assert_eq!(positions(&slice), [2, 3, 4]);
}

#[test]
fn a_stopped_source_is_late_only_where_memory_does_not_have_the_events() {
    let log = log(2);
    log.close();
    assert_eq!(read(&log, "other", 0, 10), Err(SourceLate("source is stopped".into())));
    let slice = read(&log, "other", 2, 10).expect("memory has these");
    assert_eq!((positions(&slice), slice.up_to), (vec![3], 4));
}

#[test]
fn a_source_that_does_not_exist_is_late() {
    let feed = LocalFeed { logs: vec![], own: "other" };
    assert_eq!(feed.read(&policies_of("source"), 0, 10), Err(SourceLate("there is no context source".into())));
}

fn policies_of(source: &'static str) -> kernel::LinkKey {
    kernel::LinkKey { consumer: kernel::Consumer::Policies, source: source.into() }
}
