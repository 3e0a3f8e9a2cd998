//! Settings: from file, environment and command line, in rising order of precedence, as the process then behaves.
use crate::five::ALL;
use process::{Nadul, embedded_only};
use serde_json::{Value, json};

/// Whether a bookstore with these settings accepts an order by itself.
fn accepts(nadul: &Nadul, environment: &[(&str, &str)], arguments: &[&str]) -> bool {
    let name = format!("data{}{}", environment.len(), arguments.len());
    let server = nadul.serve_with(environment, &[&["bookstore", "--data", &name], arguments].concat());
    let book = server.post("/books", &json!({ "name": "나들", "price": 5 })).id();
    let order = json!({ "productId": book, "quantity": 1, "customerId": "kim" });
    server.wait_until("/books", "a book the shop front knows", |_| server.post("/orders", &order).status == 201);
    let listed = server.wait_until("/storeOrders", "a paid order", |answer| !answer.rows().is_empty());
    server.wait_until_idle();
    let status = server.get("/storeOrders").rows()[0]["status"].clone();
    assert!(["Paid", "Accepted"].iter().any(|word| status == *word), "{listed:?}");
    server.stop();
    std::fs::remove_dir_all(nadul.path().join(&name)).expect("its folder");
    status == "Accepted"
}

#[test]
fn the_command_line_wins_over_the_environment_and_that_over_the_file() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let (yes, no) = ([("NADUL_BOOKSTORE_AUTO_ACCEPT", "true")], [("NADUL_BOOKSTORE_AUTO_ACCEPT", "false")]);
    assert!(!accepts(&nadul, &[], &[]), "off unless it is set");
    assert!(accepts(&nadul, &yes, &[]));
    assert!(accepts(&nadul, &[], &["--set", "bookstore.auto_accept=true"]));
    nadul.file("nadul.toml", "[bookstore]\nauto_accept = true\n");
    assert!(accepts(&nadul, &[], &[]));
    assert!(!accepts(&nadul, &no, &[]));
    assert!(accepts(&nadul, &no, &["--set", "bookstore.auto_accept=true"]));
    assert!(!accepts(&nadul, &yes, &["--set", "bookstore.auto_accept=false"]));
}

#[test]
fn every_system_has_its_own() {
    let nadul = Nadul::new();
    for system in &ALL {
        let variable = format!("NADUL_{}_PAYMENT_TIMEOUT_MS", system.name.replace('-', "_").to_uppercase());
        let said = nadul.run_with(&[(&variable, "777")], &["settings", "--json"]);
        let all: Vec<Value> = serde_json::from_str(&said.out).expect("JSON");
        let set = all.iter().filter(|setting| setting["value"] == "777");
        let groups: Vec<&Value> = set.map(|setting| &setting["group"]).collect();
        assert_eq!(groups, [system.name], "{variable}");
    }
}

/// The city of a message: one variable has a name of its own, and ours wins over it.
#[test]
fn a_setting_may_have_a_second_variable() {
    let nadul = Nadul::new();
    let city = |environment: &[(&str, &str)]| {
        let said = nadul.run_with(environment, &["settings", "stay", "--json"]);
        let all: Vec<Value> = serde_json::from_str(&said.out).expect("JSON");
        all.iter().find(|setting| setting["name"] == "city_name").expect("it is one")["value"].clone()
    };
    assert_eq!(city(&[]), "");
    assert_eq!(city(&[("CITYNAME", "Seoul")]), "Seoul");
    assert_eq!(city(&[("CITYNAME", "Seoul"), ("NADUL_STAY_CITY_NAME", "Busan")]), "Busan");
}

/// Other origins may ask where a setting names them.
#[test]
fn other_origins_ask_where_a_setting_names_them() {
    let nadul = Nadul::new();
    let (theirs, other) = ("https://app.example", "https://evil.example");
    let server = crate::promises::taxi::set(&nadul, &[&format!("http.cors_origins={theirs}")]);
    let asks = |origin: &str| {
        let headers = [("origin", origin), ("access-control-request-method", "POST")];
        server.request_with("OPTIONS", "/catches", &headers, "")
    };
    let allowed = asks(theirs);
    assert_eq!((allowed.status, allowed.header("access-control-allow-origin")), (200, theirs));
    for name in ["idempotency-key", "if-match", "last-event-id", "content-type"] {
        assert!(allowed.header("access-control-allow-headers").contains(name), "{allowed:?}");
    }
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        assert!(allowed.header("access-control-allow-methods").contains(method), "{allowed:?}");
    }
    assert_eq!(asks(other).header("access-control-allow-origin"), "");
    let read = server.request_with("GET", "/catches", &[("origin", theirs)], "");
    assert_eq!(read.header("access-control-allow-origin"), theirs);
    for name in ["etag", "retry-after", "ratelimit", "ratelimit-policy"] {
        let exposed = read.header("access-control-expose-headers");
        assert!(exposed.split(',').any(|exposed| exposed.trim() == name), "{name}: {exposed}");
    }
    server.stop();
    let closed = crate::promises::taxi::taxi(&nadul);
    let read = closed.request_with("GET", "/catches", &[("origin", theirs)], "");
    assert_eq!(read.header("access-control-allow-origin"), "");
}
