//! Every state is the fold of its events, and every row made of a state is what that state shows.
use super::at_rest::{StoreAtRest, SystemAtRest};
use super::merge::merge;
use super::report::{Report, What};
use super::rows::{same_json, same_row};
use crate::port::store::{Result, StoreError};
use crate::portions::slice::ValueSlice;
use crate::portions::stream;
use kernel::{Erased, Id, Kind, Owners, RowSource};

/// A state, and whose it is.
type Fresh = ValueSlice<Id, (Erased, Owners)>;

pub fn prove(at_rest: &SystemAtRest<'_>, store: &StoreAtRest<'_>, kind: &Kind, report: &mut Report) -> Result<()> {
    let reshaped = store.reshaped(kind);
    if reshaped {
        let text = "its states have an older shape; they are folded again at the next start";
        report.note(What::Release, store.context.name, kind.name, text);
    }
    let mut next = Some(Fresh::first(at_rest.bounds.values_at_once));
    while let Some(mut fresh) = next {
        fold(store, kind, &mut fresh, report)?;
        if !reshaped {
            states(store, kind, &fresh, report)?;
        }
        rows(store, kind, &fresh, report)?;
        next = fresh.next();
    }
    Ok(())
}

fn fold(store: &StoreAtRest<'_>, kind: &Kind, fresh: &mut Fresh, report: &mut Report) -> Result<()> {
    let nothing =
        (kind.decode)(None).map_err(|e| StoreError::Failed(format!("{} has no beginning: {e}", kind.name)))?;
    let first = fresh.from.is_none();
    stream::log(store.reader, u64::MAX, |event| {
        if event.kind != kind.name {
            return;
        }
        let evolve = |(state, of): &mut (Erased, Owners)| {
            *of = event.meta.of;
            match (kind.refold)(state.clone(), &event.event_type, event.version, &event.body) {
                Ok(evolved) => *state = evolved,
                Err(_) if !first => {}
                Err(error) => {
                    let text = format!("{} can't be read: {error}", event.event_type);
                    report.finding(What::Log, store.context.name, format!("log@{}", event.position), text);
                }
            }
            0
        };
        fresh.change(event.id, || (nothing.clone(), Owners::default()), evolve);
    })
}

fn states(store: &StoreAtRest<'_>, kind: &Kind, fresh: &Fresh, report: &mut Report) -> Result<()> {
    let stored = stream::states(store.reader, kind.name, fresh.from.unwrap_or_default());
    merge(fresh.values(), stored, fresh.below, |id, folded, stored| {
        report.states += u64::from(stored.is_some());
        let folded = folded.map(|(state, of)| of.mark((kind.encode)(state)));
        let fault = match (&folded, &stored) {
            (Some(folded), Some(stored)) if same_state(folded, stored) => return,
            (Some(folded), Some(stored)) => format!("its events fold to {folded}, kept is {stored}"),
            (Some(folded), None) => format!("its events fold to {folded}, nothing is kept"),
            (None, Some(stored)) => format!("no event made it; kept is {stored}"),
            (None, None) => return,
        };
        report.finding(What::State, store.context.name, format!("{}/{id}", kind.name), fault);
    })
}

fn rows(store: &StoreAtRest<'_>, kind: &Kind, fresh: &Fresh, report: &mut Report) -> Result<()> {
    for collection in store.context.collections.iter().filter(|c| c.of == RowSource::State(kind.name)) {
        let shown =
            fresh.values().map(|(id, (state, of))| (id, (collection.show)(id, id, state), collection.owner_keys(of)));
        let shown = shown.filter_map(|(id, row, owners)| Some((id, (row?, owners))));
        let stored = stream::rows(store.reader, collection.name, fresh.from.unwrap_or_default());
        merge(shown, stored, fresh.below, |id, shown, stored| {
            same_row(store, collection.name, id, shown, stored, report);
        })?;
    }
    Ok(())
}

/// The same value, and the same people's.
fn same_state(a: &str, b: &str) -> bool {
    matches!((Owners::unmark(a), Owners::unmark(b)), (Ok((of_a, a)), Ok((of_b, b))) if of_a == of_b && same_json(a, b))
}
