//! No event is older than what caused it: what follows from a request comes after the request's own first event.
use super::super::broken::{Lived, broken, ensure};
use super::super::world::World;
use kernel::Timestamp;
use std::collections::BTreeMap;

pub fn check(world: &World<'_>) -> Lived {
    let mut first: BTreeMap<usize, Timestamp> = BTreeMap::new();
    for (at, service) in world.services.iter().enumerate() {
        let mut last = Timestamp::default();
        for (position, event) in service.log.iter().enumerate() {
            let gapless = event.position == position as u64 + 1;
            ensure(gapless, "causes", || format!("{} has no event {}", world.name(at), position + 1))?;
            ensure(event.at >= last, "causes", || {
                format!("{} {}: time ran backwards", world.name(at), event.position)
            })?;
            last = event.at;
            let Ok(number) = event.meta.correlation_id.parse::<usize>() else { continue };
            if world.requests[number].service == at {
                first.entry(number).or_insert(event.at);
            }
        }
    }
    for (at, service) in world.services.iter().enumerate() {
        for event in service.log.iter().filter(|event| event.published) {
            let Ok(number) = event.meta.correlation_id.parse::<usize>() else { continue };
            if world.requests[number].service == at {
                continue;
            }
            match first.get(&number) {
                None => {
                    return broken(
                        "causes",
                        format!("{} {} of request {number}, which never happened", event.event_type, event.key),
                    );
                }
                Some(cause) => {
                    let after = event.at > *cause;
                    ensure(after, "causes", || {
                        format!("{} {} is older than its request", event.event_type, event.key)
                    })?;
                }
            }
        }
    }
    Ok(())
}
