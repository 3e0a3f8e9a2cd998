//! A source whose store goes back in time is noticed, and not read until its host says that it may be.
use crate::feed::{events, opening, policies};
use crate::support::{Known, Process, SourceLog, client, runtime, wait_until};
use kernel::{Head, Life};
use remote::{CheckSource, RemoteFeed};
use runtime::port::feed::{Feed, SourceLate};
use std::sync::{Arc, Mutex};

/// A check that knows how far the source had come, in which life: as a host does.
#[derive(Clone, Default)]
struct Host {
    knows: Arc<Mutex<(Life, u64)>>,
    asked: Arc<Mutex<Vec<(Life, u64)>>>,
}

impl Host {
    fn check(&self) -> CheckSource {
        let host = self.clone();
        Arc::new(move |name: &str, head: &Head| {
            host.asked.lock().expect("sound").push((head.life, head.group));
            let (life, group) = *host.knows.lock().expect("sound");
            let is_well = life == head.life && group <= head.group;
            if is_well { Ok(()) } else { Err(format!("{name} has gone back")) }
        })
    }

    fn knows(&self, life: Life, group: u64) {
        *self.knows.lock().expect("sound") = (life, group);
    }
}

fn life(n: u128) -> Life {
    Life::random(n)
}

#[test]
fn given_a_source_then_it_is_checked_before_its_first_use() {
    let (runtime, host) = (runtime(), Host::default());
    host.knows(life(1), 20);
    let log = Arc::new(SourceLog::new(events(10)));
    let process = Process::start(&runtime, log.clone(), &["source"]);
    let mut opening = opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url)));
    opening.check = host.check();
    let feed = RemoteFeed::open(opening);
    let gone_back = Err(SourceLate("source has gone back".into()));
    wait_until("it is refused", || feed.read(&policies(), 0, 100) == gone_back);
    assert_eq!(log.reads.load(std::sync::atomic::Ordering::Relaxed), 0, "its log was not read");
    host.knows(life(1), 10);
    wait_until("it is read", || feed.read(&policies(), 0, 100).is_ok_and(|slice| slice.up_to == 10));
}

#[test]
fn given_a_source_in_another_life_when_the_host_refuses_it_then_it_is_late_until_the_host_agrees() {
    let (runtime, host) = (runtime(), Host::default());
    host.knows(life(1), 0);
    let log = Arc::new(SourceLog::new(events(10)));
    let process = Process::start(&runtime, log.clone(), &["source"]);
    let mut opening = opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url)));
    opening.check = host.check();
    let feed = RemoteFeed::open(opening);
    wait_until("it is read", || feed.read(&policies(), 0, 100).is_ok_and(|slice| slice.up_to == 10));
    // As far as before, and further: only its life tells that it is another store.
    log.replace(life(2), events(20));
    let gone_back = Err(SourceLate("source has gone back".into()));
    wait_until("it is refused", || feed.read(&policies(), 10, 100) == gone_back);
    assert_eq!(feed.read(&policies(), 0, 100), gone_back, "whatever is read of it");
    host.knows(life(2), 0);
    wait_until("it is read", || feed.read(&policies(), 10, 100).is_ok_and(|slice| slice.up_to == 20));
    assert!(host.asked.lock().expect("sound").contains(&(life(2), 20)));
}

#[test]
fn given_a_log_that_ends_before_what_was_read_then_it_is_late_even_if_the_host_does_not_know_better() {
    let (runtime, host) = (runtime(), Host::default());
    host.knows(life(1), 0);
    let log = Arc::new(SourceLog::new(events(10)));
    let process = Process::start(&runtime, log.clone(), &["source"]);
    let mut opening = opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url)));
    opening.check = host.check();
    let feed = RemoteFeed::open(opening);
    wait_until("it is read", || feed.read(&policies(), 10, 100).is_ok());
    log.replace(life(1), events(5));
    wait_until("it is refused", || {
        feed.read(&policies(), 10, 100).is_err_and(|SourceLate(reason)| reason.contains("ends at event 5"))
    });
}
