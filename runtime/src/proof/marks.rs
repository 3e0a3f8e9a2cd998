//! How far each consumer has read: never where its source has not been; at rest, to the end. What was set aside or let go is named.
use super::at_rest::{StoreAtRest, SystemAtRest};
use super::report::{Report, What};
use crate::port::store::Result;
use kernel::Skipped;

pub fn prove(at_rest: &SystemAtRest<'_>, store: &StoreAtRest<'_>, report: &mut Report) -> Result<()> {
    for subscription in store.context.subscriptions() {
        let place = subscription.to_string();
        let read = store.head.positions.get(&subscription).copied().unwrap_or(0);
        let end = at_rest.source(&subscription.source)?.head.position;
        if read > end {
            let text = format!("it has read to {read}, the log of {} ends at {end}", subscription.source);
            report.finding(What::Position, store.context.name, place, text);
        } else if read < end {
            let text = format!("it has read to {read} of {end}; it goes on at the next start");
            report.note(What::Behind, store.context.name, place, text);
        }
    }
    for skipped in &store.head.skipped {
        let Skipped { consumer, source, position, key, reason, at } = skipped;
        let text = format!("an event of key {key} was let go at {at}: {reason}");
        report.note(What::Skipped, store.context.name, format!("{consumer}<{source}@{position}"), text);
    }
    for ((consumer, source, position), parked) in store.reader.parked()? {
        let text = format!("{} of key {} is set aside: {}", parked.event_type, parked.key, parked.reason);
        report.finding(What::Parked, store.context.name, format!("{consumer}<{source}@{position}"), text);
    }
    Ok(())
}
