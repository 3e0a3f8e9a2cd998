//! Clients were told the truth: each answered once, a repeat like the first time, what was created is there and was given once, what was refused left nothing.
use super::super::broken::{Lived, ensure};
use super::super::client::Made;
use super::super::world::World;
use super::states::each_state;
use kernel::{Action, Id, Success};
use runtime::message::Answer;
use std::collections::{BTreeMap, BTreeSet};

pub fn check(world: &World<'_>) -> Lived {
    for (token, made) in world.made.iter().enumerate() {
        let answered = made.answer.is_some() || made.excused;
        ensure(answered, "answers", || format!("request {token} was never answered"))?;
    }
    repeats(world)?;
    created(world)?;
    refused(world)
}

fn success(made: &Made) -> Option<&Answer> {
    made.answer.as_ref()?.as_ref().ok()
}

/// The requests whose events are in the log of the context they were made to.
fn happened(world: &World<'_>, at: usize) -> BTreeSet<usize> {
    world.services[at].log.iter().filter_map(|event| event.meta.correlation_id.parse().ok()).collect()
}

fn repeats(world: &World<'_>) -> Lived {
    let mut by_key: BTreeMap<(usize, usize, &str), Vec<usize>> = BTreeMap::new();
    for (token, made) in world.made.iter().enumerate() {
        if let Some(key) = &made.key {
            by_key.entry((made.service, made.route, key)).or_default().push(token);
        }
    }
    for ((service, ..), tokens) in by_key.iter().filter(|(_, tokens)| tokens.len() > 1) {
        let mut answers = tokens.iter().filter_map(|token| success(&world.made[*token]));
        let first = answers.next();
        let same = answers.all(|other| Some(other) == first);
        ensure(same, "repeats", || format!("requests {tokens:?} have one key and different answers"))?;
        let happened = happened(world, *service);
        let done: Vec<_> = tokens.iter().filter(|token| happened.contains(token)).collect();
        ensure(done.len() < 2, "repeats", || format!("requests {done:?} have one key and all happened"))?;
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
    for (token, made) in world.made.iter().enumerate() {
        let Some(answer) = success(made).filter(|answer| answer.done != Success::Read) else { continue };
        let exists = here[made.service].contains(&answer.id);
        ensure(exists, "created", || format!("request {token} was told of {}, which is not there", answer.id))?;
        let starts = matches!(world.of.system.contexts[made.service].routes[made.route].action, Action::Starts { .. });
        if starts && answer.done == Success::Created {
            let first = *given.entry((made.service, answer.id)).or_insert(token);
            let one_key = made.key.is_some() && made.key == world.made[first].key;
            let once = first == token || one_key;
            ensure(once, "created", || format!("requests {first} and {token} were both given {}", answer.id))?;
        }
    }
    Ok(())
}

/// Nothing of a refused request is seen by anyone; what was held for it may be in its holder's private events.
fn refused(world: &World<'_>) -> Lived {
    for (at, service) in world.services.iter().enumerate() {
        for event in &service.log {
            let Ok(token) = event.meta.correlation_id.parse::<usize>() else { continue };
            let made = &world.made[token];
            let failed = made.answer.as_ref().is_some_and(Result::is_err);
            let seen = event.published || made.service == at;
            let what = || format!("request {token} was refused, and {} {} happened", event.event_type, event.id);
            ensure(!(failed && seen), "refused", what)?;
        }
    }
    Ok(())
}
