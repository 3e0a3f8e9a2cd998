//! At the same instant: cancels and completions, cancels and starts, the same thing many times. All sides agree on one end.
use crate::five::{
    ASKING, FulfilmentStep, HttpCommand, LONG_TIMEOUTS, ListedSystem, events_named, in_all_five, in_these,
};
use process::ServerProcess;
use serde_json::Value;

const TIMES: usize = 20;

fn step(system: &ListedSystem) -> &FulfilmentStep {
    system.fulfilment.as_ref().expect("a cancel of it asks")
}

fn many(server: &ServerProcess, system: &ListedSystem, name: &str) -> usize {
    events_named(server, system, name).len()
}

/// The events that a cancel of a request under way ends in: each of them once.
#[track_caller]
fn is_undone_once(server: &ServerProcess, system: &ListedSystem, id: u64) {
    server.wait_until_idle_in(system.name);
    for name in system.events.of_a_cancel.concat() {
        let of_it = events_named(server, system, name).into_iter().filter(|key| *key == id);
        assert_eq!(of_it.count(), 1, "{name}");
    }
}

#[test]
fn of_a_cancel_and_a_completion_at_the_same_instant_one_wins_on_all_sides() {
    in_these(&ASKING, &LONG_TIMEOUTS, |server, system| {
        let step = step(system);
        let ids: Vec<u64> = (0..TIMES).map(|_| system.place(server, "kim")).collect();
        server.wait_until_idle_in(system.name);
        for id in ids {
            let both = [(system.cancel)(id), (step.complete)(id)];
            let statuses = server.at_once(2, |client, at| both[at].send(client).status);
            server.wait_until_idle_in(system.name);
            let cancelled = match statuses[..] {
                [200 | 204, 409] => true,
                [409, 200] => false,
                _ => panic!("{id}: {statuses:?}"),
            };
            assert_eq!(system.status(server, id) == system.request_status.cancelled, cancelled, "{id}");
            let ended = if cancelled {
                (system.payment_status.refunded, step.cancelled)
            } else {
                (system.payment_status.approved, step.completed)
            };
            assert_eq!(system.payment(server, id), ended.0);
            assert_eq!(system.row(server, step.collection, id)[step.field], ended.1);
        }
        assert_eq!(many(server, system, step.cancelled_event) + many(server, system, step.completed_event), TIMES);
        assert_eq!(many(server, system, system.events.refunded), many(server, system, step.cancelled_event));
    });
}

/// Cancelled right after it was placed, mostly before the other contexts have heard of it.
#[test]
fn a_cancel_that_races_the_start_ends_cancelled_on_all_sides() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        let places: Vec<HttpCommand> = (0..TIMES).map(|at| system.place_command(server, &format!("c{at}"))).collect();
        let ids = server.at_once(TIMES, |client, at| {
            let id = places[at].send(client).created_id();
            (system.cancel)(id).send(client).expect_success();
            id
        });
        server.wait_until_idle_in(system.name);
        for id in ids {
            assert_eq!(system.status(server, id), system.request_status.cancelled);
            assert_eq!(system.payment(server, id), system.payment_status.refunded);
            if let Some(step) = &system.fulfilment {
                let row = server.get(&system.path(&format!("{}/{id}", step.collection)));
                let stopped = row.status == 200 && row.json()[step.field] == step.cancelled;
                assert!(row.status == 404 || stopped, "{row:?}");
                let completed = (step.complete)(id).send(&server.client());
                assert_eq!(completed.status, if stopped { 409 } else { 404 }, "{completed:?}");
                let page = system.row(server, system.views, id)["history"].to_string();
                let cancelled = page.find(system.events.of_a_cancel[0][0]);
                assert!(page.find(step.started_event) < cancelled, "it started after the cancel: {page}");
            }
        }
        if let Some(step) = &system.fulfilment {
            assert_eq!(many(server, system, step.started_event), many(server, system, step.cancelled_event));
        }
    });
}

#[test]
fn of_many_cancels_at_once_one_is_done_and_all_are_answered_alike() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        let id = system.place_and_serve(server, "kim");
        let answers = server.at_once(20, |client, _| (system.cancel)(id).send(client));
        for answer in answers {
            answer.expect_success();
            let status = &answer.json()[system.request_status.field];
            let fits = answer.status == 204 || *status == system.request_status.cancelled || status == "reqCancel";
            assert!(fits, "{answer:?}");
        }
        is_undone_once(server, system, id);
        system.cancels(server, id);
        is_undone_once(server, system, id);
    });
}

#[test]
fn of_many_completions_at_once_one_is_done_and_all_are_answered_alike() {
    in_these(&ASKING, &LONG_TIMEOUTS, |server, system| {
        let step = step(system);
        let id = system.place_and_serve(server, "kim");
        for answer in server.at_once(50, |client, _| (step.complete)(id).send(client)) {
            assert_eq!(answer.expect_status(200)[step.field], step.completed);
        }
        server.wait_until_idle_in(system.name);
        assert_eq!(many(server, system, step.completed_event), 1);
    });
}

#[test]
fn the_same_request_sent_many_times_at_once_under_one_key_is_one_request() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        let place = system.place_command(server, "kim");
        let key = [("idempotency-key", "k1")];
        let rows = server.at_once(20, |client, _| place.send_with(client, &key).expect_status(201));
        assert!(rows.iter().all(|row| *row == rows[0]), "{rows:?}");
        server.wait_until_idle_in(system.name);
        assert_eq!(place.send_with(&server.client(), &key).expect_status(201), rows[0]);
        let other = system.place_command(server, "lee");
        other.send_with(&server.client(), &key).expect_problem(422, "idempotency-key-reused");
        for collection in [system.requests, "payments"] {
            assert_eq!(system.rows(server, collection).len(), 1, "{collection}");
        }
        let id = rows[0]["id"].as_u64().expect("an id");
        system.cancels(server, id);
        assert_eq!(place.send_with(&server.client(), &key).expect_status(201), rows[0], "the stored answer");
        assert_eq!(system.rows(server, system.requests).len(), 1);
    });
}

#[test]
fn a_request_that_was_declined_is_placed_under_its_key_when_payment_approves() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        let place = system.place_command(server, "kim");
        let once = || place.send_with(&server.client(), &[("idempotency-key", "k1")]);
        server.set_payment_mode(system.name, "decline");
        let first = once();
        server.set_payment_mode(system.name, "approve");
        if system.unpaid.is_some() {
            // the fallback is an answer too: another try takes another key
            assert_eq!(first.expect_status(201)["callStatus"], "payFail");
            assert_eq!(once().expect_status(201), first.json());
        } else {
            first.expect_problem(402, "payment-declined");
            server.wait_until_idle_in(system.name);
            let placed: Value = once().expect_status(201);
            assert_eq!(once().expect_status(201), placed);
        }
        assert_eq!(system.rows(server, system.requests).len(), 1);
    });
}
