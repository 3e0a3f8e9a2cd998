//! A context that only reads comes to the same in whatever order it reads its sources: a second one, from the beginning, ends alike.
use super::super::broken::{Lived, ensure};
use super::super::random::Random;
use super::super::service::open_links;
use super::super::world::World;
use super::states::reader;
use super::views::interleaved;
use kernel::{Context, Id, RowSource};
use runtime::machine::{Input, Machine};
use runtime::port::clock::Clock as _;
use runtime::port::feed::Slice;
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
            let second = read_again(world, context)?;
            let Some(first) = reader(world, at) else { continue };
            let (one, two) = (shown(context, &*first)?, second);
            ensure(one == two, "replicas", || format!("{}: {one:#?} but read again {two:#?}", context.name))?;
        }
    }
    Ok(())
}

fn read_again(world: &World<'_>, context: &Context) -> Lived<Vec<String>> {
    let (disk, random) = (world.of.disk(context), Random::of(world.seed, 1 << 42));
    let mut store = disk();
    let (system, limits, settings) = (world.of.system.clone(), world.limits().clone(), &world.of.settings);
    let now = world.services[0].clock.now();
    let mut machine = Machine::open(system, context.name, limits, settings, store.as_ref(), now, world.seed)?;
    let mut sources: Vec<&'static str> = context.sources().iter().map(|source| source.name).collect();
    sources.dedup();
    for (source, event) in interleaved(world, sources, 2, &random) {
        for link in open_links(&machine, |name, _| name == source) {
            let (after, up_to, more) = (event.position - 1, event.position, true);
            let sees = event.published || source == context.name;
            let events = if sees { vec![event.clone()] } else { vec![] };
            let slice = Slice { after, events, up_to, more };
            machine.step(store.as_ref(), now, Input::Events { link, slice })?;
        }
    }
    machine.flush(store.as_mut())?;
    shown(context, &*store.reader())
}

/// All that is kept and shown; a row made of an event without its id, which tells when it was read.
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
