//! A page out of a store: from its index, or the one row of an id, or, under several filters, from the rows that the leading filter finds.
use crate::collection::list_query::ListQuery;
use kernel::Id;
use runtime::port::store::{Query, ReadLimit, Reader, Result, RowPage};

/// Rows read at a time while several filters are tried.
const BATCH: usize = 500;

/// Cut where it passes `bytes_max`.
pub(super) fn page(reader: &dyn Reader, table: &str, list: &ListQuery, bytes_max: usize) -> Result<RowPage> {
    if let Some(id) = list.filters.id {
        return one(reader, table, list, id);
    }
    let limit = ReadLimit { rows: list.size as usize, bytes: bytes_max };
    let query = Query {
        find: list.filters.leading(),
        sort: list.sort,
        descending: list.descending,
        offset: list.number.saturating_mul(list.size),
        limit,
        after: list.after,
    };
    if list.filters.fields.len() > 1 {
        return filtered(reader, table, list, query);
    }
    let mut page = reader.page(table, &query)?;
    page.rows.retain(|(id, row)| list.filters.covers(*id, row));
    Ok(page)
}

fn one(reader: &dyn Reader, table: &str, list: &ListQuery, id: Id) -> Result<RowPage> {
    let row = reader.row(table, id)?.filter(|row| row.listed && list.filters.covers(id, row));
    let rows: Vec<_> = row.map(|row| (id, row)).into_iter().collect();
    let total = rows.len() as u64;
    let first = list.number == 0 && list.after.is_none();
    Ok(RowPage { rows: if first { rows } else { vec![] }, total, more: false })
}

/// Looks through all rows that the leading filter finds: one id or one customer has few.
fn filtered(reader: &dyn Reader, table: &str, list: &ListQuery, query: Query) -> Result<RowPage> {
    let (first, mut bytes) = (query.offset, 0);
    let mut found = RowPage::default();
    let mut batch = Query { offset: 0, limit: ReadLimit::rows(BATCH), after: None, ..query };
    loop {
        let read = reader.page(table, &batch)?;
        let rows = read.rows.len();
        for (id, row) in read.rows.into_iter().filter(|(id, row)| list.filters.covers(*id, row)) {
            let is_wanted = found.total >= first && found.rows.len() < query.limit.rows && bytes < query.limit.bytes;
            if is_wanted {
                bytes += row.shown_bytes();
                found.rows.push((id, row));
            }
            found.more |= !is_wanted && found.total >= first;
            found.total += 1;
        }
        batch.offset += rows as u64;
        if rows < BATCH {
            return Ok(found);
        }
    }
}
