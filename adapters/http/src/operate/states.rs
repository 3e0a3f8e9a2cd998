//! The states that things went through, folded from the events of one request.
use kernel::{Id, Kind, Recorded};
use runtime::port::store::{Reader, Result};
use std::collections::HashMap;

/// The state behind each event. `None`: not all events of the thing are among these, as what is kept of it is another one.
pub(super) fn after_each(kinds: &[Kind], events: &[Recorded], reader: &dyn Reader) -> Result<Vec<Option<String>>> {
    let mut folded = HashMap::new();
    let mut states: Vec<Option<String>> = events.iter().map(|event| fold(kinds, event, &mut folded)).collect();
    for (kind, id) in folded.into_keys() {
        let last = events.iter().rposition(|event| event.kind == kind && event.id == id);
        let last = last.and_then(|at| states.get(at)?.as_deref());
        let kept = reader.states(kind, Id(id.0.saturating_sub(1)), 1)?.into_iter().find(|(of, _)| *of == id);
        let kept = kept.and_then(|(_, kept)| state_of(kinds, kind, &kept));
        if last.is_none() || last != kept.as_deref() {
            let of_it = |event: &Recorded| event.kind == kind && event.id == id;
            let whole = events.iter().zip(&mut states).filter(|(event, _)| of_it(event));
            whole.for_each(|(_, state)| *state = None);
        }
    }
    Ok(states)
}

type Folded = HashMap<(kernel::Name, Id), Option<kernel::Erased>>;

fn fold(kinds: &[Kind], event: &Recorded, folded: &mut Folded) -> Option<String> {
    let kind = kinds.iter().find(|kind| kind.name == event.kind)?;
    let before = folded.entry((kind.name, event.id)).or_insert_with(|| (kind.decode)(None).ok());
    *before = before.take().and_then(|state| (kind.refold)(state, &event.event_type, event.version, &event.body).ok());
    before.as_ref().map(kind.encode)
}

fn state_of(kinds: &[Kind], kind: &str, kept: &str) -> Option<String> {
    let kind = kinds.iter().find(|known| known.name == kind)?;
    kind.read_kept(kept).ok().map(|(state, _)| (kind.encode)(&state))
}
