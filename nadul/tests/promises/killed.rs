//! kill −9 under load, again and again: what was answered stays so, and nothing is there twice.
use crate::five::{ALL, HttpCommand, LONG_TIMEOUTS, ListedSystem, is_sound, serve};
use process::{HttpClient, Nadul};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Small enough for a test command. A trial of more: `NADUL_TEST_KILLS=200 cargo test -p nadul --test it loses_and_doubles_nothing`.
fn kills() -> usize {
    std::env::var("NADUL_TEST_KILLS").map_or(20, |kills| kills.parse().expect("a number of kills"))
}

const CUSTOMERS: usize = 8;

/// One visit of a customer, as far as it was answered.
#[derive(Debug, Default)]
struct Visit {
    id: u64,
    placed: String,
    cancelled: Option<bool>,
    completed: Option<bool>,
}

/// Places a request; then a provider serves it, it is cancelled, both, or left alone. `None`: killed before it was placed.
fn visit(client: &HttpClient, system: &ListedSystem, body: &Value, at: usize) -> Option<Visit> {
    (system.meanwhile)(client, at as u64)?;
    let answer = client.post(&system.path(system.requests), body)?;
    if answer.status == 409 {
        return Some(Visit::default()); // another guest has the room
    }
    let row = answer.expect_status(201);
    let placed = row[system.request_status.field].as_str().unwrap_or_default().to_string();
    let mut visit = Visit { id: answer.id(), placed, ..Visit::default() };
    let _or_killed = goes_on(client, system, at, &mut visit);
    Some(visit)
}

fn goes_on(client: &HttpClient, system: &ListedSystem, at: usize, visit: &mut Visit) -> Option<()> {
    let done = |command: HttpCommand| {
        let answer = command.try_send(client, &[])?;
        assert!([200, 201, 204, 404, 409].contains(&answer.status), "{answer:?}");
        Some(answer.status < 300)
    };
    let refuses = system.refuse.filter(|_| at % 8 == 3 || at % 8 == 6);
    if let Some(word) = refuses.or(system.provide.filter(|_| at % 4 == 1 || at % 4 == 2)) {
        while word(visit.id).try_send(client, &[])?.status == 404 {} // until the provider is shown the request
    }
    if let Some(step) = system.fulfilment.as_ref().filter(|_| at % 4 == 1 || at % 8 == 2) {
        visit.completed = Some(done((step.complete)(visit.id))?);
    }
    if at.is_multiple_of(2) {
        visit.cancelled = Some(done((system.cancel)(visit.id))?);
    }
    Some(())
}

/// With these settings, and a provider who decides by hand.
fn is_killed_again_and_again(system: &'static ListedSystem, by_hand: &[&str]) {
    let nadul = Nadul::new();
    let settings = [&LONG_TIMEOUTS, by_hand].concat();
    let server = serve(&nadul, &[system], &settings);
    (system.prepare)(&server);
    let offers: Vec<Value> = (0..CUSTOMERS / 2).map(|at| (system.offer)(&server, &format!("c{at}"))).collect();
    server.stop();
    let mut visits = vec![];
    for kill in 0..kills() {
        let server = serve(&nadul, &[system], &settings);
        // where an unpaid request is placed all the same, cards are declined in every fifth life
        let declines = system.unpaid.is_some() && kill % 5 == 4;
        server.set_payment_mode(system.name, if declines { "decline" } else { "approve" });
        frees(&server, system);
        let turns: Vec<AtomicUsize> = (0..CUSTOMERS).map(|_| AtomicUsize::new(kill)).collect();
        visits.extend(server.kill_under_load(CUSTOMERS, 1 + kill * 7 % 40, |client, at| {
            visit(client, system, &offers[at / 2], at + turns[at].fetch_add(1, Ordering::Relaxed))
        }));
        let output = nadul.run(&["check", "--data", "data"]);
        assert_eq!(output.code, Some(0), "after kill {kill}: {output:?}");
    }
    let server = serve(&nadul, &[system], &settings);
    is_sound(&server, system);
    is_kept(&server, system, &visits);
    server.stop();
    nadul.check_data();
}

/// Where a request takes what there is once, it is given back before the next life.
fn frees(server: &process::ServerProcess, system: &ListedSystem) {
    if system.name == "stay" {
        server.wait_until_idle();
        for row in server.rows("reservations").iter().filter(|row| row["status"] != "cancelled") {
            system.cancels(server, row["id"].as_u64().expect("an id"));
        }
        server.wait_until_idle();
    }
}

