//! Responses are true: each request has one, a repeat has the first one's, what was created is there and was given once, what was refused left nothing.
use super::super::broken::{Lived, ensure};
use super::super::client::SentRequest;
use super::super::world::World;
use super::states::each_state;
use kernel::{Id, RouteAction, Success};
use runtime::error::Error;
use runtime::request::Answer;
use std::collections::{BTreeMap, BTreeSet};

pub fn check(world: &World<'_>) -> Lived {
    for (number, sent) in world.requests.iter().enumerate() {
        let answered = sent.response.is_some() || sent.excused;
        ensure(answered, "answers", || format!("request {number} was never answered"))?;
    }
    repeats(world)?;
    once(world)?;
    created(world)?;
    refused(world)
}

fn success(sent: &SentRequest) -> Option<&Answer> {
    sent.response.as_ref()?.as_ref().ok()
}

/// The requests whose events are in the log of the context they were sent to.
fn happened(world: &World<'_>, at: usize) -> BTreeSet<usize> {
    world.services[at].log.iter().filter_map(|event| event.meta.correlation_id.parse().ok()).collect()
}

fn repeats(world: &World<'_>) -> Lived {
    let mut by_key: BTreeMap<(usize, usize, &str), Vec<usize>> = BTreeMap::new();
    for (number, sent) in world.requests.iter().enumerate() {
        if let Some(key) = &sent.key {
            by_key.entry((sent.service, sent.route, key)).or_default().push(number);
        }
    }
    for ((service, ..), numbers) in by_key.iter().filter(|(_, numbers)| numbers.len() > 1) {
        let mut answers = numbers.iter().filter_map(|number| success(&world.requests[*number]));
        let first = answers.next();
        let same = answers.all(|other| Some(other) == first);
        ensure(same, "repeats", || format!("requests {numbers:?} have one key and different answers"))?;
        let happened = happened(world, *service);
        let done: Vec<_> = numbers.iter().filter(|number| happened.contains(number)).collect();
        ensure(done.len() < 2, "repeats", || format!("requests {done:?} have one key and all happened"))?;
    }
    Ok(())
}

/// What a request makes it makes once, however often it was asked for.
fn once(world: &World<'_>) -> Lived {
    let mut made: BTreeMap<(usize, &str), Id> = BTreeMap::new();
    for (at, service) in world.services.iter().enumerate() {
        for event in &service.log {
            let Ok(number) = event.meta.correlation_id.parse::<usize>() else { continue };
            let sent = &world.requests[number];
            if sent.service == at && sent.input.id.is_none() {
                let first = *made.entry((number, &event.event_type)).or_insert(event.id);
                ensure(first == event.id, "once", || format!("request {number} made {first} and {}", event.id))?;
            }
        }
    }
    Ok(())
}

fn created(world: &World<'_>) -> Lived {
    let mut here: Vec<BTreeSet<Id>> = vec![];
    for at in 0..world.services.len() {
        let mut ids = BTreeSet::new();
        each_state(world, at, |_, id, _, _| {
            ids.insert(id);
            Ok(())
        })?;
        here.push(ids);
    }
    let mut given: BTreeMap<(usize, Id), usize> = BTreeMap::new();
    for (number, sent) in world.requests.iter().enumerate() {
        let Some(answer) = success(sent).filter(|answer| answer.done != Success::Read) else { continue };
        let exists = here[sent.service].contains(&answer.id);
        ensure(exists, "created", || format!("request {number} got {}, which is not there", answer.id))?;
        let starts =
            matches!(world.of.system.contexts[sent.service].routes[sent.route].action, RouteAction::Starts { .. });
        if starts && answer.done == Success::Created {
            let first = *given.entry((sent.service, answer.id)).or_insert(number);
            let one_key = sent.key.is_some() && sent.key == world.requests[first].key;
            let once = first == number || one_key;
            ensure(once, "created", || format!("requests {first} and {number} were both given {}", answer.id))?;
        }
    }
    Ok(())
}

/// Nothing of a refused request is seen by anyone; what was held for it may be in its holder's private events.
fn refused(world: &World<'_>) -> Lived {
    for (at, service) in world.services.iter().enumerate() {
        for event in &service.log {
            let Ok(number) = event.meta.correlation_id.parse::<usize>() else { continue };
            let sent = &world.requests[number];
            let failed = matches!(&sent.response, Some(Err(error)) if !matches!(error, Error::Unknown { .. }));
            let seen = event.published || sent.service == at;
            let what = || format!("request {number} was refused, and {} {} happened", event.event_type, event.id);
            ensure(!(failed && seen), "refused", what)?;
        }
    }
    Ok(())
}
