//! A context that only listens comes to the same in whatever order it hears its sources: a second one, from the beginning, ends alike.
use super::super::broken::{Lived, ensure};
use super::super::dice::Dice;
use super::super::service::{Service, wants};
use super::super::world::World;
use super::views::interleaved;
use kernel::{Context, Id, RowSource};
use runtime::message::Input;
use runtime::port::store::Reader;

/// One lifetime in so many is read again: a second machine costs as much as the first.
const EACH: u64 = 8;

pub fn check(world: &World<'_>) -> Lived {
    if !world.seed.is_multiple_of(EACH) {
        return Ok(());
    }
    for at in 0..world.services.len() {
        let context = &world.of.system.contexts[at];
        if context.routes.is_empty() && context.callees.is_empty() {
            let second = read_again(world, at)?;
            let (Some(first), Some(second)) = (&world.services[at].process, &second.process) else { continue };
            let (one, two) = (shown(context, &*first.store.reader())?, shown(context, &*second.store.reader())?);
            ensure(one == two, "replicas", || format!("{}: {one:#?} but read again {two:#?}", context.name))?;
        }
    }
    Ok(())
}

fn read_again(world: &World<'_>, at: usize) -> Lived<Service> {
    let context = &world.of.system.contexts[at];
    let mut again = Service::new(world.of.disk(context), 0);
    world.start_as(at, &mut again)?;
    let mut dice = Dice::of(world.seed, 1 << 42);
    let Some(process) = &mut again.process else { unreachable!("it was just started") };
    let mut sources: Vec<&'static str> = context.sources().iter().map(|source| source.name).collect();
    sources.dedup();
    for (source, event) in interleaved(world, sources, 2, &mut dice) {
        for (consumer, source, _) in wants(&process.machine, |name, _| name == source) {
            let events = vec![event.clone()];
            process.machine.step(process.store.as_ref(), world.now, Input::Events { consumer, source, events })?;
        }
    }
    process.machine.flush(process.store.as_mut())?;
    Ok(again)
}

/// All that is kept and shown; a row made of an event without its id, which tells when it was heard.
pub fn shown(context: &Context, reader: &dyn Reader) -> Lived<Vec<String>> {
    let mut all = vec![];
    for kind in &context.kinds {
        let states = reader.states(kind.name, Id(0), usize::MAX)?;
        all.extend(states.into_iter().map(|(id, body)| format!("{} {id} {body}", kind.name)));
    }
    for collection in &context.collections {
        for (id, row) in reader.rows(collection.name, Id(0), usize::MAX)? {
            let body = row.body.as_deref().unwrap_or_default();
            let by_event = matches!(collection.of, RowSource::Event(_));
            let rest = if by_event { body.split_once(',').map_or(body, |(_, rest)| rest) } else { body };
            let id = if by_event { Id(0) } else { id };
            all.push(format!("{} {id} {rest} {}", collection.name, row.listed));
        }
    }
    all.sort();
    Ok(all)
}
