//! Every row made of a single event is what that event shows, its id the event's position.
use super::at_rest::StoreAtRest;
use super::merge::merge;
use super::report::Report;
use super::rows::same_row;
use crate::port::store::{Reader, Result};
use crate::portions::stream;
use kernel::{Collection, Id, Kind, RowSource, ShownRow};

pub fn prove(store: &StoreAtRest<'_>, collection: &Collection, report: &mut Report) -> Result<()> {
    let RowSource::Event(kind) = collection.of else { return Ok(()) };
    let Some(kind) = store.context.kind(kind) else { return Ok(()) };
    let mut failed = None;
    let shown = shown(store.reader, kind, collection);
    let shown = shown.map_while(|next| next.map_err(|error| failed = Some(error)).ok());
    let stored = stream::rows(store.reader, collection.name, Id(0));
    merge(shown, stored, None, |id, shown, stored| same_row(store, collection.name, id, shown, stored, report))?;
    failed.map_or(Ok(()), Err)
}

/// The rows in order of position, straight from the log. An event that can't be read is named where states are folded.
fn shown<'a>(
    reader: &'a dyn Reader,
    kind: &'a Kind,
    collection: &'a Collection,
) -> impl Iterator<Item = Result<(Id, (ShownRow, [i64; 2]))>> + 'a {
    stream::events(reader).filter(|event| event.as_ref().map_or(true, |event| event.kind == kind.name)).filter_map(
        |event| {
            let event = match event {
                Ok(event) => event,
                Err(error) => return Some(Err(error)),
            };
            let value = (kind.read_event)(&event.event_type, event.version, &event.body).ok()??;
            let id = Id(event.position);
            let row = (collection.show)(id, event.key, &value)?;
            Some(Ok((id, (row, collection.owner_keys(&event.meta.of)))))
        },
    )
}
