//! Calls: each is settled by its caller, or was voided. What a context left in doubt when it ended, its next start voids.
use super::{Proof, Report, Shelf, What};
use crate::store::Result;
use kernel::{CallKey, Called, Head, Id};

pub fn prove(proof: &Proof<'_>, shelf: &Shelf<'_>, report: &mut Report) -> Result<()> {
    let Head { reserved, settled, .. } = shelf.head;
    if reserved > settled && shelf.context.plans().next().is_some() {
        let text = format!("it was at work; ids from {settled} to below {reserved} are in doubt until its next start");
        report.note(What::Ended, shelf.context.name, "head", text);
    }
    for (key, called) in shelf.reader.calls()? {
        match proof.shelf(&key.caller) {
            Some(caller) => one(shelf, &caller.head, &key, &called, report),
            None => report.finding(What::Call, shelf.context.name, place(&key), "nobody of that name asks"),
        }
    }
    Ok(())
}

fn one(shelf: &Shelf<'_>, caller: &Head, key: &CallKey, called: &Called, report: &mut Report) {
    let (name, place) = (shelf.context.name, place(key));
    if key.ticket < caller.settled || caller.committed.contains(&key.ticket) {
        return;
    }
    match called {
        Called::Done { call, .. } if in_doubt(caller, key.ticket) => {
            let text = format!("\"{call}\" was done and not committed; the next start of {} voids it", key.caller);
            report.note(What::Call, name, place, text);
        }
        Called::Done { call, .. } => {
            let text = format!("\"{call}\" was done, and {} has neither committed nor undone it", key.caller);
            report.finding(What::Call, name, place, text);
        }
        Called::Void => {
            report.note(What::Call, name, place, format!("it is voided, and {} has still to hear of it", key.caller));
        }
    }
}

/// The id may have been spoken of without a commit; a start voids all such ids before it takes requests.
pub fn in_doubt(head: &Head, ticket: Id) -> bool {
    (head.settled..head.reserved).contains(&ticket) && !head.committed.contains(&ticket)
}

fn place(key: &CallKey) -> String {
    format!("call {}/{}/{}", key.caller, key.ticket, key.step)
}
