//! A context's log as others read it.
use super::LocalLog;
use crate::feed::LocalFeed;
use kernel::uuid::Uuid;
use kernel::{Commit, Group, Head, Id, Meta, Name, Recorded, Timestamp};
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

fn log(in_memory: usize) -> Arc<LocalLog> {
    log_of(in_memory, events())
}

/// A log of these events, of which memory keeps so many.
fn log_of(in_memory: usize, mut events: Vec<Arc<Recorded>>) -> Arc<LocalLog> {
    let (disk, log, position) = (Disk::new(), LocalLog::new("source", 1000), events.len() as u64);
    let mut store = disk.open(&[]);
    let commits = vec![Commit { events: events.clone(), ..Commit::default() }];
    let head = Head { position, ..Head::default() };
    store.apply(&Group { commits, head, ..Group::default() }).expect("a store in memory works");
    log.open(store.reader(), position - in_memory as u64);
    log.tail.push(events.split_off(events.len() - in_memory));
    Arc::new(log)
}

fn read(log: &Arc<LocalLog>, own: &'static str, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
    LocalFeed { logs: vec![log.clone()], own }.read(&policies_of("source"), after, at_most)
}

fn positions(slice: &Slice) -> Vec<u64> {
    slice.events.iter().map(|event| event.position).collect()
}

/// With so many of the events in memory.
fn feed(in_memory: usize, events: Vec<Arc<Recorded>>, own: Name) -> Arc<dyn Feed> {
    Arc::new(LocalFeed { logs: vec![log_of(in_memory, events)], own })
}

mod in_memory {
    use super::*;

    testkit::feed_conformance!(|events: Vec<Arc<Recorded>>, own| feed(4, events, own));
}

mod in_the_store {
    use super::*;

    testkit::feed_conformance!(|events: Vec<Arc<Recorded>>, own| feed(0, events, own));
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
fn what_another_process_has_written_in_between_is_read_from_the_store() {
    let log = log(2);
    log.tail.push(vec![event(6, true)]);
    assert_eq!(read(&log, "source", 2, 1).map(|slice| positions(&slice)), Ok(vec![3]), "not the newest one");
    assert_eq!(read(&log, "source", 5, 10).map(|slice| positions(&slice)), Ok(vec![6]));
}

fn policies_of(source: &'static str) -> kernel::SubscriptionKey {
    kernel::SubscriptionKey { consumer: kernel::Consumer::Policies, source: source.into() }
}
