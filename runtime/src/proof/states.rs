//! Every state is the fold of its events, and every row made of a state is what that state shows.
use super::merge::merge;
use super::slice::ValueSlice;
use super::views::same_row;
use super::{Proof, Report, Shelf, What, stream};
use crate::port::store::{Result, StoreError};
use kernel::{Erased, Id, Kind, RowSource};

type Fresh = ValueSlice<Id, Erased>;

pub fn prove(proof: &Proof<'_>, shelf: &Shelf<'_>, kind: &Kind, report: &mut Report) -> Result<()> {
    let reshaped = shelf.reshaped(kind);
    if reshaped {
        let text = "its states have an older shape; they are folded again at the next start";
        report.note(What::Release, shelf.context.name, kind.name, text);
    }
    let mut next = Some(Fresh::first(proof.bounds.values_at_once));
    while let Some(mut fresh) = next {
        fold(shelf, kind, &mut fresh, report)?;
        if !reshaped {
            states(shelf, kind, &fresh, report)?;
        }
        rows(shelf, kind, &fresh, report)?;
        next = fresh.next();
    }
    Ok(())
}

fn fold(shelf: &Shelf<'_>, kind: &Kind, fresh: &mut Fresh, report: &mut Report) -> Result<()> {
    let nothing =
        (kind.decode)(None).map_err(|e| StoreError::Failed(format!("{} has no beginning: {e}", kind.name)))?;
    let first = fresh.from.is_none();
    stream::log(shelf.reader, u64::MAX, |event| {
        if event.kind != kind.name {
            return;
        }
        let evolve = |state: &mut Erased| {
            match (kind.refold)(state.clone(), &event.event_type, event.version, &event.body) {
                Ok(evolved) => *state = evolved,
                Err(_) if !first => {}
                Err(error) => {
                    let text = format!("{} can't be read: {error}", event.event_type);
                    report.finding(What::Log, shelf.context.name, format!("log@{}", event.position), text);
                }
            }
            0
        };
        fresh.change(event.id, || nothing.clone(), evolve);
    })
}

fn states(shelf: &Shelf<'_>, kind: &Kind, fresh: &Fresh, report: &mut Report) -> Result<()> {
    let stored = stream::states(shelf.reader, kind.name, fresh.from.unwrap_or_default());
    merge(fresh.values(), stored, fresh.below, |id, folded, stored| {
        report.states += u64::from(stored.is_some());
        let folded = folded.map(kind.encode);
        let fault = match (&folded, &stored) {
            (Some(folded), Some(stored)) if same_json(folded, stored) => return,
            (Some(folded), Some(stored)) => format!("its events fold to {folded}, kept is {stored}"),
            (Some(folded), None) => format!("its events fold to {folded}, nothing is kept"),
            (None, Some(stored)) => format!("no event made it; kept is {stored}"),
            (None, None) => return,
        };
        report.finding(What::State, shelf.context.name, format!("{}/{id}", kind.name), fault);
    })
}

fn rows(shelf: &Shelf<'_>, kind: &Kind, fresh: &Fresh, report: &mut Report) -> Result<()> {
    for collection in shelf.context.collections.iter().filter(|c| c.of == RowSource::State(kind.name)) {
        let shown = fresh.values().map(|(id, state)| (id, (collection.show)(id, id, state)));
        let shown = shown.filter_map(|(id, row)| Some((id, row?)));
        let stored = stream::rows(shelf.reader, collection.name, fresh.from.unwrap_or_default());
        merge(shown, stored, fresh.below, |id, shown, stored| {
            same_row(shelf, collection.name, id, shown, stored, report);
        })?;
    }
    Ok(())
}

/// The same text, or the same value written in another way.
pub fn same_json(a: &str, b: &str) -> bool {
    let value = serde_json::from_str::<serde_json::Value>;
    a == b || matches!((value(a), value(b)), (Ok(a), Ok(b)) if a == b)
}
