//! What the binary serves now is what was promised: OpenAPI of the gateway, AsyncAPI of every topic. The OpenAPI of a
//! context is the gateway's, filtered.
//!
//! The promises lie beside this file, a folder a system. A difference is a decision: one that breaks nothing is accepted
//! with `NADUL_ACCEPT=1 cargo test -p nadul --test it contracts`, one that breaks has to be listed in
//! [breaks.md](breaks.md) with its reason first.
mod promise;

use process::{HttpClient, Nadul, ServerProcess, embedded_only};
use promise::Promise;

#[test]
fn taxi_keeps_its_contract() {
    keeps("taxi");
}

#[test]
fn fruit_keeps_its_contract() {
    keeps("fruit");
}

#[test]
fn call_taxi_keeps_its_contract() {
    keeps("call-taxi");
}

#[test]
fn stay_keeps_its_contract() {
    keeps("stay");
}

#[test]
fn bookstore_keeps_its_contract() {
    keeps("bookstore");
}

fn keeps(system: &'static str) {
    let nadul = Nadul::new();
    let server = nadul.serve(&[system, "--data", "data"]);
    let mut promise = Promise::load(system);
    promise.compare("asyncapi.json", &server.get("/asyncapi.json").text, contract::asyncapi);
    promise.compare("openapi.json", &server.get("/openapi.json").text, contract::openapi);
    server.stop();
    promise.holds();
}

#[test]
fn every_contract_is_divided_among_its_contexts() {
    embedded_only!("a context of many has no port of its own");
    for system in crate::five::ALL {
        let nadul = Nadul::new();
        let server = nadul.serve(&[system.name, "--data", "data", "--set", "http.context_ports=any"]);
        is_divided_among_its_contexts(&server);
        server.stop();
    }
}

/// Each context serves its part of the system's document on its own port, and the parts together are the whole.
fn is_divided_among_its_contexts(server: &ServerProcess<'_>) {
    let system = server.get("/openapi.json").json();
    let mut paths = vec![];
    for context in server.get("/").json()["systems"][0]["contexts"].as_array().expect("contexts") {
        let (name, port) = (context["name"].as_str().expect("a name"), &context["port"]);
        let own = HttpClient::at(&format!("http://127.0.0.1:{port}")).request("GET", "/openapi.json", &[], "");
        let own = own.expect("an answer").json();
        assert!(own == contract::of_context(&system, name), "{name} does not serve its part of the system's document");
        paths.extend(own["paths"].as_object().expect("paths").keys().cloned());
    }
    paths.sort();
    let all: Vec<String> = system["paths"].as_object().expect("paths").keys().cloned().collect();
    assert_eq!(paths, all, "each path belongs to one context");
}
