//! Each state is the fold of its log, each row of a collection what is shown of its state or event, and nothing else is there.
use super::super::broken::{Broken, Lived, ensure};
use super::super::world::World;
use kernel::{Context, Erased, Id, Kind, Owners, Row, RowSource, ShownRow};
use runtime::port::store::Reader;
use std::collections::BTreeMap;
use std::sync::Arc;

pub fn reader(world: &World<'_>, at: usize) -> Option<Arc<dyn Reader>> {
    world.services[at].store().map(|store| store.reader())
}

/// Each state as it is stored, decoded, with its JSON.
pub fn each_state(
    world: &World<'_>,
    at: usize,
    mut look: impl FnMut(&Kind, Id, (&Erased, Owners), &str) -> Lived,
) -> Lived {
    let Some(reader) = reader(world, at) else { return Ok(()) };
    for kind in &world.of.system.contexts[at].kinds {
        for (id, body) in reader.states(kind.name, Id(0), usize::MAX)? {
            let (state, of) = kind.read_kept(&body).map_err(unreadable)?;
            look(kind, id, (&state, of), &body)?;
        }
    }
    Ok(())
}

pub fn unreadable(error: kernel::serde_json::Error) -> Broken {
    Broken { check: "unreadable", what: error.to_string() }
}

/// The states that the log alone would give, and whose they are.
fn fold(world: &World<'_>, at: usize) -> Lived<BTreeMap<(String, Id), (Erased, Owners)>> {
    let context = &world.of.system.contexts[at];
    let mut states: BTreeMap<(String, Id), (Erased, Owners)> = BTreeMap::new();
    for event in &world.services[at].log {
        let Some(kind) = context.kind(&event.kind) else { continue };
        let key = (event.kind.to_string(), event.id);
        let state = match states.remove(&key) {
            Some((state, _)) => state,
            None => (kind.decode)(None).map_err(unreadable)?,
        };
        let state = (kind.refold)(state, &event.event_type, event.version, &event.body).map_err(unreadable)?;
        states.insert(key, (state, event.meta.of));
    }
    Ok(states)
}

pub fn check(world: &World<'_>) -> Lived {
    for (at, context) in world.of.system.contexts.iter().enumerate() {
        let folded = fold(world, at)?;
        let (mut count, mut shown) = (0, BTreeMap::new());
        each_state(world, at, |kind, id, (state, of), body| {
            count += 1;
            let fresh = folded.get(&(kind.name.to_string(), id)).map(|(state, of)| of.mark((kind.encode)(state)));
            let same = fresh.as_deref() == Some(body);
            ensure(same, "states", || format!("{} {id} is {body}, its log says {fresh:?}", kind.name))?;
            show(context, (kind, id), (state, of), &mut shown);
            Ok(())
        })?;
        ensure(count == folded.len(), "states", || {
            format!("{}: {count} states, {} in the log", context.name, folded.len())
        })?;
        show_events(world, at, &mut shown)?;
        rows(world, at, shown)?;
    }
    Ok(())
}

/// Rows with the keys of their owners.
type Rows = BTreeMap<(&'static str, Id), (ShownRow, [i64; 2])>;

fn show(context: &Context, (kind, id): (&Kind, Id), (state, of): (&Erased, Owners), shown: &mut Rows) {
    for collection in context.collections.iter().filter(|c| c.of == RowSource::State(kind.name)) {
        let row = (collection.show)(id, id, state);
        shown.extend(row.map(|row| ((collection.name, id), (row, collection.owner_keys(&of)))));
    }
}

fn show_events(world: &World<'_>, at: usize, shown: &mut Rows) -> Lived {
    let context = &world.of.system.contexts[at];
    for event in &world.services[at].log {
        let Some(kind) = context.kind(&event.kind) else { continue };
        for collection in context.collections.iter().filter(|c| c.of == RowSource::Event(kind.name)) {
            let read = (kind.read_event)(&event.event_type, event.version, &event.body).map_err(unreadable)?;
            let row = read.and_then(|read| (collection.show)(Id(event.position), event.key, &read));
            let owners = collection.owner_keys(&event.meta.of);
            shown.extend(row.map(|row| ((collection.name, Id(event.position)), (row, owners))));
        }
    }
    Ok(())
}

fn rows(world: &World<'_>, at: usize, mut shown: Rows) -> Lived {
    let Some(reader) = reader(world, at) else { return Ok(()) };
    for collection in &world.of.system.contexts[at].collections {
        for (id, row) in reader.rows(collection.name, Id(0), usize::MAX)? {
            let expected = shown.remove(&(collection.name, id));
            let same = expected.as_ref().is_some_and(|(expected, owners)| equal(&row, expected, *owners));
            ensure(same, "rows", || format!("/{}/{id} is {row:?}, should be {expected:?}", collection.name))?;
        }
    }
    ensure(shown.is_empty(), "rows", || format!("missing: {shown:?}"))
}

pub fn equal(row: &Row, shown: &ShownRow, owners: [i64; 2]) -> bool {
    let keys = row.keys == shown.keys && row.owners == owners;
    row.body.as_deref() == Some(&shown.body) && row.listed == shown.listed && keys
}
