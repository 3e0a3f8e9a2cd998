//! Down and back: a context that is down stops nobody from what they can do alone; when it is back, it does all it missed, once and in order.
use crate::five::{LONG_TIMEOUTS, ListedSystem, events_named, in_all_five, published};
use process::ServerProcess;
use serde_json::Value;

const MANY: usize = 8;

#[track_caller]
fn comes_back_later(answer: &process::HttpAnswer) {
    answer.expect_problem(503, "unavailable");
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{answer:?}");
}

fn stop(server: &ServerProcess, system: &ListedSystem, contexts: &[&str]) {
    contexts.iter().for_each(|context| server.stop_context(system.name, context));
}

fn start(server: &ServerProcess, system: &ListedSystem, contexts: &[&str]) {
    contexts.iter().for_each(|context| server.start_context(system.name, context));
}

/// The names of a request's events, those of one group in order of the alphabet.
fn story(server: &ServerProcess, system: &ListedSystem, id: u64, groups: &[&[&[&str]]]) -> Vec<String> {
    let events = published(server, system).remove(&id).unwrap_or_default();
    let mut names: Vec<String> =
        events.iter().map(|event| event["eventType"].as_str().expect("a type").into()).collect();
    let mut at = 0;
    for group in groups.iter().flat_map(|part| part.iter()) {
        let end = (at + group.len()).min(names.len());
        names[at..end].sort();
        at = end;
    }
    names
}

/// The contexts without which a request can be placed.
fn not_needed(system: &ListedSystem) -> Vec<&'static str> {
    let needed = [system.core, system.payment, "room", "rentcar"];
    system.contexts.iter().map(|context| context.name).filter(|name| !needed.contains(name)).collect()
}

#[test]
fn a_context_that_is_down_says_when_to_come_back_and_the_others_answer() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        for down in system.contexts {
            server.stop_context(system.name, down.name);
            for context in system.contexts {
                for collection in context.collections {
                    let answer = server.get(&collection.path(system));
                    if context.name == down.name { comes_back_later(&answer) } else { drop(answer.expect_status(200)) }
                }
            }
            if let Some(step) = system.fulfilment.as_ref().filter(|step| step.context == down.name) {
                comes_back_later(&(step.complete)(1).send(&server.client()));
            }
            let messages = server.get(&system.path("messages?customer=kim"));
            if down.name == "message" {
                comes_back_later(&messages)
            } else {
                drop(messages.expect_status(200))
            }
            server.start_context(system.name, down.name);
        }
    });
}

#[test]
fn requests_are_taken_while_whoever_is_not_needed_is_down_and_each_is_served_once_in_order() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        let others = not_needed(system);
        stop(server, system, &others);
        let ids: Vec<u64> = (0..MANY).map(|_| system.place(server, "kim")).collect();
        (system.cancel)(ids[0]).send(&server.client());
        start(server, system, &others);
        ids[1..].iter().for_each(|id| system.serve(server, *id));
        server.wait_until_idle_in(system.name);
        let events = &system.events;
        for names in events.until_under_way.iter().flat_map(|group| group.iter()) {
            let served: Vec<u64> = events_named(server, system, names).into_iter().filter(|id| *id != ids[0]).collect();
            assert_eq!(served, ids[1..], "{names}");
        }
        ids[1..].iter().for_each(|id| {
            assert_eq!(story(server, system, *id, &[events.until_under_way]), events.until_under_way.concat());
        });
    });
}

#[test]
fn each_context_alone_handles_what_it_missed_once_and_in_order() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        for context in not_needed(system) {
            let cancelled = system.place_and_serve(server, "kim");
            stop(server, system, &[context]);
            let ids: Vec<u64> = (0..3).map(|_| system.place(server, "kim")).collect();
            let asked = system.fulfilment.as_ref().is_some_and(|step| step.context == context);
            if !asked {
                system.cancels(server, cancelled);
            }
            start(server, system, &[context]);
            ids.iter().for_each(|id| system.serve(server, *id));
            let events = &system.events;
            for id in ids {
                assert_eq!(story(server, system, id, &[events.until_under_way]), events.until_under_way.concat());
            }
            if !asked {
                let whole = [events.until_under_way, events.of_a_cancel];
                assert_eq!(story(server, system, cancelled, &whole), whole.concat().concat(), "{context}");
            }
        }
    });
}

