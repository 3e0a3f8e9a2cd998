//! A context that hears another over the topic: each event once and in order, whatever becomes of the broker and of the topic.
use crate::log::MemoryLog;
use crate::reader::{LogBehind, Reader, Source, feeds};
use crate::site::{Site, wait_for_mark, wait_until};
use kafka::KafkaFeeds;
use kafka_broker::KafkaBroker;
use kernel::Name;
use runtime::port::feed::Feed;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Both stand at the same event from then on.
fn publishes_and_is_read(source: &Source, reader: &Reader, newest: u64) {
    source.publishes_to(newest);
    reader.reads_to(newest);
}

/// Where a broker would listen, and a process that would hear its topic.
struct Stage {
    port: TcpListener,
    feeds: KafkaFeeds,
}

impl Stage {
    fn new() -> Stage {
        let port = TcpListener::bind("127.0.0.1:0").expect("a port");
        port.set_nonblocking(true).expect("a port that does not wait");
        let mut site = Site::shared();
        site.options.bootstrap = port.local_addr().expect("an address").to_string();
        let stage = Stage { feeds: feeds(&site), port };
        while stage.is_asked() {} // by the client that has looked at the options
        stage
    }

    fn begins_to_read(&self, sources: &[Name]) -> Arc<dyn Feed> {
        self.feeds.feed("reader", sources, LogBehind::of(&MemoryLog::of(0)), Arc::new(|| {}))
    }

    fn is_asked(&self) -> bool {
        self.port.accept().is_ok()
    }
}

/// A process that stands by costs a broker nothing.
#[test]
fn no_broker_is_asked_before_somebody_reads() {
    let (stands_by, reads) = (Stage::new(), Stage::new());
    let _of_nobody = stands_by.begins_to_read(&[]);
    let _reader = reads.begins_to_read(&["orders"]);
    wait_until("a broker asked by the one that reads", || reads.is_asked());
    assert!(!stands_by.is_asked());
    let _reader = stands_by.begins_to_read(&["orders"]);
    wait_until("a broker asked by the other one", || stands_by.is_asked());
}

#[test]
fn events_come_in_order_over_all_partitions_and_the_log_is_not_read() {
    let source = Source::on(Site::shared(), 0);
    let reader = source.reader();
    let other = reader.another();
    reader.without_the_log();
    for newest in [10, 1_000, 1_001, 4_000] {
        publishes_and_is_read(&source, &reader, newest);
        other.reads_to(newest);
    }
    assert_eq!(source.site.topic.partitions(), 12);
}

/// Nobody waits for it while it is away, and then the topic is in use again.
#[test]
fn a_broker_that_is_away_and_comes_back_loses_nothing() {
    let broker = KafkaBroker::start();
    let source = Source::on(Site::on(&broker), 0);
    let reader = source.reader();
    publishes_and_is_read(&source, &reader, 300);
    broker.kill();
    publishes_and_is_read(&source, &reader, 1_000);
    reader.without_the_log();
    broker.start_again();
    publishes_and_is_read(&source, &reader, 2_000);
    reader.with_the_log();
    broker.pause();
    publishes_and_is_read(&source, &reader, 3_000);
    reader.without_the_log();
    broker.go_on();
    publishes_and_is_read(&source, &reader, 4_000);
}

#[test]
fn a_topic_that_is_removed_is_healed_by_the_log_and_heard_again() {
    let source = Source::on(Site::shared(), 0);
    let reader = source.reader();
    publishes_and_is_read(&source, &reader, 300);
    wait_for_mark(&source.log, 299);
    source.site.topic.delete();
    publishes_and_is_read(&source, &reader, 600);
    wait_for_mark(&source.log, 599);
    reader.without_the_log();
    publishes_and_is_read(&source, &reader, 900);
}

/// It is made anew at once, by whoever sends there; and its partitions are led for the first time, the ones before were not.
#[test]
fn a_topic_that_is_removed_while_events_are_sent_is_heard_again() {
    let broker = KafkaBroker::start();
    let source = Source::on(Site::on(&broker), 0);
    let reader = source.reader();
    publishes_and_is_read(&source, &reader, 300);
    wait_for_mark(&source.log, 299);
    broker.kill();
    broker.start_again();
    (301..=600).for_each(|newest| source.publishes_to(newest));
    assert!(source.site.topic.remove(), "it was there");
    let other = source.site.relay(&MemoryLog::of(0));
    (601..=1_200).for_each(|newest| publishes_and_is_read(&source, &reader, newest));
    wait_for_mark(&source.log, 1_199);
    reader.without_the_log();
    publishes_and_is_read(&source, &reader, 1_500);
    other.end();
}

#[test]
fn what_was_cut_off_the_topic_is_read_from_the_log() {
    let source = Source::on(Site::shared(), 600);
    wait_for_mark(&source.log, 599);
    source.site.topic.truncate();
    source.publishes_to(900);
    let reader = source.reader();
    reader.reads_to(900);
    assert!(reader.behind.read.load(Ordering::Relaxed) >= 400, "the topic does not have it");
    reader.without_the_log();
    publishes_and_is_read(&source, &reader, 1_200);
}

#[test]
fn a_context_ten_thousand_events_behind_catches_up_and_goes_on_over_the_topic() {
    let source = Source::on(Site::shared(), 16_000);
    let reader = source.reader();
    publishes_and_is_read(&source, &reader, 20_000);
    wait_for_mark(&source.log, 20_000);
    reader.without_the_log();
    publishes_and_is_read(&source, &reader, 21_000);
}

/// What others write there moves nobody, and what should have been there is read from the log.
#[test]
fn messages_of_others_and_broken_ones_are_passed_over() {
    let source = Source::on(Site::shared(), 0);
    let (reader, site) = (source.reader(), &source.site);
    publishes_and_is_read(&source, &reader, 10);
    let messages = site.events(7);
    let tenth = messages.iter().find(|message| message.header("ce_sequence") == "10").expect("the tenth");
    let send = |value: &str, changed: &[(&str, &str)]| {
        let header = |(name, text): (&String, &String)| {
            let changed = changed.iter().find(|(changed, _)| changed == name);
            (name.clone(), changed.map_or(text.clone(), |(_, text)| (*text).to_string()))
        };
        let headers: Vec<(String, String)> = tenth.headers.iter().map(header).collect();
        let headers: Vec<_> = headers.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        site.topic.send(&tenth.key, value, &headers);
    };
    let as_position = |position: u64| tenth.value.replace("\"position\":10", &format!("\"position\":{position}"));
    site.topic.send("1", "hello", &[]);
    send(&tenth.value, &[("ce_source", "/shop/elsewhere"), ("ce_sequence", "11")]);
    send("no JSON", &[("ce_sequence", "11"), ("ce_after", "10")]);
    send(&tenth.value, &[("ce_sequence", "11"), ("ce_after", "10")]);
    send(&as_position(11), &[("ce_sequence", "11"), ("ce_after", "eleven")]);
    send(&as_position(11), &[("ce_sequence", "11"), ("ce_after", "11")]);
    let other_life = "00000000-0000-4000-8000-000000000008";
    send(&as_position(11), &[("ce_sequence", "11"), ("ce_after", "10"), ("ce_nadullife", other_life)]);
    send(&as_position(1_000_000), &[("ce_sequence", "1000000"), ("ce_after", "999999")]);
    send(&tenth.value, &[]);
    publishes_and_is_read(&source, &reader, 900);
}
