//! Ports: the gateway on 8088 and each context's own with one system, the gateway alone with several; both spellings.
use crate::five::ALL;
use process::{Door, Nadul, Served};
use serde_json::json;
use std::net::TcpStream;

/// A loopback address of this test's own, so that the ports of the pages are free on it.
fn own_address(test: u8) -> String {
    let process = std::process::id();
    format!("127.{test}.{}.{}", process / 250 % 250 + 1, process % 250 + 1)
}

fn as_told<'a>(nadul: &'a Nadul, address: &str, systems: &[&str]) -> Served<'a> {
    let address = format!("http.address={address}");
    let more = ["--data", "data", "--set", "http.access_log_every=0", "--set", &address];
    nadul.serve_as_told(&[], &[systems, &more].concat())
}

#[test]
fn one_system_opens_the_gateway_under_both_spellings_and_each_port_of_its_page() {
    for (at, system) in (90..).zip(&ALL) {
        let (nadul, address) = (Nadul::new(), own_address(at));
        let mut served = as_told(&nadul, &address, &[system.name]);
        let told = served.hears("Contexts on their own ports: ");
        assert_eq!(served.url, format!("http://{address}:8088"));
        for context in system.contexts {
            let own = Door::at(&format!("http://{address}:{}", context.port));
            let answers = |path: &str| own.ask("GET", path, &[], "").expect("an answer").status;
            assert_eq!(answers("/health/ready"), 200, "{} {}", system.name, context.name);
            assert!(told.contains(&format!("{} {}", context.name, context.port)), "{told}");
            for other in system.contexts.iter().flat_map(|context| context.collections) {
                let here = context.collections.iter().any(|rows| rows.name == other.name);
                let path = format!("/{}", other.name);
                assert_eq!(answers(&path), if here { 200 } else { 404 }, "{} {}{path}", system.name, context.port);
            }
            let messages = answers("/messages?customer=kim");
            assert_eq!(messages, if context.name == "message" { 200 } else { 404 }, "{}", system.name);
        }
        for rows in system.collections() {
            assert_eq!(served.get(&format!("/{}", rows.name)).status, 200, "{}", rows.name);
            assert_eq!(served.get(&rows.path(system)).status, 200, "{}", rows.name);
        }
        holds_nothing_for_a_client(&served);
        served.stop();
    }
}

/// Nobody places a payment but the core context, in the same process.
fn holds_nothing_for_a_client(served: &Served<'_>) {
    let body = json!({ "id": 1, "callId": 1, "price": 1, "fare": 1 });
    served.post("/payments", &body).refused(405, "wrong-method");
    for path in ["/callpay", "/holds", "/hold", "/payment"] {
        served.post(path, &body).refused(404, "unknown-path");
    }
    served.counts("/payments", 0);
}

#[test]
fn several_systems_open_the_gateway_alone_with_their_name_first() {
    let (nadul, address) = (Nadul::new(), own_address(100));
    let served = as_told(&nadul, &address, &["taxi", "stay"]);
    for port in (8081..=8090).filter(|port| *port != 8088) {
        assert!(TcpStream::connect(format!("{address}:{port}")).is_err(), "{port} is open");
    }
    let trip = json!({ "price": 9000, "startingPoint": "a", "destination": "b", "customer": "kim" });
    served.post("/catches", &trip).refused(404, "unknown-path");
    let made = served.post("/taxi/catches", &trip);
    assert_eq!(made.with(201)["_links"]["self"]["href"], format!("/taxi/catches/{}", made.id()));
    assert_eq!(made.header("location"), format!("/taxi/catches/{}", made.id()));
    served.post("/stay/rooms", &json!({ "desc": "sea" })).with(201);
    served.get("/stay/catches").refused(404, "unknown-path");
    served.get("/fruit/orders").refused(404, "unknown-path");
    served.get("/rooms").refused(404, "unknown-path");
}

/// What a link says is what was asked under, so that it can be followed.
#[test]
fn links_keep_the_spelling_of_the_request() {
    let nadul = Nadul::new();
    let served = crate::taxi::taxi(&nadul);
    let id = crate::taxi::hail(&served, "kim");
    for prefix in ["", "/taxi"] {
        let row = served.get(&format!("{prefix}/catches/{id}")).with(200);
        assert_eq!(row["_links"]["catch"]["href"], format!("{prefix}/catches/{id}"));
        let page = served.get(&format!("{prefix}/catches?size=1")).with(200);
        assert_eq!(page["_embedded"]["catches"][0]["_links"]["self"]["href"], format!("{prefix}/catches/{id}"));
    }
}
