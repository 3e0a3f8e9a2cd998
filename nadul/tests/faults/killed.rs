//! Killed under load, a context down, a slow provider, a hundred drivers at once.
use crate::trip::{catch, catches, trip};
use crate::wait::proved;
use process::{Answer, Nadul};
use serde_json::json;

/// Small enough for a test command, large enough to hit every gap between two commits sooner or later.
const KILLS: usize = 50;
const CUSTOMERS: usize = 8;

#[test]
fn killed_again_and_again_under_load_it_loses_and_doubles_nothing() {
    let nadul = Nadul::new();
    let mut told = vec![];
    for kill in 0..KILLS {
        let served = nadul.serve(&["taxi", "--data", "data"]);
        let answers = served.killed_under(CUSTOMERS, 1 + kill * 7 % 60, |door, at| {
            door.post("/taxi/catches", &trip(&format!("c{at}")))
        });
        told.extend(answers.iter().filter(|answer| answer.status == 201).map(Answer::id));
        let said = nadul.run(&["check", "--data", "data"]);
        assert_eq!(said.code, Some(0), "after kill {kill}: {said:?}");
    }
    let mut ids = told.clone();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), told.len(), "an id was given twice");
    let served = nadul.serve(&["taxi", "--data", "data"]);
    let total = served.get("/taxi/catches?size=1").json()["page"]["totalElements"].as_u64().expect("a total");
    assert!(total >= told.len() as u64, "{} were told 201, {total} are there", told.len());
    for id in &told {
        assert_eq!(served.get(&format!("/taxi/catches/{id}")).id(), *id, "a catch that was promised is gone");
    }
    for list in ["catchReqLists", "payments", "myPages"] {
        served.counts(&format!("/taxi/{list}?size=1"), total);
    }
    proved(served);
}

#[test]
fn of_a_hundred_drivers_one_wins() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "--data", "data"]);
    let id = catch(&served, "kim");
    served.counts("/taxi/catchReqLists", 1);
    let mut statuses = served.at_once(100, |door, at| {
        door.post("/taxi/pickUps", &json!({ "matchId": id, "driver": format!("d{at}") })).expect("an answer").status
    });
    statuses.sort_unstable();
    assert_eq!((statuses[0], statuses[1], statuses[99]), (201, 409, 409), "{statuses:?}");
    served.shows(&format!("/taxi/myPages/{id}"), "PickupAssigned");
    proved(served);
}

#[test]
fn requests_made_while_pickup_is_down_are_each_listed_once() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "--data", "data"]);
    served.works("taxi", "pickup", false);
    catches(&served, 20);
    served.counts("/taxi/myPages", 20);
    served.works("taxi", "pickup", true);
    served.counts("/taxi/catchReqLists", 20);
    proved(served);
}

#[test]
fn a_payment_that_answers_too_late_leaves_nothing() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "--data", "data", "--set", "taxi.payment_timeout_ms=100"]);
    served.pays("taxi", "late");
    served.post("/taxi/catches", &trip("kim")).refused(503, "unavailable");
    served.pays("taxi", "approve");
    served.counts("/taxi/payments", 0);
    let id = catch(&served, "lee");
    served.shows(&format!("/taxi/myPages/{id}"), "PaymentApproved");
    served.counts("/taxi/payments", 1);
    proved(served);
}

#[test]
fn a_cancel_that_races_a_match_wins() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "--data", "data"]);
    for _ in 0..20 {
        let id = catch(&served, "kim");
        served.shows(&format!("/taxi/catchReqLists/{id}"), "\"id\"");
        let door = served.door();
        let driver = std::thread::spawn(move || door.post("/taxi/pickUps", &json!({ "matchId": id, "driver": "d" })));
        served.patch(&format!("/taxi/catches/{id}"), &json!({ "status": "Cancel" })).with(200);
        let matched = driver.join().expect("a driver").expect("an answer").status;
        assert!([201, 409].contains(&matched), "{matched}");
        served.shows(&format!("/taxi/myPages/{id}"), "CatchCancelled");
        served.shows(&format!("/taxi/myPages/{id}"), "PaymentCancelled");
    }
    served.counts("/taxi/pickUps", 0);
    served.counts("/taxi/catchReqLists", 0);
    proved(served);
}
