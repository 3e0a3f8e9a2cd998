//! Payment declined, slow, late, down and overloaded: what is not paid leaves nothing, and the next request is as good as ever.
//!
//! A system may declare a fallback instead of the refusal: then the request is recorded as unpaid, and nothing else happens for it, ever.
use crate::five::{ALL, LONG_TIMEOUTS, ListedSystem, in_all_five, is_sound, published, run_scenario, serve};
use process::{HttpAnswer, Nadul, ServerProcess};
use serde_json::{Value, json};

fn payment_timeouts(ms: u64) -> Vec<String> {
    ALL.iter().map(|system| format!("{}.payment_timeout_ms={ms}", system.name)).collect()
}

fn with_payment_timeout(ms: u64, more: &[&'static str], scenario: impl Fn(&ServerProcess, &ListedSystem) + Sync) {
    let timeouts = payment_timeouts(ms);
    let settings: Vec<&str> = timeouts.iter().map(String::as_str).chain(more.iter().copied()).collect();
    in_all_five(&settings, scenario);
}

#[track_caller]
fn comes_back_later(answer: &HttpAnswer) {
    answer.expect_problem(503, "unavailable");
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{answer:?}");
}

/// Asked to come back, or recorded as unpaid.
#[track_caller]
fn is_not_paid(system: &ListedSystem, answer: &HttpAnswer) {
    match system.unpaid {
        None => comes_back_later(answer),
        Some(word) => assert_eq!(answer.expect_status(201)[system.request_status.field], word),
    }
}

/// What payment alone knows: held, and voided again.
fn private_events_of_payment(server: &ServerProcess, system: &ListedSystem) -> Vec<String> {
    let log = server.nadul.log(&format!("{}/{}", system.name, system.payment));
    log.iter().map(|event| event["eventType"].as_str().expect("a type").to_string()).collect()
}

/// All that there is of what was not paid: nothing, or the request, recorded as unpaid in one event, one message and one row.
#[track_caller]
fn leaves_no_trace(server: &ServerProcess, system: &ListedSystem) {
    server.wait_until_idle_in(system.name);
    let Some(word) = system.unpaid else {
        assert!(published(server, system).is_empty(), "{:?}", published(server, system));
        return system.has_no_trace_of(server, "kim");
    };
    let requests = system.rows(server, system.requests);
    assert_eq!(system.messages(server, "kim").len(), requests.len());
    for request in requests {
        let id = request["id"].as_u64().expect("an id");
        assert_eq!((&request[system.request_status.field], published(server, system)[&id].len()), (&json!(word), 1));
        assert_eq!((system.cancel)(id).send(&server.client()).status, 409);
        let complete = system.fulfilment.as_ref().map(|step| (step.complete)(id).send(&server.client()).status);
        assert!(complete.is_none_or(|status| status == 404));
        let row = system.row(server, system.views, id);
        assert!(system.view_columns.iter().all(|(column, ..)| row[*column].is_null()), "{row}");
    }
}

/// What was held for it is free again; the next request is granted.
#[track_caller]
fn leaves_nothing_and_works_again(server: &ServerProcess, system: &ListedSystem) {
    server.wait_for_count(&system.path("payments"), 0);
    leaves_no_trace(server, system);
    if system.name == "stay" {
        for (rows, check) in [("rooms", "check/chkAndReqReserve?roomId="), ("rentcars", "chkcar/chkStatus?carId=")] {
            for row in system.rows(server, rows) {
                server.wait_until(&format!("/stay/{check}{}", row["id"]), "true", |answer| answer.text == "true");
            }
        }
    }
    server.set_payment_mode(system.name, "approve");
    // where payment has little time, a busy machine may need a second try
    server.wait_until(&system.path(system.requests), "a request", |_| {
        let answer = system.try_place(server, "lee");
        answer.status == 201 && system.unpaid.is_none_or(|word| answer.json()[system.request_status.field] != word)
    });
    server.wait_until_idle_in(system.name);
    assert_eq!(system.rows(server, "payments").len(), 1);
}

#[test]
fn a_declined_payment_is_402_and_is_not_even_held() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        server.set_payment_mode(system.name, "decline");
        for (language, why) in [("ko", "결제가 거절되었습니다."), ("en", "The payment was declined.")] {
            let place = system.place_command(server, "kim");
            let answer = place.send_with(&server.client(), &[("accept-language", language)]);
            if system.unpaid.is_some() {
                is_not_paid(system, &answer);
                continue;
            }
            answer.expect_problem(402, "payment-declined");
            assert!(answer.json()["detail"].as_str().is_some_and(|detail| detail.starts_with(why)), "{answer:?}");
        }
        assert_eq!(private_events_of_payment(server, system), [""; 0]);
        leaves_nothing_and_works_again(server, system);
    });
}

