//! Relays that sign in.
use crate::log::MemoryLog;
use crate::site::{Site, wait_for_mark};
use kafka::{SaslMechanism, Security, SignIn};
use kafka_broker::{KafkaBroker, PASSWORD, USER};
use kernel::{Secret, SettingValue};

fn signing_in(broker: &KafkaBroker, mechanism: SaslMechanism) -> Site {
    let mut site = Site::on(broker);
    site.options.bootstrap = broker.sign_in_at.clone();
    site.options.security = Security::SaslPlaintext;
    site.options.sign_in = Some(SignIn { mechanism, username: USER.into(), password: Secret::read(PASSWORD) });
    site
}

#[test]
fn a_relay_signs_in_by_plain_and_by_scram() {
    let broker = KafkaBroker::shared();
    if broker.sign_in_at.is_empty() {
        return; // another broker, whose users are not known here
    }
    for mechanism in [SaslMechanism::Plain, SaslMechanism::ScramSha256] {
        let (site, log) = (signing_in(broker, mechanism), MemoryLog::of(30));
        let relay = site.relay(&log);
        wait_for_mark(&log, 29);
        relay.end();
    }
}
