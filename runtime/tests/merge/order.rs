//! Given messages in any order: each event once, in the order of its source.
use crate::given::{Given, message, published};
use std::sync::Arc;

#[test]
fn given_messages_in_order_then_each_is_read_at_once_and_the_log_is_not() {
    let mut given = Given::over_the_topic(3);
    for position in published(5, 20) {
        given.log_ends_at(position);
        assert!(given.hear(message(position)));
        given.reads_all();
    }
    assert_eq!((given.read.clone(), given.log_reads()), (published(5, 20), 0));
    assert_eq!(given.counts().joined, 1 + published(5, 20).len() as u64);
}

#[test]
fn given_a_later_message_first_then_it_waits_for_the_one_before() {
    let mut given = Given::over_the_topic(3);
    given.log_ends_at(8);
    assert!(!given.hear(message(8)), "5 and 7 are missing");
    assert!(!given.hear(message(7)));
    assert!(given.try_read(100).is_err(), "it is late");
    assert!(given.hear(message(5)), "the others fit behind it");
    given.reads_all();
    assert_eq!((given.read.clone(), given.log_reads()), (vec![5, 7, 8], 0));
}

#[test]
fn given_messages_again_then_they_are_passed_over() {
    let mut given = Given::over_the_topic(3);
    given.log_ends_at(5);
    given.hear(message(5));
    assert!(!given.hear(message(5)) && !given.hear(message(2)) && !given.hear(message(4)));
    given.reads_all();
    assert_eq!((given.read.clone(), given.counts().past), (vec![5], 3));
}

#[test]
fn given_a_message_that_does_not_say_what_came_before_truly_then_it_moves_nobody() {
    let mut given = Given::over_the_topic(3);
    let mut forged = message(100);
    Arc::make_mut(&mut forged.event).position = 1_000_000;
    assert!(!given.hear(forged));
    assert!(given.try_read(100).is_err(), "something may be missing");
    given.passes_ms(250);
    given.reads_all();
    assert_eq!((given.read.clone(), given.counts().dropped), (vec![], 1), "it is not waited for again");
    given.log_ends_at(5);
    assert!(given.hear(message(5)));
    given.reads_all();
    assert_eq!((given.read.clone(), given.position), (vec![5], 5));
}

/// The events behind the newest published one are private: a reader that has everything stands at the end of the log.
#[test]
fn given_private_events_at_the_end_then_a_reader_moves_past_them_without_the_log() {
    let mut given = Given::over_the_topic(3);
    given.log_ends_at(6);
    given.hear(message(5));
    given.reads_all();
    assert_eq!((given.position, given.log_reads()), (6, 0));
    given.log_ends_at(7);
    given.hear(message(7));
    given.reads_all();
    assert_eq!((given.read.clone(), given.position, given.log_reads()), (vec![5, 7], 7, 0));
}

#[test]
fn given_a_slow_reader_then_what_has_come_is_kept_for_it_and_another_one_reads_ahead() {
    let mut given = Given::over_the_topic(3);
    given.log_ends_at(20);
    published(5, 20).into_iter().for_each(|position| assert!(given.hear(message(position))));
    let behind = given.position;
    given.reads_all();
    assert_eq!(given.position, 20);
    (given.position, given.read) = (behind, vec![]);
    while given.try_read(2).expect("it is here").more {}
    assert_eq!((given.read.clone(), given.log_reads()), (published(5, 20), 0));
}

/// More than may wait: the newest go, and nothing is lost.
#[test]
fn given_more_than_may_wait_then_the_newest_are_read_from_the_log() {
    let mut given = Given::over_the_topic(3);
    let last = 20_000;
    given.log_ends_at(last);
    published(7, last).into_iter().for_each(|position| assert!(!given.hear(message(position))));
    assert_eq!(given.counts().dropped, published(7, last).len() as u64 - 10_000);
    given.hear(message(5));
    given.reads_all();
    given.passes_ms(2_000);
    given.reads_all();
    given.passes_ms(2_000);
    given.reads_all();
    assert_eq!(given.read, published(5, last));
}

/// They take the room of many.
#[test]
fn given_large_messages_then_fewer_may_wait() {
    let given = Given::over_the_topic(3);
    given.log_ends_at(20);
    for position in published(7, 20) {
        let mut large = message(position);
        Arc::make_mut(&mut large.event).body = "x".repeat(1 << 20).into();
        given.hear(large);
    }
    assert_eq!((published(7, 20).len(), given.counts().dropped), (10, 3), "eight megabytes hold seven");
}
