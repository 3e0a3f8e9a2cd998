//! The broker is killed under load, and hangs: requests are answered meanwhile, and all events arrive, in order.
use super::subscriber::Relayed;
use crate::five::ALL;
use crate::trip::catch;
use kafka_broker::KafkaBroker;
use std::time::{Duration, Instant};

/// As long as a broker takes to be started again somewhere else.
const HANGS: Duration = Duration::from_secs(15);
/// Far more than a request takes here, far less than the broker is away.
const ANSWERED: Duration = Duration::from_secs(5);

#[test]
fn requests_are_answered_while_the_broker_is_away_and_all_events_arrive() {
    let broker = KafkaBroker::start();
    let relayed = Relayed::to(&broker, ALL[0]);
    let server = relayed.serve();
    let request = || {
        let began = Instant::now();
        catch(&server, "kim");
        assert!(began.elapsed() < ANSWERED, "a request waits for the broker");
    };
    (0..50).for_each(|_| request());
    relayed.arrived();
    broker.kill();
    (0..200).for_each(|_| request());
    broker.start_again();
    relayed.arrived();
    broker.pause();
    let until = Instant::now() + HANGS;
    while Instant::now() < until {
        request();
    }
    let waits = |answer: &process::HttpAnswer| {
        answer.text.lines().any(|line| line.starts_with("nadul_relay_waits{") && line.ends_with(" 1"))
    };
    let owner_says = |what: &str, is: &dyn Fn(&process::HttpAnswer) -> bool| {
        server.at_owner("taxi/catch", |owner| drop(owner.wait_until("/metrics", what, is)));
    };
    owner_says("a relay that waits", &waits);
    broker.go_on();
    server.wait_until_idle();
    let messages = relayed.arrived();
    assert!(messages.len() > 500, "{}", messages.len());
    owner_says("no relay that waits", &|answer| !waits(answer));
    broker.kill();
    server.stop(); // in time, though no broker is there
    relayed.nadul.check_data();
}
