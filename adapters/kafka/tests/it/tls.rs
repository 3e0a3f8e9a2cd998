//! Relays and feeds under TLS: who is asked proves to be the broker.
use crate::log::MemoryLog;
use crate::reader::Source;
use crate::site::{Site, wait_for_mark};
use kafka::{KafkaOptions, SaslMechanism, Security};
use kafka_broker::KafkaBroker;
use runtime::port::broker::RelayedLog;
use std::path::Path;
use std::time::Duration;
use tempfile::NamedTempFile;

/// A file of certificates.
fn file(text: &str) -> NamedTempFile {
    let file = NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("written");
    file
}

fn under_tls(broker: &KafkaBroker, bootstrap: &str, believed: &Path) -> Site {
    let mut site = Site::on(broker);
    site.options = KafkaOptions {
        bootstrap: bootstrap.into(),
        security: Security::Ssl,
        root_certificate: Some(believed.display().to_string()),
        ..site.options
    };
    site
}

#[test]
fn events_go_out_and_come_in_under_tls() {
    let broker = KafkaBroker::own();
    let believed = file(&broker.root_certificate);
    let source = Source::on(under_tls(broker, &broker.tls_at, believed.path()), 0);
    let reader = source.reader();
    reader.without_the_log();
    source.publishes_to(300);
    reader.reads_to(300);
}

#[test]
fn a_relay_signs_in_under_tls() {
    let broker = KafkaBroker::own();
    let believed = file(&broker.root_certificate);
    for mechanism in [SaslMechanism::Plain, SaslMechanism::ScramSha256] {
        let site = under_tls(broker, &broker.tls_sign_in_at, believed.path());
        let (site, log) = (site.signing_in(Security::SaslSsl, mechanism), MemoryLog::of(30));
        let relay = site.relay(&log);
        wait_for_mark(&log, 29);
        relay.end();
    }
}

/// One that shows a certificate of another authority, or for another name, is sent nothing: not in the time in which another relay has sent all.
#[test]
fn a_broker_that_does_not_prove_who_it_is_is_sent_nothing() {
    let (broker, other) = (KafkaBroker::start(), KafkaBroker::start());
    let (believed, others) = (file(&broker.root_certificate), file(&other.root_certificate));
    let by_another_name = broker.tls_at.replace("127.0.0.1", "localhost");
    let mistaken = [(&broker.tls_at, &others), (&by_another_name, &believed)].map(|(bootstrap, root)| {
        let mut site = under_tls(&broker, bootstrap, root.path());
        site.options.answer = Duration::from_millis(500);
        let log = MemoryLog::of(30);
        (site.relay(&log), site, log)
    });
    for _ in 0..3 {
        let (site, log) = (under_tls(&broker, &broker.tls_at, believed.path()), MemoryLog::of(30));
        let relay = site.relay(&log);
        wait_for_mark(&log, 29);
        relay.end();
    }
    for (relay, site, log) in mistaken {
        relay.end();
        assert_eq!((log.relayed(), site.topic.partitions()), (0, 0));
    }
}
