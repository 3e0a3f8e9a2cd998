//! TLS between the processes of a system, by setting: who is asked proves to work for the context, and nobody is asked without it.
use super::stack::Stack;
use super::{TAXI, served};
use crate::curl::{HOST, curl};
use crate::trip::trip;
use process::{HttpClient, Nadul};

#[test]
fn a_system_over_tls_serves_like_one_without() {
    let nadul = Nadul::new();
    let stack = Stack::over_tls(&nadul, "taxi", &TAXI);
    let id = served(&stack.gateway, "kim");
    for name in stack.names() {
        stack.at(&name, |process| {
            process.get(&format!("/taxi/catches/{id}")).expect_status(200);
            process.post("/taxi/catches", &trip(&name)).expect_status(201);
        });
        let plain = HttpClient::at(&format!("http://{}", stack.internal(&name)));
        assert_eq!(plain.request("GET", "/internal/replicas?context=catch", &[], "").map(|answer| answer.text), None);
    }
    stack.gateway.wait_for_count("/taxi/myPages", 1 + stack.names().len() as u64);
    stack.check();
}

/// The keys are the system's, and the data too: only the certificate is not what others believe.
#[test]
fn a_process_with_a_certificate_of_another_authority_is_not_believed() {
    let nadul = Nadul::new();
    let stack = Stack::over_tls(&nadul, "taxi", &TAXI);
    assert_eq!(nadul.run(&["keys", "strange", "--tls", "taxi"]).code, Some(0));
    let port = process::free_port();
    let at = format!("cluster.port={port}");
    let strange =
        ["cluster.certificate=strange/certificate.pem", "cluster.certificate_key=strange/certificate-key.pem"];
    let set = ["--set", &at, "--set", strange[0], "--set", strange[1], "--set", "http.gateway_port=0"];
    let stranger = nadul.at_work(&[&["serve", "taxi/catch", "--data", "data"], &set[..]].concat());
    stranger.wait_for_text("/health/ready", "\"status\":\"ready\"");
    let seeds = format!("cluster.seeds=https://127.0.0.1:{port}");
    let status = |more: &[&str]| nadul.run(&[&["status", "taxi", "--set", &seeds], more].concat());
    let nobody = status(&[]);
    assert!(nobody.code == Some(1) && nobody.err.contains("no process has answered"), "{nobody:?}");
    let believed = status(&["--set", "cluster.root_certificate=strange/root-certificate.pem"]);
    assert_eq!(believed.code, Some(0), "{believed:?}");
    stranger.stop();
    stack.check();
}

/// The internal ports are as they are without; clients come under TLS, over either protocol.
#[test]
fn a_gateway_speaks_tls_with_clients() {
    let nadul = Nadul::new();
    let stack = Stack::over_tls(&nadul, "taxi", &TAXI);
    assert_eq!(nadul.run(&["keys", "clients", "--tls", "taxi"]).code, Some(0));
    let names = format!("http.host_names={HOST}");
    let set = ["http.tls_cert=clients/certificate.pem", "http.tls_key=clients/certificate-key.pem", &names];
    let gateway = stack.gateway_with(&set.into_iter().flat_map(|setting| ["--set", setting]).collect::<Vec<_>>());
    let port = gateway.url.strip_prefix("https://127.0.0.1:").expect("an address under TLS");
    let body = trip("lee").to_string();
    let post = ["-H", "content-type: application/json", "-d", &body, "-w", "\n%{http_version} %{http_code}"];
    for (protocol, spoken) in [("--http1.1", "1.1"), ("--http2", "2")] {
        let answer = curl(&nadul, port, "clients", "/taxi/catches", &[&post[..], &[protocol]].concat());
        assert!(answer.ends_with(&format!("\n{spoken} 201")), "{answer}");
    }
    stack.gateway.wait_for_count("/taxi/myPages", 2);
    gateway.stop();
    stack.check();
}
