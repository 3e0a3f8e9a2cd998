//! Given a topic that lacks something: it is waited for a while, then the log is read until the topic has caught up.
use crate::given::{Given, message, published};
use runtime::merge::MergeTimes;

const TIMES: MergeTimes = MergeTimes { gap_ms: 250, fallback_ms: 2000 };

#[test]
fn given_a_gap_then_the_log_is_read_after_a_short_wait_and_the_topic_goes_on() {
    let mut given = Given::over_the_topic(3);
    given.log_ends_at(8);
    given.hear(message(7));
    given.hear(message(8));
    assert!(given.try_read(100).is_err());
    given.passes_ms(TIMES.gap_ms - 1);
    assert!(given.try_read(100).is_err());
    given.passes_ms(1);
    given.reads_all();
    assert_eq!((given.read.clone(), given.position), (vec![5, 7, 8], 8));
    assert!(given.log_reads() > 0 && given.feed.look()[0].reads_the_log);
    given.log_ends_at(10);
    given.hear(message(10));
    let reads = given.log_reads();
    given.reads_all();
    assert_eq!((given.position, given.log_reads()), (10, reads), "the topic has joined again");
    assert!(!given.feed.look()[0].reads_the_log);
}

#[test]
fn given_a_topic_that_brings_nothing_then_the_log_is_read_until_it_does() {
    let mut given = Given::over_the_topic(3);
    given.log_ends_at(5);
    assert!(given.try_read(100).is_err(), "the topic is to bring it");
    given.passes_ms(TIMES.fallback_ms);
    given.reads_all();
    assert_eq!(given.position, 5);
    for position in published(6, 30) {
        given.log_ends_at(position);
        given.reads_all();
        assert_eq!(given.position, position, "while the topic is away nobody waits for it");
    }
    assert_eq!(given.counts().healed, 2 + 1 + published(6, 30).len() as u64, "1, 2 and all behind 4");
}

/// It brings everything in order, too late: what is read would be read twice as late.
#[test]
fn given_a_topic_that_is_late_for_good_then_the_log_stays_in_use() {
    let mut given = Given::over_the_topic(3);
    let mut late = published(5, 200).into_iter();
    for position in published(5, 200) {
        given.log_ends_at(position + 60);
        given.passes_ms(TIMES.fallback_ms);
        given.reads_all();
        given.hear(message(late.next().expect("as many")));
        given.reads_all();
    }
    given.read.dedup();
    assert_eq!(given.read, published(5, 260));
    assert!(given.feed.look()[0].reads_the_log);
}

/// Each message comes soon behind the one before, and later and later behind its event.
#[test]
fn given_a_topic_that_is_too_slow_then_the_log_is_read() {
    let mut given = Given::over_the_topic(3);
    given.log_ends_at(200);
    for position in [5, 7] {
        assert!(given.try_read(100).is_err(), "the topic is to bring it");
        given.passes_ms(TIMES.fallback_ms - 500);
        given.hear(message(position));
        given.reads_all();
    }
    given.reads_all();
    assert_eq!(given.read, published(5, 200));
}

#[test]
fn given_a_new_reader_on_a_topic_that_was_cut_off_then_the_log_gives_what_is_gone() {
    let mut given = Given::source(1000, 0);
    (900..=1000).filter(|at| at % 3 != 0).for_each(|position| assert!(!given.hear(message(position))));
    given.reads_all();
    given.log_ends_at(1001);
    given.hear(message(1001));
    given.reads_all();
    assert_eq!(given.read, published(1, 1001));
}

#[test]
fn given_a_reader_behind_what_has_come_then_it_reads_the_log_at_once() {
    let mut given = Given::over_the_topic_from(20, 30);
    let now = given.position;
    given.position = 0;
    given.reads_all();
    assert_eq!((given.read.clone(), given.position), (published(1, 31), now));
    assert!(given.log_reads() > 0 && !given.feed.look()[0].reads_the_log, "others stay with the topic");
}

#[test]
fn given_a_source_that_can_not_be_read_then_the_topic_still_brings_its_events() {
    let mut given = Given::over_the_topic(3);
    given.log_ends_at(8);
    given.log_is_away(Some("payment is down"));
    given.hear(message(5));
    given.reads_all();
    assert_eq!(given.read, [5]);
    given.hear(message(8));
    assert!(given.try_read(100).is_err());
    given.passes_ms(TIMES.gap_ms);
    assert_eq!(given.try_read(100).expect_err("nobody has 7").0, "payment is down");
    given.hear(message(7));
    given.reads_all();
    assert_eq!(given.read, [5, 7, 8]);
}
