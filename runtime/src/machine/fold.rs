//! A view's folded value and its history, as a row keeps them.
use kernel::{Folded, HistoryEntry, Recorded, Row, View};
use serde::Deserialize;
use std::sync::Arc;

/// A fold as it is stored: the page, and where each entry of its history came from.
#[derive(Deserialize)]
struct Fold<'a> {
    #[serde(borrow)]
    page: &'a serde_json::value::RawValue,
    #[serde(default)]
    marks: Vec<(String, u64)>,
    #[serde(default)]
    cut: u64,
}

/// A view's value as its row keeps it: the fold and the history, as JSON.
pub fn fold_up(view: &View, folded: &Folded) -> (Arc<str>, Option<Arc<str>>) {
    let mut fold = format!("{{\"page\":{}", (view.encode)(&folded.value));
    if !folded.history.is_empty() {
        let marks: Vec<(&str, u64)> = folded.history.iter().map(|entry| (&*entry.source, entry.position)).collect();
        fold += &format!(",\"marks\":{}", serde_json::to_string(&marks).expect("marks are plain data"));
    }
    if folded.history_cut > 0 {
        fold += &format!(",\"cut\":{}", folded.history_cut);
    }
    fold.push('}');
    let history = view.history.then(|| serde_json::to_string(&folded.history).expect("a history is plain data").into());
    (fold.into(), history)
}

/// Reads it back; `None`: nothing was folded yet.
pub fn unfold(view: &View, row: Option<&Row>) -> std::result::Result<Folded, serde_json::Error> {
    let Some(fold) = row.and_then(|row| row.fold.as_deref()) else {
        return Ok(Folded { value: (view.decode)(None)?, history: vec![], history_cut: 0 });
    };
    let fold: Fold<'_> = serde_json::from_str(fold)?;
    let history = row.and_then(|row| row.history.as_deref()).unwrap_or("[]");
    let mut history: Vec<HistoryEntry> = serde_json::from_str(history)?;
    for (entry, (source, position)) in history.iter_mut().zip(fold.marks) {
        (entry.source, entry.position) = (source, position);
    }
    Ok(Folded { value: (view.decode)(Some(fold.page.get()))?, history, history_cut: fold.cut })
}

/// Adds the entry of an event, in order of time, then source and position; only the last `most` entries stay, and none comes back.
pub fn remember(folded: &mut Folded, recorded: &Recorded, source: &str, most: usize) {
    let entry = HistoryEntry {
        event_id: recorded.event_id,
        event_type: recorded.event_type.to_string(),
        timestamp: recorded.at,
        source: source.to_string(),
        position: recorded.position,
    };
    fn order(entry: &HistoryEntry) -> (kernel::Timestamp, &str, u64) {
        (entry.timestamp, &entry.source, entry.position)
    }
    let Folded { history, history_cut, .. } = folded;
    let at = history.partition_point(|other| order(other) < order(&entry));
    if at == 0 && *history_cut > 0 {
        *history_cut += 1; // older than what was cut already
        return;
    }
    history.insert(at, entry);
    let over = history.len().saturating_sub(most);
    history.drain(..over);
    *history_cut += over as u64;
}
