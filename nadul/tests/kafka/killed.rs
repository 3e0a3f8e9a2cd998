//! The process is killed under load: after its next start nothing is missing.
use super::subscriber::Relayed;
use crate::five::ALL;
use kafka_broker::KafkaBroker;
use process::HttpClient;

const KILLS: usize = 3;

#[test]
fn a_process_that_is_killed_sends_what_it_had_not_sent() {
    let relayed = Relayed::to(KafkaBroker::shared(), ALL[1]);
    let system = relayed.system;
    for kill in 0..KILLS {
        let server = relayed.serve();
        if kill == 0 {
            (system.prepare)(&server);
        }
        let body = (system.offer)(&server, "kim");
        let place = |client: &HttpClient, _| Some(client.post(&system.path(system.requests), &body)?.status);
        let answered = server.kill_under_load(4, 100, place);
        assert!(answered.iter().all(|status| *status == 201), "{answered:?}");
    }
    let server = relayed.serve();
    server.wait_until_idle();
    let published = relayed.published();
    assert!(published.len() > KILLS * 100);
    relayed.arrived();
    server.stop();
    relayed.nadul.check_data();
}
