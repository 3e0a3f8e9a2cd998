//! Which role may use which route and read which collection, in all five systems: by the table of who may do what, not by what is declared.
use super::person::{Person, local};
use process::{Nadul, embedded_only};
use serde_json::json;

/// Method, path, and the roles that may; an operator among them where it may at least for what is nobody's.
type Line = (&'static str, &'static str, &'static str);

const TAXI: &[Line] = &[
    ("POST", "/catches", "customer"),
    ("PATCH", "/catches/1", "customer operator"),
    ("GET", "/catches", "customer operator"),
    ("GET", "/catches/1", "customer operator"),
    ("GET", "/payments", "customer operator"),
    ("GET", "/myPages", "customer operator"),
    ("GET", "/messages?customer=kim", "customer operator"),
    ("GET", "/catchReqLists", "driver operator"),
    ("POST", "/pickUps", "driver"),
    ("GET", "/pickUps", "driver operator"),
    ("DELETE", "/pickUps/1", "driver operator"),
];
const FRUIT: &[Line] = &[
    ("POST", "/orders", "customer"),
    ("DELETE", "/orders/1", "customer operator"),
    ("GET", "/orders", "customer operator"),
    ("GET", "/payments", "customer operator"),
    ("GET", "/deliveries", "customer courier operator"),
    ("GET", "/myPages", "customer operator"),
    ("GET", "/messages?customer=kim", "customer operator"),
    ("PATCH", "/deliveries/1", "courier"),
];
const CALL_TAXI: &[Line] = &[
    ("POST", "/calls", "customer"),
    ("POST", "/calls/cancel", "customer operator"),
    ("GET", "/calls", "customer operator"),
    ("GET", "/payments", "customer operator"),
    ("GET", "/drives", "customer driver operator"),
    ("GET", "/callViews", "customer operator"),
    ("GET", "/messages?customer=kim", "customer operator"),
    ("POST", "/drives/end", "driver"),
];
const STAY: &[Line] = &[
    ("GET", "/rooms", "customer host operator"),
    ("GET", "/rentcars", "customer host operator"),
    ("GET", "/reviews", "customer host operator"),
    ("GET", "/roomviews", "customer host operator"),
    ("GET", "/check/chkAndReqReserve?roomId=1", "customer host operator"),
    ("GET", "/chkcar/chkStatus?carId=1", "customer host operator"),
    ("POST", "/reservations", "customer"),
    ("PATCH", "/reservations/1", "customer operator"),
    ("GET", "/reservations", "customer host operator"),
    ("GET", "/payments", "customer operator"),
    ("GET", "/messages?customer=kim", "customer operator"),
    ("POST", "/reviews", "customer"),
    ("PATCH", "/reviews/1", "customer operator"),
    ("DELETE", "/reviews/1", "customer operator"),
    ("POST", "/rooms", "host"),
    ("PATCH", "/rooms/1", "host operator"),
    ("DELETE", "/rooms/1", "host operator"),
    ("POST", "/rentcars", "host"),
    ("PATCH", "/rentcars/1", "host operator"),
    ("DELETE", "/rentcars/1", "host operator"),
];
const BOOKSTORE: &[Line] = &[
    ("GET", "/books", "customer seller operator"),
    ("GET", "/topBooks", "customer seller operator"),
    ("POST", "/orders", "customer"),
    ("DELETE", "/orders/1", "customer operator"),
    ("GET", "/orders", "customer operator"),
    ("GET", "/payments", "customer operator"),
    ("GET", "/orderStatuses", "customer operator"),
    ("GET", "/deliveries", "customer courier operator"),
    ("GET", "/messages?customer=kim", "customer operator"),
    ("POST", "/books", "seller"),
    ("PATCH", "/books/1", "seller"),
    ("DELETE", "/books/1", "seller"),
    ("GET", "/storeOrders", "seller operator"),
    ("PUT", "/storeOrders/1/accept", "seller"),
    ("PUT", "/storeOrders/1/reject", "seller"),
    ("PATCH", "/deliveries/1", "courier"),
];
const EACH: &[Line] = &[
    ("GET", "/operator/contexts", "operator"),
    ("GET", "/operator/rules/money", "operator"),
    ("GET", "/sandbox/payment", "operator"),
];
const ROLES: [&str; 6] = ["customer", "driver", "courier", "host", "seller", "operator"];

#[test]
fn every_role_may_do_what_is_written_of_it_and_nothing_else() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = local(&nadul);
    let people = ROLES.map(|role| (role, Person::new(&server, &format!("{role}-1"), role)));
    for (system, own) in
        [("taxi", TAXI), ("fruit", FRUIT), ("call-taxi", CALL_TAXI), ("stay", STAY), ("bookstore", BOOKSTORE)]
    {
        for (method, path, roles) in own.iter().chain(EACH) {
            let path = format!("/{system}{path}");
            let body = if *method == "GET" { json!(null) } else { json!({}) };
            for (role, person) in &people {
                let answer = person.request(method, &path, &body);
                if roles.split(' ').any(|allowed| allowed == *role) {
                    assert!(![401, 403].contains(&answer.status), "{role} {method} {path}: {answer:?}");
                    continue;
                }
                answer.expect_problem(403, "role-missing");
                let said = answer.json()["roles"].clone();
                let named = |role: &&str| said.as_array().is_some_and(|said| said.iter().any(|said| said == *role));
                let said: Vec<&str> = ROLES.into_iter().filter(named).collect();
                // an operator who may only stand in for nobody is not named
                let is_due = |role: &&str| {
                    roles.split(' ').any(|due| due == *role && (due != "operator" || said.contains(&due)))
                };
                let due: Vec<&str> = ROLES.into_iter().filter(is_due).collect();
                assert_eq!(said, due, "{role} {method} {path}");
            }
        }
    }
    server.stop();
}
