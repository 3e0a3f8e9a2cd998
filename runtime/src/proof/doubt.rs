//! Calls: each is settled by its caller, or was voided. A context that ended without being stopped is told of.
use super::{Proof, Report, Shelf, What};
use crate::store::Result;
use kernel::{CallKey, Called, Head, Id};

pub fn prove(proof: &Proof<'_>, shelf: &Shelf<'_>, report: &mut Report) -> Result<()> {
    let Head { reserved, settled, .. } = shelf.head;
    if reserved > settled {
        let text =
            format!("it was not stopped; ids from {settled} to below {reserved} are in doubt until the next start");
        report.note(What::Ended, shelf.context.name, "head", text);
    }
    for (key, called) in shelf.reader.calls()? {
        let Some(caller) = proof.shelf(&key.caller) else {
            let text = "a context that is not there asked for it";
            report.finding(What::Call, shelf.context.name, place(&key), text);
            continue;
        };
        if is_settled(&caller.head, key.ticket) {
            continue;
        }
        match called {
            Called::Done { call, .. } => {
                let text = format!("\"{call}\" was done, and {} has neither committed nor undone it", key.caller);
                report.finding(What::Call, shelf.context.name, place(&key), text);
            }
            Called::Void => {
                let text = format!("it is voided, and {} has still to hear of it", key.caller);
                report.note(What::Call, shelf.context.name, place(&key), text);
            }
        }
    }
    Ok(())
}

fn is_settled(caller: &Head, ticket: Id) -> bool {
    ticket < caller.settled || caller.committed.contains(&ticket)
}

fn place(key: &CallKey) -> String {
    format!("call {}/{}/{}", key.caller, key.ticket, key.step)
}
