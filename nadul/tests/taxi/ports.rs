//! Every context on the port its page names, so that commands written for separate services work word for word.
use crate::hailing::trip;
use process::{Door, Nadul, Served};
use serde_json::json;

/// A loopback address of this test's own, so that the ports of the page are free on it.
fn own_address() -> String {
    let process = std::process::id();
    format!("127.88.{}.{}", process / 250 % 250 + 1, process % 250 + 1)
}

fn as_told<'a>(nadul: &'a Nadul, address: &str) -> Served<'a> {
    let quiet = "http.access_log_every=0";
    nadul.serve_as_told(&[], &["taxi", "--data", "data", "--set", quiet, "--set", &format!("http.address={address}")])
}

#[test]
fn each_context_answers_on_its_own_port_and_only_there() {
    let (nadul, address) = (Nadul::new(), own_address());
    let served = as_told(&nadul, &address);
    assert_eq!(served.url, format!("http://{address}:8088"));
    let at = |port: u16| Door::at(&format!("http://{address}:{port}"));
    let made = at(8081).post("/catches", &trip("kim")).expect("an answer");
    assert_eq!(made.with(201)["_links"]["self"]["href"], format!("/catches/{}", made.id()));
    let id = made.id();
    served.shows(&format!("/catchReqLists/{id}"), "\"id\"");
    at(8082).post("/pickUps", &json!({ "matchId": id, "driver": "park" })).expect("an answer").with(201);
    served.shows(&format!("/myPages/{id}"), "PickupAssigned");
    served.counts("/messages?customer=kim", 1);
    let ports = [
        (8081, &["/catches"][..]),
        (8082, &["/pickUps", "/catchReqLists"]),
        (8083, &["/payments"]),
        (8084, &["/myPages"]),
        (8085, &["/messages?customer=kim"]),
    ];
    for (port, own) in ports {
        for path in ports.iter().flat_map(|(_, paths)| paths.iter()) {
            let answer = at(port).ask("GET", path, &[], "").expect("an answer");
            assert_eq!(answer.status, if own.contains(path) { 200 } else { 404 }, "{port}{path}");
        }
        assert_eq!(at(port).ask("GET", "/health/ready", &[], "").expect("an answer").status, 200);
    }
    let cancelled = at(8081).ask("PATCH", &format!("/catches/{id}"), &[], r#"{"status":"Cancel"}"#);
    cancelled.expect("an answer").with(200);
}

/// Nobody places a payment but catch, in the same process.
#[test]
fn no_port_holds_money_for_a_client() {
    let (nadul, address) = (Nadul::new(), own_address().replace("127.88", "127.89"));
    let served = as_told(&nadul, &address);
    let body = json!({ "matchId": 1, "price": 9000, "customer": "kim", "startingPoint": "a", "destination": "b" });
    for url in [served.url.clone(), format!("http://{address}:8083")] {
        for path in ["/payments", "/payments/1"] {
            let answer = Door::at(&url).post(path, &body).expect("an answer");
            answer.refused(405, "wrong-method");
            assert_eq!(answer.header("allow").replace(' ', ""), "GET,HEAD");
        }
        Door::at(&url).post("/payments/hold", &body).expect("an answer").refused(405, "wrong-method");
    }
    served.counts("/payments", 0);
}
