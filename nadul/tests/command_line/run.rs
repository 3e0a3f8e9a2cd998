//! A run: what it prints, how it ends, and what it says when it can't start.
use crate::trip;
use process::{Nadul, embedded_only};
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

#[test]
fn it_tells_where_to_go_and_ends_orderly() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let mut server = nadul.serve(&["taxi"]);
    server.wait_for_output("curl http://127.0.0.1:");
    trip::catch(&server, "kim");
    server.signal("-TERM");
    let (code, took) = server.wait_for_exit();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(10), "{took:?}");
    let said = nadul.run(&["check"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.starts_with("taxi holds: ") && !said.out.contains("note"), "{said:?}");
}

#[test]
fn the_line_it_suggests_works() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    for system in ["taxi", "fruit", "call-taxi"] {
        let mut server = nadul.serve(&[system, "--data", system]);
        let line = server.wait_for_output("curl http://");
        let words: Vec<&str> = line.trim().splitn(3, ' ').collect();
        let body = line.rsplit_once("-d '").map_or("", |(_, body)| body.trim_end().trim_end_matches('\''));
        let body = serde_json::from_str(body).expect("JSON");
        server.post(words[1].trim_start_matches(&server.url), &body).expect_status(201);
        server.stop();
    }
}

/// A client that never finishes its request keeps the edge from closing at once.
fn stuck(url: &str) -> TcpStream {
    let mut client = TcpStream::connect(url.trim_start_matches("http://")).expect("the gateway listens");
    let head = "POST /taxi/catches HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    client.write_all(head.as_bytes()).expect("the gateway reads");
    client
}

#[test]
fn a_second_signal_ends_at_once() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    for (signal, code) in [("-TERM", 143), ("-INT", 130)] {
        let nadul = Nadul::new();
        let mut server = nadul.serve(&["taxi"]);
        let _client = stuck(&server.url);
        server.wait_for_text("/taxi/catches", "page");
        server.signal(signal);
        server.wait_for_output("finishing what is under way");
        server.signal(signal);
        let (ended, took) = server.wait_for_exit();
        assert_eq!(ended, Some(code));
        assert!(took < Duration::from_secs(2), "{took:?}");
    }
}

#[test]
fn a_client_that_never_finishes_does_not_keep_it() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let mut server = nadul.serve(&["taxi", "--set", "runtime.drain_ms=600", "--set", "http.drain_ms=60000"]);
    let _client = stuck(&server.url);
    trip::catch(&server, "kim");
    server.signal("-INT");
    let (code, took) = server.wait_for_exit();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(4), "{took:?}");
    assert_eq!(nadul.run(&["check"]).code, Some(0));
}

#[test]
fn one_folder_is_for_one_process() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi"]);
    for command in [&["run", "taxi", "--set", "http.gateway_port=0", "--set", "http.context_ports=off"][..], &["check"]]
    {
        let said = nadul.run(command);
        assert_eq!(said.code, Some(2), "{said:?}");
        let who = format!("(taxi, {}) has the data folder", server.url);
        assert!(said.err.contains(&who) && said.err.contains("--data"), "{said:?}");
    }
    server.stop();
    assert_eq!(nadul.run(&["check"]).code, Some(0));
}

#[test]
fn a_taken_port_is_named_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it has an address").to_string();
    let nadul = Nadul::new();
    let said =
        nadul.run(&["run", "taxi", "--listen", &address, "--set", "http.context_ports=off", "--data", "data/new"]);
    assert!(!nadul.path().join("data").exists(), "a folder was made for nothing");
    assert_eq!(said.code, Some(2), "{said:?}");
    let what = format!("nadul: the port of the gateway ({address}) can't be opened: Address already in use");
    assert!(said.err.contains(&what) && said.err.contains("choose another one with --listen"), "{said:?}");
}

#[test]
fn an_address_others_can_reach_is_refused() {
    let nadul = Nadul::new();
    let said = nadul.run(&["run", "taxi", "--listen", "0.0.0.0:0", "--data", "data/new"]);
    assert!(!nadul.path().join("data").exists(), "a folder was made for nothing");
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("use a loopback address"), "{said:?}");
}

#[test]
fn a_data_path_too_long_for_a_socket_is_named_with_what_to_do() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let data = "d".repeat(120);
    let server = nadul.serve(&["taxi", "--data", &data]);
    trip::catch(&server, "kim");
    let said = nadul.run(&["backup", "monday", "--data", &data]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("nadul.sock has 131 bytes, more than a socket may have"), "{said:?}");
    assert!(said.err.contains("shorter path") && said.err.contains("back up while nothing runs"), "{said:?}");
    server.stop();
    assert_eq!(nadul.run(&["backup", "monday", "--data", &data]).code, Some(0));
}

#[test]
fn a_store_that_is_none_is_left_as_it_is() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let store = nadul.path().join("data/taxi/catch.db");
    std::fs::create_dir_all(store.parent().expect("it has a folder")).expect("a folder");
    std::fs::write(&store, "letters from home").expect("a file");
    let said = nadul.run(&[
        "run",
        "taxi",
        "--data",
        "data",
        "--set",
        "http.gateway_port=0",
        "--set",
        "http.context_ports=off",
    ]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("taxi/catch") && said.err.contains("not a SQLite file"), "{said:?}");
    assert_eq!(std::fs::read_to_string(&store).expect("it is there"), "letters from home");
}
