//! A source that nobody reads, since its events come by another way: it is only asked where it ends, until somebody reads it again.
use crate::feed::{events, opening, policies};
use crate::support::{Known, Process, SourceLog, client, runtime, wait_until};
use remote::RemoteFeed;
use runtime::port::feed::{Feed, LogFeed, SourceLate};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[test]
fn given_nobody_who_reads_then_it_is_only_known_where_the_source_ends() {
    let (runtime, told) = (runtime(), Arc::new(AtomicUsize::new(0)));
    let log = Arc::new(SourceLog::new(events(10)));
    let process = Process::start(&runtime, log.clone(), &["source"]);
    let mut opening = opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url)));
    opening.rests_after = Some(Duration::from_secs(1));
    let news = told.clone();
    opening.news = Arc::new(move || {
        news.fetch_add(1, Ordering::Relaxed);
    });
    let feed = RemoteFeed::open(opening);
    wait_until("its end is known", || feed.end("source", 0).is_ok_and(|end| end.position == 10));
    let before = told.load(Ordering::Relaxed);
    log.publish(events(20)[10..].to_vec());
    wait_until("its new end is known", || feed.end("source", 10).is_ok_and(|end| end.position == 20));
    wait_until("the reader is told", || told.load(Ordering::Relaxed) > before);
    assert_eq!(log.reads.load(Ordering::Relaxed), 0, "its log was not read");
    wait_until("it is read", || feed.read(&policies(), 0, 100).is_ok_and(|slice| slice.up_to == 20));
    log.publish(events(30)[20..].to_vec());
    wait_until("it is followed", || feed.read(&policies(), 20, 100).is_ok_and(|slice| slice.up_to == 30));
    log.publish(events(40)[30..].to_vec());
    wait_until("its end is known still", || feed.end("source", 30).is_ok_and(|end| end.position == 40));
}

#[test]
fn given_an_end_before_what_was_read_by_another_way_then_the_source_is_late() {
    let runtime = runtime();
    let log = Arc::new(SourceLog::new(events(10)));
    let process = Process::start(&runtime, log.clone(), &["source"]);
    let mut opening = opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url)));
    opening.rests_after = Some(Duration::from_secs(1));
    let feed = RemoteFeed::open(opening);
    wait_until("its end is known", || feed.end("source", 10).is_ok());
    let life = feed.end("source", 10).expect("it is known").life;
    log.replace(life, events(5));
    wait_until("it is refused", || {
        feed.end("source", 10).is_err_and(|SourceLate(reason)| reason.contains("ends at event 5"))
    });
}

/// A reader that stands by the topic tells how far it is before it reads the log.
#[test]
fn given_more_than_is_fetched_ahead_then_a_reader_that_asks_for_the_end_first_reads_it_all() {
    const MANY: u64 = 25_000;
    let runtime = runtime();
    let log = Arc::new(SourceLog::new(events(MANY)));
    let process = Process::start(&runtime, log.clone(), &["source"]);
    let mut opening = opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url)));
    opening.rests_after = Some(Duration::from_secs(60));
    let feed = RemoteFeed::open(opening);
    wait_until("there is no room for more", || {
        feed.read(&policies(), 0, 1).is_ok() && log.events_read.load(Ordering::Relaxed) >= 10_000
    });
    let mut after = 0;
    wait_until("all is read", || {
        if feed.end("source", after).is_ok()
            && let Ok(slice) = feed.read(&policies(), after, 1_000)
        {
            after = slice.up_to;
        }
        after == MANY
    });
}
