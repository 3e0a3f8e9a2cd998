//! What a subscriber sees: every published event once, in order for each key, with where it comes from.
use crate::log::{MemoryLog, event};
use crate::site::{Site, are_in_order, published, sequences, wait_for_mark};
use runtime::port::broker::RelayedLog;

/// Of the keys 1 to 24 among twelve partitions, by `Utils.murmur2` of Apache Kafka's own clients.
const JAVAS: [i32; 24] = [3, 8, 11, 1, 6, 10, 3, 3, 11, 10, 0, 10, 7, 7, 6, 5, 0, 4, 7, 10, 0, 3, 0, 1];

#[test]
fn every_published_event_goes_out_once_and_in_order_for_each_key() {
    let (site, log) = (Site::shared(), MemoryLog::of(1_500));
    let relay = site.relay(&log);
    site.events(1_000);
    log.grow_to(3_000);
    relay.news();
    let messages = site.events(2_000);
    assert_eq!(messages.len(), 2_000, "none comes twice while nothing fails");
    assert_eq!(sequences(&messages), published(3_000), "the private ones never appear");
    are_in_order(&messages);
    let mut by_sequence = messages.clone();
    by_sequence.sort_by_key(|message| message.number("ce_sequence"));
    by_sequence.iter().fold(0, |before, message| {
        assert_eq!(message.number("ce_after"), before, "{message:?}");
        message.number("ce_sequence")
    });
    wait_for_mark(&log, 2_999);
    relay.end();
}

#[test]
fn a_message_says_what_it_is_and_where_it_comes_from() {
    let (site, log) = (Site::shared(), MemoryLog::of(5));
    let relay = site.relay(&log);
    let messages = site.events(4);
    let message = messages.iter().find(|message| message.header("ce_sequence") == "5").expect("the fifth");
    let headers: Vec<(&str, &str)> =
        message.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let life = "00000000-0000-4000-8000-000000000007";
    assert_eq!(
        headers,
        [
            ("ce_after", "4"),
            ("ce_correlationid", "order-7"),
            ("ce_id", "00000000-0000-0000-0000-000000000005"),
            ("ce_naduleventversion", "2"),
            ("ce_nadullife", life),
            ("ce_partitionkey", "6"),
            ("ce_sequence", "5"),
            ("ce_source", "/shop/orders"),
            ("ce_specversion", "1.0"),
            ("ce_time", "1970-01-01T00:00:01.000000Z"),
            ("ce_type", "Happened"),
            ("content-type", "application/json"),
            ("traceparent", "00-trace"),
            ("type", "Happened"),
        ]
    );
    assert_eq!(message.key, "6");
    assert_eq!(
        message.value,
        concat!(
            r#"{"eventId":"00000000-0000-0000-0000-000000000005","eventType":"Happened","timestamp":"1970-01-01T00:00:01.000000Z","#,
            r#""correlationId":"order-7","source":"orders","position":5,"price":1.50,"nth":5}"#
        )
    );
    relay.end();
}

#[test]
fn a_key_goes_to_the_partition_that_javas_clients_choose() {
    let (site, log) = (Site::shared(), MemoryLog::of(0));
    let positions = (1..).filter(|position: &u64| !position.is_multiple_of(3));
    let keys = (1..=24).zip(positions);
    let mut events: Vec<_> = keys.map(|(key, position)| event(position, key, u128::from(position))).collect();
    let private = (1..=12).map(|third| event(third * 3, 1, 0));
    events.extend(private);
    events.sort_by_key(|event| event.position);
    log.push(events);
    let relay = site.relay(&log);
    for message in site.events(24) {
        let key: usize = message.key.parse().expect("a number");
        assert_eq!(message.partition, JAVAS[key - 1], "{message:?}");
    }
    relay.end();
}

#[test]
fn a_relay_goes_on_behind_its_mark() {
    let (site, log) = (Site::shared(), MemoryLog::of(100));
    log.start_behind(50);
    let relay = site.relay(&log);
    let messages = site.events(33);
    assert_eq!(sequences(&messages).first(), Some(&52));
    let first = messages.iter().find(|message| message.header("ce_sequence") == "52").expect("the first");
    assert_eq!(first.header("ce_after"), "50");
    relay.end();
    assert_eq!(site.events(33).len(), 33);
}

/// What is published before it ends is sent and acknowledged, and its mark is told.
#[test]
fn a_relay_that_ends_has_sent_everything() {
    let (site, log) = (Site::shared(), MemoryLog::of(100));
    let relay = site.relay(&log);
    site.events(67);
    log.grow_to(2_000);
    relay.end();
    assert_eq!(log.relayed(), 2_000);
    assert_eq!(sequences(&site.events(1_334)), published(2_000));
}
