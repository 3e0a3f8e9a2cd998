//! How far each consumer has read: never where its source has not been; at rest, to the end. What was set aside or let go is named.
use super::{Proof, Report, Shelf, What};
use crate::port::store::Result;
use kernel::Skipped;

pub fn prove(proof: &Proof<'_>, shelf: &Shelf<'_>, report: &mut Report) -> Result<()> {
    for link in shelf.context.links() {
        let place = link.to_string();
        let read = shelf.head.positions.get(&link).copied().unwrap_or(0);
        let end = proof.source(&link.source)?.head.position;
        if read > end {
            let text = format!("it has read to {read}, the log of {} ends at {end}", link.source);
            report.finding(What::Position, shelf.context.name, place, text);
        } else if read < end {
            let text = format!("it has read to {read} of {end}; it goes on at the next start");
            report.note(What::Behind, shelf.context.name, place, text);
        }
    }
    for skipped in &shelf.head.skipped {
        let Skipped { consumer, source, position, key, reason, at } = skipped;
        let text = format!("an event of key {key} was let go at {at}: {reason}");
        report.note(What::Skipped, shelf.context.name, format!("{consumer}<{source}@{position}"), text);
    }
    for ((consumer, source, position), parked) in shelf.reader.parked()? {
        let text = format!("{} of key {} is set aside: {}", parked.event_type, parked.key, parked.reason);
        report.finding(What::Parked, shelf.context.name, format!("{consumer}<{source}@{position}"), text);
    }
    Ok(())
}
