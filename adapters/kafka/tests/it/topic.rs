//! The topic is made where there is none, also when it was removed; one that is there is left as it is.
use crate::log::MemoryLog;
use crate::site::{Site, sequences, wait_for_mark};

#[test]
fn a_topic_that_is_there_stays_as_it_is() {
    let (mut site, log) = (Site::shared(), MemoryLog::of(30));
    site.options.topic.partitions = 3;
    let relay = site.relay(&log);
    wait_for_mark(&log, 29);
    relay.end();
    site.options.topic.partitions = 12;
    log.grow_to(60);
    let relay = site.relay(&log);
    wait_for_mark(&log, 59);
    relay.end();
    assert_eq!(site.topic.partitions(), 3);
}

#[test]
fn a_topic_that_is_removed_is_made_again() {
    let (site, log) = (Site::shared(), MemoryLog::of(30));
    let relay = site.relay(&log);
    wait_for_mark(&log, 29);
    site.topic.delete();
    log.grow_to(60);
    relay.news();
    wait_for_mark(&log, 59);
    relay.end();
    assert_eq!(site.topic.partitions(), 12);
    assert_eq!(sequences(&site.events(20)).first(), Some(&31));
}
