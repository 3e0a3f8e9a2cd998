//! Ports: the gateway on 8088 and each context's own with one system, the gateway alone with several; both spellings.
use crate::five::{ALL, HttpCommand, ListedSystem};
use process::{HttpClient, Nadul, ServerProcess, embedded_only};
use serde_json::{Value, json};
use std::net::TcpStream;

/// A loopback address of this test's own, so that the ports of the pages are free on it.
fn own_address(test: u8) -> String {
    let process = std::process::id();
    format!("127.{test}.{}.{}", process / 250 % 250 + 1, process % 250 + 1)
}

fn as_told<'a>(nadul: &'a Nadul, address: &str, systems: &[&str]) -> ServerProcess<'a> {
    let address = format!("http.address={address}");
    let more = ["--data", "data", "--set", "http.access_log_every=0", "--set", &address];
    nadul.serve_on_its_ports(&[], &[systems, &more].concat())
}

#[test]
fn one_system_opens_the_gateway_under_both_spellings_and_each_port_of_its_page() {
    embedded_only!("a context of many has no port of its own");
    for (at, system) in (90..).zip(&ALL) {
        let (nadul, address) = (Nadul::new(), own_address(at));
        let mut server = as_told(&nadul, &address, &[system.name]);
        let told = server.wait_for_output("Contexts on their own ports: ");
        assert_eq!(server.url, format!("http://{address}:8088"));
        holds_nothing_for_a_client(&server.url);
        for context in system.contexts {
            let own = HttpClient::at(&format!("http://{address}:{}", context.port));
            let answers = |path: &str| own.request("GET", path, &[], "").expect("an answer").status;
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
        works_on_its_own_ports(&server, system, &address);
        for rows in system.collections() {
            assert_eq!(server.get(&format!("/{}", rows.name)).status, 200, "{}", rows.name);
            assert_eq!(server.get(&rows.path(system)).status, 200, "{}", rows.name);
        }
        server.stop();
    }
}

/// Nobody places a payment but the core context, in the same process.
fn holds_nothing_for_a_client(url: &str) {
    // a refused body ends its connection, so each request has its own
    let client = || HttpClient::at(url);
    let body = json!({ "id": 1, "callId": 1, "price": 1, "fare": 1 });
    for path in ["/payments", "/payments/1", "/payments/hold"] {
        let answer = client().post(path, &body).expect("an answer");
        answer.expect_problem(405, "wrong-method");
        assert_eq!(answer.header("allow").replace(' ', ""), "GET,HEAD", "{path}");
    }
    for path in ["/callpay", "/holds", "/hold", "/payment"] {
        client().post(path, &body).expect("an answer").expect_problem(404, "unknown-path");
    }
    let payments = client().request("GET", "/payments", &[], "").expect("an answer");
    assert_eq!(payments.expect_status(200)["page"]["totalElements"], 0);
}

/// A request is placed, served and cancelled by commands that were written for separate services.
fn works_on_its_own_ports(server: &ServerProcess, system: &ListedSystem, address: &str) {
    (system.prepare)(server);
    let port = |collection: &str| {
        let own = system.contexts.iter().find(|context| context.collections.iter().any(|rows| rows.name == collection));
        format!("http://{address}:{}", own.expect("somebody owns it").port)
    };
    let at_its_port = |mut command: HttpCommand| {
        command.path = command.path.replacen(&format!("/{}", system.name), "", 1);
        let collection = command.path.split('/').nth(1).expect("a collection").to_string();
        command.send(&HttpClient::at(&port(&collection)))
    };
    holds_nothing_for_a_client(&port("payments"));
    let placed = at_its_port(system.place_command(server, "kim"));
    let (id, path) = (placed.created_id(), format!("/{}/{}", system.requests, placed.id()));
    assert_eq!(placed.json()["_links"]["self"]["href"], path);
    server.wait_until_idle();
    if let Some(provide) = system.provide {
        at_its_port(provide(id)).expect_success();
        server.wait_until_idle();
    }
    at_its_port((system.cancel)(id)).expect_success();
    server.wait_until_idle();
    assert_eq!(system.status(server, id), system.request_status.cancelled);
}

/// What the command line says of each system is what its page says.
#[test]
fn each_system_has_the_topic_the_contexts_and_the_collections_of_its_page() {
    embedded_only!("a context of many has no port of its own");
    let nadul = Nadul::new();
    let json = |arguments: &[&str]| -> Value {
        let output = nadul.run(arguments);
        assert_eq!(output.code, Some(0), "{output:?}");
        serde_json::from_str(&output.out).expect("JSON")
    };
    let systems = json(&["systems", "--json"]);
    for page in ALL {
        let system = systems.as_array().into_iter().flatten().find(|system| system["name"] == page.name);
        let system = system.expect("it is listed");
        assert_eq!(system["topic"], page.topic);
        let mut contexts = system["contexts"].as_array().expect("contexts").clone();
        contexts.sort_by_key(|context| context["port"].as_u64());
        let of_page = page.contexts.iter().map(|context| json!({ "name": context.name, "port": context.port }));
        assert_eq!(contexts, of_page.collect::<Vec<_>>());
        let board = json(&["board", page.name, "--format", "json"]);
        for context in page.contexts {
            let columns = board["columns"].as_array().into_iter().flatten();
            let column = columns.filter(|column| column["context"] == context.name).collect::<Vec<_>>();
            let mut names: Vec<&str> = context.collections.iter().map(|rows| rows.name).collect();
            names.extend((context.name == "message").then_some("messages"));
            assert_eq!(column[0]["collections"], json!(names), "{}", context.name);
        }
    }
}

#[test]
fn several_systems_open_the_gateway_alone_with_their_name_first() {
    embedded_only!("a context of many has no port of its own");
    let (nadul, address) = (Nadul::new(), own_address(100));
    let server = as_told(&nadul, &address, &["taxi", "stay"]);
    for port in (8081..=8090).filter(|port| *port != 8088) {
        assert!(TcpStream::connect(format!("{address}:{port}")).is_err(), "{port} is open");
    }
    let trip = json!({ "price": 9000, "startingPoint": "a", "destination": "b", "customer": "kim" });
    server.post("/catches", &trip).expect_problem(404, "unknown-path");
    let made = server.post("/taxi/catches", &trip);
    assert_eq!(made.expect_status(201)["_links"]["self"]["href"], format!("/taxi/catches/{}", made.id()));
    assert_eq!(made.header("location"), format!("/taxi/catches/{}", made.id()));
    server.post("/stay/rooms", &json!({ "desc": "sea" })).expect_status(201);
    server.get("/stay/catches").expect_problem(404, "unknown-path");
    server.get("/fruit/orders").expect_problem(404, "unknown-path");
    server.get("/rooms").expect_problem(404, "unknown-path");
}

/// What a link says is what was asked under, so that it can be followed.
#[test]
fn links_keep_the_spelling_of_the_request() {
    embedded_only!("a context of many has no port of its own");
    let nadul = Nadul::new();
    let server = crate::promises::taxi::taxi(&nadul);
    let id = crate::promises::taxi::hail(&server, "kim");
    for prefix in ["", "/taxi"] {
        let row = server.get(&format!("{prefix}/catches/{id}")).expect_status(200);
        assert_eq!(row["_links"]["catch"]["href"], format!("{prefix}/catches/{id}"));
        let page = server.get(&format!("{prefix}/catches?size=1")).expect_status(200);
        assert_eq!(page["_embedded"]["catches"][0]["_links"]["self"]["href"], format!("{prefix}/catches/{id}"));
    }
}