#[test]
fn a_slow_payment_is_waited_for() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        server.set_payment_mode(system.name, "slow");
        system.place(server, "kim");
    });
}

#[test]
fn a_payment_slower_than_its_time_leaves_nothing() {
    with_payment_timeout(100, &[], |server, system| {
        server.set_payment_mode(system.name, "slow");
        is_not_paid(system, &system.try_place(server, "kim"));
        leaves_nothing_and_works_again(server, system);
    });
}

#[test]
fn what_was_held_too_late_is_voided() {
    with_payment_timeout(600, &[], |server, system| {
        server.set_payment_mode(system.name, "late");
        is_not_paid(system, &system.try_place(server, "kim"));
        server.wait_until(&system.path("payments/1"), "nothing", |answer| answer.status == 404);
        server.wait_until_idle_in(system.name);
        assert_eq!(private_events_of_payment(server, system), ["MoneyHeld", "MoneyVoided"]);
        leaves_nothing_and_works_again(server, system);
    });
}

#[test]
fn while_the_provider_is_down_nothing_is_placed() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        server.set_payment_mode(system.name, "down");
        is_not_paid(system, &system.try_place(server, "kim"));
        leaves_nothing_and_works_again(server, system);
    });
}

/// The core's way to payment, as the operator sees it.
fn circuit(server: &ServerProcess, system: &ListedSystem) -> Value {
    let find = |all: &Value, name: &str, what: &str| {
        all.as_array().and_then(|all| all.iter().find(|one| one[name] == what)).cloned().unwrap_or_default()
    };
    find(&find(&server.status_of(system.name)["contexts"], "context", system.core)["upstreams"], "name", system.payment)
}

/// Requests until payment is given a rest: a storm of them is turned away in time, not with errors.
fn overload(server: &ServerProcess, system: &ListedSystem) {
    let place = system.place_command(server, "kim");
    server.set_payment_mode(system.name, "slow");
    server.wait_until(&system.path("operator/contexts"), "a circuit that is not closed", |_| {
        let answers = server.at_once(8, |client, _| place.send(client));
        let held = |answer: &HttpAnswer| system.name == "stay" && answer.status == 409; // the room is on hold
        answers.iter().filter(|answer| !held(answer)).for_each(|answer| is_not_paid(system, answer));
        circuit(server, system)["state"] != "closed" // open, or on trial again
    });
    server.set_payment_mode(system.name, "approve");
}

#[test]
fn while_payment_is_overloaded_customers_are_asked_to_come_back_at_once() {
    with_payment_timeout(50, &["runtime.breaker_open_ms=600000"], |server, system| {
        overload(server, system);
        let turned_away = || circuit(server, system)["turnedAway"].as_u64().expect("it is counted");
        let before = turned_away();
        let place = system.place_command(server, "kim");
        let answer = place.send_with(&server.client(), &[("accept-language", "ko")]);
        is_not_paid(system, &answer);
        assert!(system.unpaid.is_some() || answer.text.contains("다시 시도해 주세요"), "{answer:?}");
        server.wait_until(&system.path("operator/contexts"), "one more turned away", |_| turned_away() > before);
        server.wait_until(&system.path("operator/contexts"), "nobody on the way to payment", |_| {
            circuit(server, system)["inFlight"] == json!(0)
        });
        leaves_no_trace(server, system);
    });
}

#[test]
fn requests_are_taken_again_after_payment_had_its_rest() {
    with_payment_timeout(50, &["runtime.breaker_open_ms=50"], |server, system| {
        overload(server, system);
        leaves_nothing_and_works_again(server, system);
    });
}

/// The request was answered, and its money was still to be voided.
#[test]
fn killed_after_the_answer_a_late_hold_is_voided_all_the_same() {
    let nadul = Nadul::new();
    let mut settings = payment_timeouts(50);
    settings.extend(["undo_retry_ms", "undo_retry_max_ms"].map(|pause| format!("runtime.{pause}=60000")));
    let server = serve(&nadul, &ALL, &settings.iter().map(String::as_str).collect::<Vec<_>>());
    ALL.iter().for_each(|system| (system.prepare)(&server));
    run_scenario(&server, &ALL, |server, system| {
        server.set_payment_mode(system.name, "late");
        is_not_paid(system, &system.try_place(server, "kim"));
    });
    server.kill();
    let server = serve(&nadul, &ALL, &LONG_TIMEOUTS);
    run_scenario(&server, &ALL, |server, system| {
        server.wait_until(&system.path("payments/1"), "nothing", |answer| answer.status == 404);
        leaves_nothing_and_works_again(server, system);
        is_sound(server, system);
    });
    server.stop();
    nadul.check_data();
}