#[test]
fn while_payment_is_down_nothing_is_placed_and_what_is_cancelled_is_refunded_once_in_order() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        let ids: Vec<u64> = (0..MANY).map(|_| system.place_and_serve(server, "kim")).collect();
        let wish = system.place_command(server, "lee");
        server.wait_until_idle_in(system.name);
        stop(server, system, &[system.payment]);
        let refused = wish.send(&server.client());
        if system.unpaid.is_some() {
            assert_eq!(refused.expect_status(201)["callStatus"], "payFail"); // its declared fallback
        } else {
            comes_back_later(&refused);
        }
        for id in &ids {
            system.cancels(server, *id);
            assert!(system.cancels(server, *id).status < 300, "a repeat answers like the first time");
        }
        start(server, system, &[system.payment]);
        server.wait_until_idle_in(system.name);
        assert_eq!(events_named(server, system, system.events.refunded), ids);
        for id in ids {
            assert_eq!(system.status(server, id), system.request_status.cancelled);
            assert_eq!(system.payment(server, id), system.payment_status.refunded);
        }
        if system.unpaid.is_none() {
            system.has_no_trace_of(server, "lee");
        }
        system.place_and_serve(server, "lee");
    });
}

#[test]
fn while_the_core_is_down_nothing_is_placed_or_cancelled_and_it_hears_the_rest_when_it_is_back() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        let id = system.place_and_serve(server, "kim");
        let wish = system.place_command(server, "lee");
        server.wait_until_idle_in(system.name);
        stop(server, system, &[system.core]);
        comes_back_later(&wish.send(&server.client()));
        comes_back_later(&(system.cancel)(id).send(&server.client()));
        if let Some(step) = &system.fulfilment {
            (step.complete)(id).send(&server.client()).expect_status(200);
            server.wait_for_text(&system.path(&format!("{}/{id}", system.views)), step.completed);
            let told = |answer: &process::HttpAnswer| answer.text.contains(step.completed_event);
            server.wait_until(&system.path("messages?customer=kim"), step.completed_event, told);
        }
        start(server, system, &[system.core]);
        server.wait_until_idle_in(system.name);
        match &system.fulfilment {
            Some(_) => assert_eq!((system.cancel)(id).send(&server.client()).status, 409, "it is complete"),
            None => drop(system.cancels(server, id)),
        }
        system.has_no_trace_of(server, "lee");
    });
}

#[test]
fn the_view_and_the_messages_answer_as_before_while_every_other_context_is_down() {
    in_all_five(&LONG_TIMEOUTS, |server, system| {
        let id = system.place_and_serve(server, "kim");
        let paths = [system.path(system.views), system.path(&format!("messages?customer=kim&{}={id}", system.key))];
        let before = paths.each_ref().map(|path| server.get(path).expect_status(200));
        let others: Vec<&str> = system.contexts.iter().map(|context| context.name).collect();
        let others: Vec<&str> = others.into_iter().filter(|name| ![system.view, "message"].contains(name)).collect();
        stop(server, system, &others);
        assert_eq!(paths.each_ref().map(|path| server.get(path).expect_status(200)), before);
        let first = before[0]["_embedded"][system.views][0].clone();
        let one = server.get(&system.path(&format!("{}/{}", system.views, first["id"])));
        assert_eq!(one.expect_status(200), first);
        start(server, system, &others);
    });
}

/// View and messages are back while the core is down: what they show of a request is whole, or nothing yet. What the core has said is
/// not in memory any more, so they hear all others before it.
#[test]
fn a_row_and_a_message_appear_only_with_the_requests_own_event() {
    in_all_five(&[&LONG_TIMEOUTS[..], &["runtime.tail_events=16"]].concat(), |server, system| {
        stop(server, system, &[system.view, "message"]);
        let id = system.place_and_serve(server, "kim");
        (0..16).for_each(|_| assert!(system.place(server, "lee") > id));
        stop(server, system, &[system.core]);
        start(server, system, &[system.view, "message"]);
        for _ in 0..20 {
            let shown = server.get(&system.path(&format!("{}?{}={id}", system.views, system.key)));
            let whole = |row: &Value| row.get(system.customer).is_none_or(|customer| customer == "kim");
            assert!(shown.status == 503 || shown.rows().iter().all(whole), "{shown:?}");
            let sent = server.get(&system.path(&format!("messages?customer=kim&{}={id}", system.key)));
            assert!(sent.status == 503 || sent.rows().iter().all(|row| row["customer"] == "kim"), "{sent:?}");
        }
        start(server, system, &[system.core]);
        server.wait_until_idle_in(system.name);
        assert!(!system.messages(server, "kim").is_empty());
    });
}
