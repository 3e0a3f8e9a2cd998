//! A topic that has events which the log does not have: the store went back in time.
use crate::log::{MemoryLog, event};
use crate::site::{Site, wait_for_mark, wait_until};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The topic has ten events of a log of which only the first five are left.
fn shortened() -> (Site, Arc<MemoryLog>) {
    let (site, log) = (Site::shared(), MemoryLog::of(10));
    let relay = site.relay(&log);
    wait_for_mark(&log, 10);
    relay.end();
    let log = MemoryLog::of(5);
    log.start_behind(5);
    (site, log)
}

#[test]
fn a_log_that_lacks_what_its_topic_has_is_not_sent() {
    let (site, log) = shortened();
    let relay = site.relay(&log);
    wait_until("compared", || log.reads.load(Ordering::SeqCst) > 0);
    log.grow_to(20);
    relay.end();
    assert_eq!(site.events(7).len(), 7);
}

#[test]
fn nor_is_one_that_has_other_events_there() {
    let (site, log) = shortened();
    log.push((6..=20).map(|position| event(position, 1, u128::from(position) + 100)));
    let relay = site.relay(&log);
    wait_until("compared", || log.reads.load(Ordering::SeqCst) > 0);
    relay.end();
    assert_eq!(site.events(7).len(), 7);
}

#[test]
fn where_that_is_accepted_the_log_is_sent() {
    let (mut site, log) = shortened();
    site.options.accepts_restored = true;
    log.push((6..=20).map(|position| event(position, 1, u128::from(position) + 100)));
    let relay = site.relay(&log);
    wait_for_mark(&log, 20);
    relay.end();
    assert_eq!(site.events(14).len(), 7 + 10);
}
