//! Of every published event up to a relay's durable mark, the broker has said that it has it.
use super::super::broken::{Lived, ensure};
use super::super::world::World;

pub fn check(world: &World<'_>) -> Lived {
    let Some(topic) = &world.topic else { return Ok(()) };
    for service in &world.services {
        let mark = service.owner().handle.relayed();
        let mut marked = service.log.iter().filter(|event| event.published && event.position <= mark);
        let missing = marked.find(|event| !topic.has_acknowledged(service.name, event.position));
        ensure(missing.is_none(), "relayed", || {
            format!("{} is marked as relayed up to event {mark}, and the topic never had {missing:?}", service.name)
        })?;
    }
    Ok(())
}
