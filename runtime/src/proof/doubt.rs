//! Calls: each is settled by its caller, or was voided. What a context left in doubt when it ended, its next start voids.
use super::at_rest::{StoreAtRest, SystemAtRest};
use super::report::{Report, What};
use crate::machine::guarded;
use crate::port::store::Result;
use kernel::{CallKey, CallRecord, Erased, Head, Id, Name};
use std::collections::BTreeMap;

pub fn prove(at_rest: &SystemAtRest<'_>, store: &StoreAtRest<'_>, report: &mut Report) -> Result<()> {
    let Head { reserved, settled, .. } = store.head;
    if reserved > settled && store.context.plans().next().is_some() {
        let text = format!("it was at work; ids from {settled} to below {reserved} are in doubt until its next start");
        report.note(What::Ended, store.context.name, "head", text);
    }
    for (key, called) in store.reader.calls()? {
        match at_rest.store(&key.caller) {
            Some(caller) => one(store, &caller.head, &key, &called, report),
            None => report.finding(What::Call, store.context.name, place(&key), "nobody of that name asks"),
        }
    }
    Ok(())
}

fn one(store: &StoreAtRest<'_>, caller: &Head, key: &CallKey, called: &CallRecord, report: &mut Report) {
    let (name, place) = (store.context.name, place(key));
    if key.ticket < caller.settled || caller.settled_ahead.contains(key.ticket) {
        return;
    }
    match called {
        CallRecord::Done { call, .. } if in_doubt(caller, key.ticket) => {
            let text = format!("\"{call}\" was done and not committed; the next start of {} voids it", key.caller);
            report.note(What::Call, name, place, text);
        }
        CallRecord::Done { call, .. } => {
            let text = format!("\"{call}\" was done, and {} has neither committed nor undone it", key.caller);
            report.finding(What::Call, name, place, text);
        }
        CallRecord::Void => {
            report.note(What::Call, name, place, format!("it is voided, and {} has still to hear of it", key.caller));
        }
    }
}

/// What the next start will add to each account, by undoing what was done and is in doubt.
pub fn moves(at_rest: &SystemAtRest<'_>) -> Result<BTreeMap<(Name, Id), i128>> {
    let mut moves = BTreeMap::<(Name, Id), i128>::new();
    for store in &at_rest.stores {
        for ((kind, id), Undone { before, after }) in undone(at_rest, store)? {
            let mut add = |state: &Erased, sign: i128| {
                for entry in store.context.entries(kind, id, state) {
                    *moves.entry((entry.rule, entry.account)).or_default() += sign * i128::from(entry.amount);
                }
            };
            add(&before, -1);
            add(&after, 1);
        }
    }
    Ok(moves)
}

/// A thing as it is kept, and as it will be.
struct Undone {
    before: Erased,
    after: Erased,
}

fn undone(at_rest: &SystemAtRest<'_>, store: &StoreAtRest<'_>) -> Result<BTreeMap<(Name, Id), Undone>> {
    let mut things = BTreeMap::new();
    for (key, called) in store.reader.calls()? {
        let caller = at_rest.store(&key.caller).filter(|caller| in_doubt(&caller.head, key.ticket));
        if let (CallRecord::Done { call, body, .. }, Some(_)) = (called, caller) {
            undo(store, &call, &body, &mut things)?;
        }
    }
    Ok(things)
}

/// An undo that can't be told beforehand moves nothing: then what it should have moved is found uneven.
fn undo(store: &StoreAtRest<'_>, call: &str, body: &str, things: &mut BTreeMap<(Name, Id), Undone>) -> Result<()> {
    let how = store.context.callees.iter().find(|answering| answering.call == call);
    let Some(addressed) = how.and_then(|how| (how.undo)(body).ok()) else { return Ok(()) };
    let Some(kind) = store.context.kind(addressed.kind) else { return Ok(()) };
    let thing = (kind.name, addressed.id);
    let kept = store.reader.states(kind.name, Id(addressed.id.0.saturating_sub(1)), 1)?.pop();
    let kept = kept.filter(|(id, _)| *id == addressed.id).and_then(|(_, body)| Some(kind.read_kept(&body).ok()?.0));
    let Some(before) = things.get(&thing).map(|thing| thing.after.clone()).or(kept) else { return Ok(()) };
    if let Ok(Ok(decided)) = guarded(|| (kind.decide)(Some(&before), addressed.id, addressed.command)) {
        let after = decided.state;
        things.entry(thing).and_modify(|thing| thing.after = after.clone()).or_insert(Undone { before, after });
    }
    Ok(())
}

/// The id may have been spoken of without a commit; a start voids all such ids before it takes requests.
fn in_doubt(head: &Head, ticket: Id) -> bool {
    (head.settled..head.reserved).contains(&ticket) && !head.settled_ahead.contains(ticket)
}

fn place(key: &CallKey) -> String {
    format!("call {}/{}/{}", key.caller, key.ticket, key.step)
}
