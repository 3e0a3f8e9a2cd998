//! A log has every position from the first to its head's, each once, and nothing behind it.
use super::{Report, Shelf, What, stream};
use crate::port::store::Result;

pub fn prove(shelf: &Shelf<'_>, report: &mut Report) -> Result<()> {
    let (name, end) = (shelf.context.name, shelf.head.position);
    let mut due = 1;
    stream::log(shelf.reader, u64::MAX, |event| {
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
