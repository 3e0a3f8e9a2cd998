//! A cancel in doubt: the core's disk keeps it from saying what became of the stop that it has asked for.
use crate::five::{ASKING, LONG_TIMEOUTS, ListedSystem, in_these, run_scenario, serve};
use process::{Nadul, ServerProcess, WAIT_LIMIT, embedded_only};
use rusqlite::Connection;

/// Keeps a context from committing, as a disk that takes long does, until it is dropped.
pub fn hold_the_disk(server: &ServerProcess, system: &str, context: &str) -> Connection {
    server.wait_until_idle_in(system);
    let path = server.nadul.path().join(format!("data/{system}/{context}.db"));
    let store = Connection::open(path).expect("the context has a store");
    store.busy_timeout(WAIT_LIMIT).expect("a time-out can be set");
    store.execute_batch("BEGIN IMMEDIATE").expect("the context is idle");
    store
}

/// Waits until the other side has stopped, and does not know yet what for.
fn wait_for_a_stop(server: &ServerProcess, system: &ListedSystem) {
    let context = system.fulfilment.as_ref().expect("a cancel of it asks").context;
    let place = format!("{}/{context}", system.name);
    server.wait_until("/health/live", "a stop", |_| {
        server.nadul.log(&place).iter().any(|event| event["eventType"] == "StopHeld")
    });
}

#[test]
fn a_completion_waits_for_the_outcome_of_the_cancel() {
    embedded_only!("it works on stores that are files");
    in_these(&ASKING, &LONG_TIMEOUTS, |server, system| {
        let step = system.fulfilment.as_ref().expect("a cancel of it asks");
        let id = system.place_and_serve(server, "kim");
        let disk = hold_the_disk(server, system.name, system.core);
        std::thread::scope(|threads| {
            let cancel = threads.spawn(|| (system.cancel)(id).send(&server.client()));
            wait_for_a_stop(server, system);
            let completion = threads.spawn(|| (step.complete)(id).send(&server.client()));
            assert_eq!(system.row(server, step.collection, id)[step.field], step.started);
            drop(disk);
            cancel.join().expect("a customer").expect_success();
            assert_eq!(completion.join().expect("a provider").status, 409);
        });
        server.wait_until_idle_in(system.name);
        assert_eq!(system.row(server, step.collection, id)[step.field], step.cancelled);
    });
}

#[test]
fn a_completion_whose_time_is_up_in_doubt_comes_back_later() {
    embedded_only!("it works on stores that are files");
    let settings = [&LONG_TIMEOUTS[..10], &["http.request_timeout_ms=1500"]].concat();
    in_these(&ASKING, &settings, |server, system| {
        let step = system.fulfilment.as_ref().expect("a cancel of it asks");
        let id = system.place_and_serve(server, "kim");
        let disk = hold_the_disk(server, system.name, system.core);
        std::thread::scope(|threads| {
            let cancel = threads.spawn(|| (system.cancel)(id).send(&server.client()).status);
            wait_for_a_stop(server, system);
            let answer = (step.complete)(id).send(&server.client());
            assert_eq!(answer.status, 503, "{answer:?}");
            assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{answer:?}");
            assert_eq!(system.row(server, step.collection, id)[step.field], step.started);
            drop(disk);
            let cancelled = cancel.join().expect("a customer");
            assert!([200, 204, 503].contains(&cancelled), "{cancelled}");
            // Its own time may have been up before it was decided: then nothing was done, and its sender asks again.
            if cancelled == 503 {
                (system.cancel)(id).send(&server.client()).expect_success();
            }
        });
        let request = system.path(&format!("{}/{id}", system.requests));
        server.wait_for_text(&request, system.request_status.cancelled);
        (step.complete)(id).send(&server.client()).expect_status(409);
    });
}

#[test]
fn a_cancel_killed_in_doubt_never_was_and_the_provider_goes_on() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = serve(&nadul, &ASKING, &[]);
    ASKING.iter().for_each(|system| (system.prepare)(&server));
    let ids = ASKING.map(|system| system.place_and_serve(&server, "kim"));
    let disks = ASKING.map(|system| hold_the_disk(&server, system.name, system.core));
    let client = server.client();
    std::thread::scope(|threads| {
        let client = &client;
        let cancel = |(system, id): (&ListedSystem, u64)| (system.cancel)(id).try_send(client, &[]);
        let pairs: Vec<_> = ASKING.into_iter().zip(ids).collect();
        let cancels: Vec<_> = pairs.into_iter().map(|pair| threads.spawn(move || cancel(pair))).collect();
        ASKING.iter().for_each(|system| wait_for_a_stop(&server, system));
        server.kill();
        for cancel in cancels {
            assert!(cancel.join().expect("a customer").is_none(), "a cancel was promised");
        }
    });
    drop(disks);
    let output = nadul.run(&["check", "--data", "data"]);
    assert!(output.code == Some(0) && output.out.matches("the next start voids it").count() == 3, "{output:?}");
    let server = serve(&nadul, &ASKING, &[]);
    run_scenario(&server, &ASKING, |server, system| {
        let step = system.fulfilment.as_ref().expect("a cancel of it asks");
        let id = system.rows(server, system.requests)[0]["id"].as_u64().expect("an id");
        (step.complete)(id).send(&server.client()).expect_status(200);
        server.wait_until_idle_in(system.name);
        assert_ne!(system.status(server, id), system.request_status.cancelled);
        assert_eq!((system.cancel)(id).send(&server.client()).status, 409);
        crate::five::is_sound(server, system);
    });
    server.stop();
    nadul.check_data();
}
