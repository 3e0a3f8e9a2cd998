//! Relays that sign in.
use crate::log::MemoryLog;
use crate::site::{Site, wait_for_mark};
use kafka::{SaslMechanism, Security};
use kafka_broker::KafkaBroker;

#[test]
fn a_relay_signs_in_by_plain_and_by_scram() {
    let broker = KafkaBroker::own();
    for mechanism in [SaslMechanism::Plain, SaslMechanism::ScramSha256] {
        let mut site = Site::on(broker).signing_in(Security::SaslPlaintext, mechanism);
        site.options.bootstrap = broker.sign_in_at.clone();
        let log = MemoryLog::of(30);
        let relay = site.relay(&log);
        wait_for_mark(&log, 29);
        relay.end();
    }
}
