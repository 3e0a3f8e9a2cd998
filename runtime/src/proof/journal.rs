//! A log has every position from the first to its head's, each once, and nothing behind it.
use super::at_rest::StoreAtRest;
use super::report::{Report, What};
use crate::port::store::Result;
use crate::portions::stream;

pub fn prove(store: &StoreAtRest<'_>, report: &mut Report) -> Result<()> {
    let (name, end) = (store.context.name, store.head.position);
    let mut due = 1;
    stream::log(store.reader, u64::MAX, |event| {
        report.events += 1;
        if event.position != due {
            let text = format!("expected position {due}, found {} ({})", event.position, event.event_type);
            report.finding(What::Log, name, format!("log@{due}"), text);
        }
        if event.position > end {
            let text = format!("{} stands behind the log's end at {end}", event.event_type);
            report.finding(What::Log, name, format!("log@{}", event.position), text);
        }
        due = event.position + 1;
    })?;
    if due <= end {
        report.finding(What::Log, name, format!("log@{due}"), format!("the log should go on to {end}"));
    }
    Ok(())
}
