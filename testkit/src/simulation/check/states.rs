//! Each state is the fold of its log, each row of a collection what is shown of its state or event, and nothing else is there.
use super::super::broken::{Broken, Lived, ensure};
use super::super::world::World;
use kernel::{Context, Erased, Id, Kind, Row, RowSource, ShownRow};
use runtime::port::store::Reader;
use std::collections::BTreeMap;
use std::sync::Arc;

pub fn reader(world: &World<'_>, at: usize) -> Option<Arc<dyn Reader>> {
    world.services[at].store().map(|store| store.reader())
}

/// Each state as it is stored, decoded, with its JSON.
pub fn each_state(world: &World<'_>, at: usize, mut look: impl FnMut(&Kind, Id, &Erased, &str) -> Lived) -> Lived {
    let Some(reader) = reader(world, at) else { return Ok(()) };
    for kind in &world.of.system.contexts[at].kinds {
        for (id, body) in reader.states(kind.name, Id(0), usize::MAX)? {
            let state = (kind.decode)(Some(&body)).map_err(unreadable)?;
            look(kind, id, &state, &body)?;
        }
    }
    Ok(())
}

pub fn unreadable(error: kernel::serde_json::Error) -> Broken {
    Broken { check: "unreadable", what: error.to_string() }
}

/// The states that the log alone would give, as JSON.
fn fold(world: &World<'_>, at: usize) -> Lived<BTreeMap<(String, Id), Erased>> {
    let context = &world.of.system.contexts[at];
    let mut states: BTreeMap<(String, Id), Erased> = BTreeMap::new();
    for event in &world.services[at].log {
        let Some(kind) = context.kind(&event.kind) else { continue };
        let key = (event.kind.to_string(), event.id);
        let state = match states.remove(&key) {
            Some(state) => state,
            None => (kind.decode)(None).map_err(unreadable)?,
        };
        let state = (kind.refold)(state, &event.event_type, event.version, &event.body).map_err(unreadable)?;
        states.insert(key, state);
    }
    Ok(states)
}

pub fn check(world: &World<'_>) -> Lived {
    for (at, context) in world.of.system.contexts.iter().enumerate() {
        let folded = fold(world, at)?;
        let (mut count, mut shown) = (0, BTreeMap::new());
        each_state(world, at, |kind, id, state, body| {
            count += 1;
            let fresh = folded.get(&(kind.name.to_string(), id)).map(|state| (kind.encode)(state));
            let same = fresh.as_deref() == Some(body);
            ensure(same, "states", || format!("{} {id} is {body}, its log says {fresh:?}", kind.name))?;
            show(context, kind, id, state, &mut shown);
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

type Rows = BTreeMap<(&'static str, Id), ShownRow>;

fn show(context: &Context, kind: &Kind, id: Id, state: &Erased, shown: &mut Rows) {
    for collection in context.collections.iter().filter(|c| c.of == RowSource::State(kind.name)) {
        shown.extend((collection.show)(id, id, state).map(|row| ((collection.name, id), row)));
    }
}

fn show_events(world: &World<'_>, at: usize, shown: &mut Rows) -> Lived {
    let context = &world.of.system.contexts[at];
    for event in &world.services[at].log {
        let Some(kind) = context.kind(&event.kind) else { continue };
        for collection in context.collections.iter().filter(|c| c.of == RowSource::Event(kind.name)) {
            let read = (kind.read_event)(&event.event_type, event.version, &event.body).map_err(unreadable)?;
            let row = read.and_then(|read| (collection.show)(Id(event.position), event.key, &read));
            shown.extend(row.map(|row| ((collection.name, Id(event.position)), row)));
        }
    }
    Ok(())
}

fn rows(world: &World<'_>, at: usize, mut shown: Rows) -> Lived {
    let Some(reader) = reader(world, at) else { return Ok(()) };
    for collection in &world.of.system.contexts[at].collections {
        for (id, row) in reader.rows(collection.name, Id(0), usize::MAX)? {
            let expected = shown.remove(&(collection.name, id));
            let same = expected.as_ref().is_some_and(|expected| equal(&row, expected));
            ensure(same, "rows", || format!("/{}/{id} is {row:?}, should be {expected:?}", collection.name))?;
        }
    }
    ensure(shown.is_empty(), "rows", || format!("missing: {shown:?}"))
}

pub fn equal(row: &Row, shown: &ShownRow) -> bool {
    row.body.as_deref() == Some(&shown.body) && row.listed == shown.listed && row.keys == shown.keys
}
