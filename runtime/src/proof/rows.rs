//! Whether a kept row is what should be shown.
use super::at_rest::StoreAtRest;
use super::report::{Report, What};
use kernel::{Id, Row, ShownRow};

/// Says so where a kept row is not what should be shown, or is not whose it should be. A row that shows nothing may be kept or not.
pub fn same_row(
    store: &StoreAtRest<'_>,
    table: &str,
    id: Id,
    shown: Option<(ShownRow, [i64; 2])>,
    stored: Option<Row>,
    report: &mut Report,
) {
    report.rows += u64::from(stored.is_some());
    let place = format!("{table}/{id}");
    if let Some(row) = stored.as_ref().filter(|row| row.change > store.head.change) {
        let text = format!("its version {} is newer than the newest change, {}", row.change, store.head.change);
        report.finding(What::Row, store.context.name, &place, text);
    }
    if let Some(fault) = fault(shown, stored) {
        report.finding(What::Row, store.context.name, place, fault);
    }
}

fn fault(shown: Option<(ShownRow, [i64; 2])>, stored: Option<Row>) -> Option<String> {
    let kept = stored.as_ref().and_then(|row| row.body.clone());
    let ((shown, owners), kept) = match (shown, kept) {
        (Some(shown), Some(kept)) => (shown, kept),
        (Some((shown, _)), None) => return Some(format!("it should show {}, nothing is kept", shown.body)),
        (None, Some(kept)) => return Some(format!("it should show nothing, kept is {kept}")),
        (None, None) => return None,
    };
    let stored = stored.unwrap_or_default();
    if !same_json(&shown.body, &kept) {
        return Some(format!("it should show {}, kept is {kept}", shown.body));
    }
    if shown.listed != stored.listed {
        return Some(format!("listed should be {}, kept is {}", shown.listed, stored.listed));
    }
    if owners != stored.owners {
        return Some(format!("it should belong to {owners:?}, kept is {:?}", stored.owners));
    }
    (shown.keys != stored.keys).then(|| format!("it should be found by {:?}, kept is {:?}", shown.keys, stored.keys))
}

/// The same text, or the same value written in another way.
pub fn same_json(a: &str, b: &str) -> bool {
    let value = serde_json::from_str::<serde_json::Value>;
    a == b || matches!((value(a), value(b)), (Ok(a), Ok(b)) if a == b)
}
