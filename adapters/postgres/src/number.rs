//! Numbers: ours have no sign, Postgres' have one.
use crate::fault::{Done, Fault};
use runtime::port::store::StoreError;

/// A number that is written.
pub(crate) fn number(number: u64) -> Done<i64> {
    i64::try_from(number).map_err(|_| {
        Fault::Said(StoreError::Failed(format!(
            "The number {number} is larger than a store can keep. Nothing was written."
        )))
    })
}

/// A bound of a range: whatever lies beyond Postgres' numbers lies behind all of them.
pub(crate) fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number of rows, as a limit says it.
pub(crate) fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// A number that was written by us.
pub(crate) fn unsigned(number: i64) -> Done<u64> {
    u64::try_from(number).map_err(|_| {
        Fault::Said(StoreError::Corrupt(format!("The store holds the number {number} where none is below 0.")))
    })
}
