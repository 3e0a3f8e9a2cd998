//! The further blocks of a chunk, as its record keeps them: key and count of each in numbers of fixed size.
use crate::fault::Done;
use crate::index::blocks::{Block, ROWS_MAX};
use runtime::port::store::StoreError;
use rusqlite::types::ValueRef;

/// Of one number.
const BYTES: usize = size_of::<i64>();
/// Three parts of a key, and the count.
const NUMBERS: usize = 4;

pub(crate) fn bytes(blocks: &[Block]) -> Vec<u8> {
    blocks.iter().flat_map(|((a, b, c), rows)| [*a, *b, *c, *rows]).flat_map(i64::to_be_bytes).collect()
}

/// A chunk of one block has none; nor has any that an older release wrote.
pub(crate) fn read(stored: ValueRef<'_>) -> Done<Vec<Block>> {
    let bytes = match stored {
        ValueRef::Null => &[],
        ValueRef::Blob(bytes) if bytes.len().is_multiple_of(NUMBERS * BYTES) => bytes,
        _ => Err(unreadable())?,
    };
    let (numbers, _) = bytes.as_chunks::<BYTES>();
    let numbers: Vec<i64> = numbers.iter().map(|number| i64::from_be_bytes(*number)).collect();
    let (blocks, _) = numbers.as_chunks::<NUMBERS>();
    if blocks.iter().any(|[.., rows]| !(0..=ROWS_MAX).contains(rows)) {
        Err(unreadable())?;
    }
    Ok(blocks.iter().map(|[a, b, c, rows]| ((*a, *b, *c), *rows)).collect())
}

pub(crate) fn unreadable() -> StoreError {
    StoreError::Corrupt("The counts of an index can't be read. Restore a backup.".into())
}
