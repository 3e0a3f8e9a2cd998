//! A context that only reads comes to the same in whatever order it reads its sources: a second one, from the beginning, ends alike.
use super::super::broken::{Lived, ensure};
use super::super::feed::Reading;
use super::super::random::Random;
use super::super::service::open_subscriptions;
use super::super::world::World;
use super::states::reader;
use super::views::interleaved;
use kernel::{Context, Id, RowSource};
use runtime::driver::Driver;
use runtime::port::store::Reader;

/// One lifetime in so many is read again: a second driver costs as much as the first.
const EACH: u64 = 8;

pub fn check(world: &World<'_>) -> Lived {
    if !world.seed.is_multiple_of(EACH) {
        return Ok(());
    }
    for at in 0..world.services.len() {
        let context = &world.of.system.contexts[at];
        if context.routes.is_empty() && context.callees.is_empty() {
            let second = read_again(world, at)?;
            let Some(first) = reader(world, at) else { continue };
            let (one, two) = (shown(context, &*first)?, second);
            ensure(one == two, "replicas", || format!("{}: {one:#?} but read again {two:#?}", context.name))?;
        }
    }
    Ok(())
}

fn read_again(world: &World<'_>, at: usize) -> Lived<Vec<String>> {
    let (context, random) = (&world.of.system.contexts[at], Random::from_seed(world.seed, 1 << 42));
    let mut second = world.second(at)?;
    for (source, _) in interleaved(world, context.sources(), 2, &random) {
        let subscriptions =
            second.machine().map(|machine| open_subscriptions(machine, |name, _| name == source)).unwrap_or_default();
        for subscription in subscriptions {
            world.allow_reading(Reading::Subscription { context: context.name, subscription, at_most: 1 });
            second.owner().handle.mailbox.news();
            second.owner_mut().driver.as_mut().map(Driver::run_once);
        }
    }
    let reader = second.store().map(|store| store.reader());
    if let Some(driver) = second.owner_mut().driver.take() {
        driver.close();
    }
    reader.map_or(Ok(vec![]), |reader| shown(context, &*reader))
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
