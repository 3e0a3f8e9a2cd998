//! Real faults on a real process and a real disk: killed under load, a context down, a slow provider, a hundred drivers at once.
use crate::nadul::Nadul;
use crate::served::Served;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Small enough for a test command, large enough to hit every gap between two commits sooner or later.
const KILLS: usize = 50;
const CUSTOMERS: usize = 8;

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

/// `None`: the process was gone before it answered.
fn send(agent: &ureq::Agent, method: &str, url: &str, body: &Value) -> Option<(u16, Value)> {
    let request = ureq::http::Request::builder().method(method).uri(url).body(body.to_string()).ok()?;
    let mut answer = agent.run(request).ok()?;
    let text = answer.body_mut().read_to_string().ok()?;
    Some((answer.status().as_u16(), serde_json::from_str(&text).unwrap_or_default()))
}

fn trip(customer: &str) -> Value {
    json!({ "price": 9000, "startingPoint": "남영", "destination": "b", "customer": customer })
}

/// Customers who ask until the process is killed under them, after `answers` answers. The ids they were told.
fn load_until_killed(served: Served<'_>, answers: usize) -> Vec<u64> {
    let (url, told, count) = (served.url.clone(), Arc::new(Mutex::new(vec![])), Arc::new(AtomicUsize::new(0)));
    let customers: Vec<_> = (0..CUSTOMERS)
        .map(|at| {
            let (url, told, count) = (url.clone(), told.clone(), count.clone());
            std::thread::spawn(move || {
                let agent = agent();
                while let Some((status, row)) =
                    send(&agent, "POST", &format!("{url}/taxi/catches"), &trip(&format!("c{at}")))
                {
                    if status == 201 {
                        told.lock().expect("nobody panics").push(row["id"].as_u64().expect("an id"));
                    }
                    count.fetch_add(1, Ordering::Release);
                }
            })
        })
        .collect();
    while count.load(Ordering::Acquire) < answers {
        std::thread::yield_now();
    }
    served.kill();
    customers.into_iter().for_each(|customer| customer.join().expect("a customer ends"));
    Arc::into_inner(told).and_then(|told| told.into_inner().ok()).expect("all customers ended")
}

#[test]
fn killed_again_and_again_under_load_it_loses_and_doubles_nothing() {
    let nadul = Nadul::new();
    let mut told = vec![];
    for kill in 0..KILLS {
        let served = nadul.serve(&["taxi", "--data", "data"]);
        told.extend(load_until_killed(served, 1 + kill * 7 % 60));
        let said = nadul.run(&["check", "--data", "data"]);
        assert_eq!(said.code, Some(0), "after kill {kill}: {said:?}");
    }
    let mut ids = told.clone();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), told.len(), "an id was given twice");
    let served = nadul.serve(&["taxi", "--data", "data"]);
    let total = served.get("/taxi/catches?size=1")["page"]["totalElements"].as_u64().expect("a total");
    assert!(total >= told.len() as u64, "{} were told 201, {total} are there", told.len());
    for (id, customer) in told.iter().map(|id| (id, served.get(&format!("/taxi/catches/{id}")))) {
        assert_eq!(customer["id"].as_u64(), Some(*id), "a catch that was promised is gone");
    }
    served.shows("/taxi/catchReqLists?size=1", &format!("\"totalElements\":{total}"));
    served.shows("/taxi/payments?size=1", &format!("\"totalElements\":{total}"));
    served.shows("/taxi/myPages?size=1", &format!("\"totalElements\":{total}"));
    served.stop();
    let said = nadul.run(&["check", "--data", "data"]);
    assert!(said.code == Some(0) && !said.out.contains("note"), "at rest nothing is left to say: {said:?}");
}

#[test]
fn of_a_hundred_drivers_one_wins() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "--data", "data"]);
    let id = served.catch("kim");
    served.shows("/taxi/catchReqLists", "\"totalElements\":1");
    let drivers: Vec<_> = (0..100)
        .map(|at| {
            let url = format!("{}/taxi/pickUps", served.url);
            std::thread::spawn(move || {
                send(&agent(), "POST", &url, &json!({ "matchId": id, "driver": format!("d{at}") }))
            })
        })
        .collect();
    let mut statuses: Vec<u16> =
        drivers.into_iter().map(|d| d.join().expect("a driver").expect("an answer").0).collect();
    statuses.sort_unstable();
    assert_eq!((statuses[0], statuses[1], statuses[99]), (201, 409, 409), "{statuses:?}");
    served.shows(&format!("/taxi/myPages/{id}"), "PickupAssigned");
    served.stop();
    assert_eq!(nadul.run(&["check", "--data", "data"]).code, Some(0));
}

#[test]
fn requests_made_while_pickup_is_down_are_each_listed_once() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "--data", "data"]);
    assert_eq!(served.put("/taxi/sandbox/contexts/pickup", r#"{"running":false}"#), 200);
    served.catches(20);
    served.shows("/taxi/myPages?size=1", "\"totalElements\":20");
    assert_eq!(served.put("/taxi/sandbox/contexts/pickup", r#"{"running":true}"#), 200);
    served.shows("/taxi/catchReqLists?size=1", "\"totalElements\":20");
    served.stop();
    assert_eq!(nadul.run(&["check", "--data", "data"]).code, Some(0));
}

#[test]
fn a_payment_that_answers_too_late_leaves_nothing() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "--data", "data", "--set", "taxi.payment_timeout_ms=100"]);
    assert_eq!(served.put("/taxi/sandbox/payment", r#"{"mode":"late"}"#), 200);
    let (status, problem) = served.post("/taxi/catches", &trip("kim").to_string());
    assert_eq!((status, problem["type"].as_str()), (503, Some("/problems/unavailable")));
    assert_eq!(served.put("/taxi/sandbox/payment", r#"{"mode":"approve"}"#), 200);
    served.shows("/taxi/payments?size=1", "\"totalElements\":0");
    let id = served.catch("lee");
    served.shows(&format!("/taxi/myPages/{id}"), "PaymentApproved");
    served.shows("/taxi/payments?size=1", "\"totalElements\":1");
    served.stop();
    let said = nadul.run(&["check", "--data", "data"]);
    assert!(said.code == Some(0) && !said.out.contains("note"), "no hold stays: {said:?}");
}

#[test]
fn a_cancel_that_races_a_match_wins() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "--data", "data"]);
    for _ in 0..20 {
        let id = served.catch("kim");
        served.shows(&format!("/taxi/catchReqLists/{id}"), "\"id\"");
        let url = format!("{}/taxi/pickUps", served.url);
        let driver = std::thread::spawn(move || send(&agent(), "POST", &url, &json!({ "matchId": id, "driver": "d" })));
        let cancel =
            send(&agent(), "PATCH", &format!("{}/taxi/catches/{id}", served.url), &json!({ "status": "Cancel" }));
        assert_eq!(cancel.map(|(status, _)| status), Some(200));
        let matched = driver.join().expect("a driver").expect("an answer").0;
        assert!([201, 409].contains(&matched), "{matched}");
        served.shows(&format!("/taxi/myPages/{id}"), "CatchCancelled");
        served.shows(&format!("/taxi/myPages/{id}"), "PaymentCancelled");
    }
    served.shows("/taxi/pickUps", "\"totalElements\":0");
    served.shows("/taxi/catchReqLists", "\"totalElements\":0");
    served.stop();
    assert_eq!(nadul.run(&["check", "--data", "data"]).code, Some(0));
}