/// Each request that was answered is there, once; each yes to a cancel or a completion stands.
fn is_kept(server: &process::ServerProcess, system: &ListedSystem, visits: &[Visit]) {
    let placed: Vec<&Visit> = visits.iter().filter(|visit| visit.id > 0).collect();
    let ids: BTreeSet<u64> = placed.iter().map(|visit| visit.id).collect();
    assert_eq!(ids.len(), placed.len(), "an id was given twice");
    assert!(placed.len() > kills(), "only {} requests were placed", placed.len());
    let by_id = |collection: &str| -> BTreeMap<u64, Value> {
        let rows = system.rows(server, collection).into_iter();
        rows.map(|row| (row[system.key].as_u64().expect("an id"), row)).collect()
    };
    let requests = by_id(system.requests);
    let fulfilled = system.fulfilment.as_ref().map(|step| (step, by_id(step.collection)));
    let (mut cancelled, mut standing) = (0, 0);
    for visit in placed {
        let status = requests[&visit.id][system.request_status.field].clone();
        if system.unpaid == Some(&visit.placed) {
            assert_eq!((&status, visit.cancelled == Some(true)), (&visit.placed.clone().into(), false));
        } else if visit.cancelled == Some(true) {
            assert_eq!(status, system.request_status.cancelled, "{visit:?}");
        }
        if let (Some((step, rows)), Some(true)) = (&fulfilled, visit.completed) {
            assert_eq!(rows[&visit.id][step.field], step.completed, "{visit:?}");
            assert_ne!(visit.cancelled, Some(true), "complete and cancelled: {visit:?}");
        }
        cancelled += usize::from(status == system.request_status.cancelled);
        standing += usize::from(system.request_status.standing.iter().any(|word| status == *word));
    }
    assert!(cancelled > 0 && (standing > 0 || system.name == "stay"), "{cancelled} cancelled, {standing} stand");
}

#[test]
fn taxi_loses_and_doubles_nothing() {
    is_killed_again_and_again(ALL[0], &[]);
}

#[test]
fn fruit_loses_and_doubles_nothing() {
    is_killed_again_and_again(ALL[1], &[]);
}

#[test]
fn call_taxi_loses_and_doubles_nothing() {
    is_killed_again_and_again(ALL[2], &[]);
}

#[test]
fn stay_loses_and_doubles_nothing() {
    is_killed_again_and_again(ALL[3], &[]);
}

#[test]
fn bookstore_loses_and_doubles_nothing() {
    is_killed_again_and_again(ALL[4], &["bookstore.auto_accept=false"]);
}

/// Payment answers late, so that the money is held while nobody knows yet whether there will be a request.
#[test]
fn killed_between_a_hold_and_its_request_nothing_is_left_and_the_key_is_free() {
    let (nadul, settings) = (Nadul::new(), LONG_TIMEOUTS);
    let key = [("idempotency-key", "k1")];
    let server = serve(&nadul, &ALL, &settings);
    ALL.iter().for_each(|system| (system.prepare)(&server));
    let commands = ALL.map(|system| system.place_command(&server, "kim"));
    ALL.iter().for_each(|system| server.set_payment_mode(system.name, "late"));
    let client = server.client();
    std::thread::scope(|threads| {
        let asking = commands.each_ref().map(|command| threads.spawn(|| command.try_send(&client, &key)));
        for system in ALL {
            server.wait_until(&system.path("payments/1"), "a hold", |answer| answer.status == 200);
        }
        server.kill();
        for asked in asking {
            assert!(asked.join().expect("a customer").is_none(), "a request was promised");
        }
    });
    let server = serve(&nadul, &ALL, &settings);
    for (system, command) in ALL.iter().zip(&commands) {
        server.wait_until(&system.path("payments/1"), "nothing", |answer| answer.status == 404);
        system.has_no_trace_of(&server, "kim");
        let first = command.send_with(&server.client(), &key).expect_status(201);
        assert!(system.request_status.standing.iter().any(|word| first[system.request_status.field] == *word));
    }
    ALL.iter().for_each(|system| is_sound(&server, system));
    let kept = commands.each_ref().map(|command| command.send_with(&server.client(), &key).expect_status(201));
    ALL.iter().zip(&kept).for_each(|(system, row)| drop(system.cancels(&server, row["id"].as_u64().expect("an id"))));
    server.kill();
    let server = serve(&nadul, &ALL, &settings);
    for ((system, command), kept) in ALL.iter().zip(&commands).zip(kept) {
        assert_eq!(command.send_with(&server.client(), &key).expect_status(201), kept);
        server
            .at_once(8, |client, _| (system.cancel)(kept["id"].as_u64().expect("an id")).send(client).expect_success());
        server.wait_for_count(&system.path(system.requests), 1);
        is_sound(&server, system);
    }
    server.stop();
    nadul.check_data();
}
