//! A broker that is killed, hangs, or was never there: events wait in the log, and all arrive.
use crate::log::MemoryLog;
use crate::site::{Site, are_in_order, published, sequences, wait_for_mark};
use kafka_broker::KafkaBroker;
use runtime::port::broker::RelayedLog;
use std::time::{Duration, Instant};

#[test]
fn what_happens_while_the_broker_is_away_arrives_when_it_is_back() {
    let broker = KafkaBroker::start();
    let (site, log) = (Site::on(&broker), MemoryLog::of(300));
    let relay = site.relay(&log);
    wait_for_mark(&log, 299);
    broker.kill();
    log.grow_to(3_000);
    relay.news();
    broker.start_again();
    wait_for_mark(&log, 2_999);
    broker.pause();
    log.grow_to(6_000);
    relay.news();
    broker.go_on();
    wait_for_mark(&log, 5_999);
    let messages = site.events(4_000);
    assert_eq!(sequences(&messages), published(6_000));
    are_in_order(&messages);
    broker.kill();
    log.grow_to(6_002);
    relay.news();
    let began = Instant::now();
    relay.end();
    assert!(began.elapsed() < site.options.flush + Duration::from_secs(1), "an end waits for no broker");
    assert_eq!(log.relayed(), 5_999, "what no broker has said it has is not marked");
    let relay = site.relay(&log);
    broker.start_again();
    wait_for_mark(&log, 6_002);
    relay.end();
}
