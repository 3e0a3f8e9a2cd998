//! Where people sign in, everything belongs to whoever made the first event of its request, and nobody has changed or been shown what they may not. Told
//! from who sent which request and what it made, not from what the machines have handed on.
use super::super::broken::{Lived, ensure};
use super::super::world::World;
use kernel::{Caller, Id, Owners, Person, RowSource, Success};
use std::collections::BTreeMap;

/// A thing, by the index of its context.
type Thing<'a> = (usize, &'a str, Id);

struct Made<'a> {
    world: &'a World<'a>,
    /// The request that each thing was made for.
    first: BTreeMap<Thing<'a>, usize>,
    /// The thing that each request has changed first in its own context.
    target: BTreeMap<usize, Thing<'a>>,
}

pub fn check(world: &World<'_>) -> Lived {
    if !world.of.people {
        return Ok(());
    }
    let made = Made::new(world);
    made.owners()?;
    made.answers()
}

impl<'a> Made<'a> {
    fn new(world: &'a World<'a>) -> Made<'a> {
        let (mut first, mut target) = (BTreeMap::new(), BTreeMap::new());
        for (at, service) in world.services.iter().enumerate() {
            for event in &service.log {
                let Ok(number) = event.meta.correlation_id.parse::<usize>() else { continue };
                let thing: Thing<'a> = (at, &event.kind, event.id);
                first.entry(thing).or_insert(number);
                if world.requests[number].service == at {
                    target.entry(number).or_insert(thing);
                }
            }
        }
        Made { world, first, target }
    }

    fn caller(&self, number: usize) -> Option<&Caller> {
        self.world.requests[number].asked.meta.who.as_deref()
    }

    /// Whose request this is; `None`: it came to nothing.
    fn owner_of_request(&self, number: usize) -> Option<Person> {
        let thing = self.target.get(&number)?;
        match self.first[thing] {
            first if first == number => Some(self.caller(number)?.person),
            _ => self.owner_of_thing(thing),
        }
    }

    fn owner_of_thing(&self, thing: &Thing<'a>) -> Option<Person> {
        self.owner_of_request(*self.first.get(thing)?)
    }

    fn owners(&self) -> Lived {
        for (at, service) in self.world.services.iter().enumerate() {
            for event in &service.log {
                let Ok(number) = event.meta.correlation_id.parse::<usize>() else { continue };
                let Some(due) = self.owner_of_request(number) else { continue };
                let what = |whose: &str, is: Option<Person>| {
                    let event = format!("{} {} of request {number}", event.event_type, event.id);
                    format!("{event}: its {whose} belongs to {is:?}, should to {due:?}")
                };
                ensure(event.meta.owner == Some(due), "people", || what("request", event.meta.owner))?;
                let of_thing = self.owner_of_thing(&(at, &event.kind, event.id));
                let is_same = of_thing.is_none() || event.meta.of.owner == of_thing;
                ensure(is_same, "people", || what("thing", event.meta.of.owner))?;
                let asked = self.world.requests[number].asked.meta.who.as_ref();
                ensure(event.meta.who.as_ref() == asked, "people", || format!("request {number} was not {asked:?}'s"))?;
            }
        }
        Ok(())
    }

    /// Whose a thing has been so far, all partners it ever had included.
    fn ever(&self, thing: &Thing<'a>) -> Vec<Owners> {
        let owner = self.owner_of_thing(thing);
        let log = self.world.services[thing.0].log.iter();
        let partners =
            log.filter(|event| *event.kind == *thing.1 && event.id == thing.2).map(|event| event.meta.of.partner);
        partners.chain([None]).map(|partner| Owners { owner, partner }).collect()
    }

    /// Who was answered with a success might do it, and be shown what they were shown.
    fn answers(&self) -> Lived {
        for (number, sent) in self.world.requests.iter().enumerate() {
            let Some(Ok(answer)) = &sent.response else { continue };
            let (Some(caller), context) = (self.caller(number), &self.world.of.system.contexts[sent.service]) else {
                continue;
            };
            let route = &context.routes[sent.route];
            let shown = context.collections.iter().find(|collection| collection.name == route.collection);
            let Some((collection, RowSource::State(kind))) = shown.map(|shown| (shown, shown.of)) else { continue };
            let thing = (sent.service, kind, answer.id);
            if answer.done == Success::Read || !self.first.contains_key(&thing) {
                continue;
            }
            let ever = self.ever(&thing);
            let may = route.grants.to_use(caller).is_some_and(|rights| ever.iter().any(|of| rights.reach(of)));
            ensure(may, "people", || format!("request {number}: {caller:?} might not change {thing:?}"))?;
            let reads = collection.grants.to_read(caller).is_some_and(|rights| ever.iter().any(|of| rights.reach(of)));
            let is_blind = answer.body.is_none() || collection.grants.to_read(caller).is_none();
            ensure(reads || is_blind, "people", || format!("request {number}: {caller:?} was shown {thing:?}"))?;
        }
        Ok(())
    }
}
