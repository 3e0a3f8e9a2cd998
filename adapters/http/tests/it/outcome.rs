//! A group under way that takes long: only the context says no, and where it says nothing the client is told that the outcome is unknown.
use crate::client::TextResponse;
use crate::test_server::{TRIP, TestServer, host_that, open_hosted, taxi};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

const KEY: (&str, &str) = ("idempotency-key", "order-1");

/// No test takes longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// While it is shut, the groups of `catch` that are under way stay so, but for those that no client waits for.
#[derive(Clone, Default)]
struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    fn pass(&self, context: &str) {
        if context == "catch" {
            let is_shut = self.0.0.lock().expect("nobody panics with it");
            drop(self.0.1.wait_timeout_while(is_shut, PATIENCE, |is_shut| *is_shut));
        }
    }

    fn shut(&self, shut: bool) {
        *self.0.0.lock().expect("nobody panics with it") = shut;
        self.0.1.notify_all();
    }
}

async fn behind(gate: &Gate, outcome_wait_ms: &str) -> TestServer {
    let of_contexts = gate.clone();
    let hosted = host_that(taxi(), move |context| of_contexts.pass(context));
    open_hosted(vec![hosted], &[("request_timeout_ms", "1000"), ("outcome_wait_ms", outcome_wait_ms)]).await
}

async fn total(server: &TestServer, collection: &str) -> u64 {
    server.gateway.get(collection).await.json()["page"]["totalElements"].as_u64().expect("a total")
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_in_vain_for_a_group_is_told_that_the_outcome_is_unknown() {
    let gate = Gate::default();
    let server = behind(&gate, "100").await;
    gate.shut(true);
    let unknown = server.gateway.request("POST", "/catches", &[KEY], TRIP).await;
    assert_eq!((unknown.status, unknown.problem().as_str()), (503, "outcome-unknown"));
    assert!(!unknown.header("retry-after").is_empty(), "{unknown:?}");
    gate.shut(false);
    let again = server.gateway.request("POST", "/catches", &[KEY], TRIP).await;
    assert_eq!((again.status, again.json()["id"].as_u64()), (201, Some(1)), "the same again is answered: {again:?}");
    let paid = |answer: &TextResponse| answer.json()["page"]["totalElements"] == 1;
    server.gateway.wait_for("/payments", paid).await;
    assert_eq!(total(&server, "/catches").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_says_no_while_a_group_may_still_be_kept() {
    let gate = Gate::default();
    let server = behind(&gate, "60000").await;
    gate.shut(true);
    let gateway = server.gateway;
    let mut asked = tokio::spawn(async move { gateway.post("/catches", TRIP).await });
    let longer_than_a_request_may_take = Duration::from_millis(1200);
    let early = tokio::time::timeout(longer_than_a_request_may_take, &mut asked).await;
    assert!(early.is_err(), "{early:?}");
    gate.shut(false);
    let answer = asked.await.expect("an answer");
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(total(&server, "/catches").await, 1);
}
