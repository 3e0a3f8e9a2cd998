//! A page out of a store: from an index, of a pair where two filters are one, or the one row of an id, or, under other filters, from the rows that the leading one finds.
use crate::collection::list_query::{Cursor, ListQuery};
use kernel::Id;
use runtime::port::store::{Query, ReadLimit, Reader, Result, RowPage};

/// What is read at a time while several filters are tried.
const BATCH: ReadLimit = ReadLimit { rows: 500, bytes: 1 << 20 };

/// Cut where it passes `bytes_max`.
pub(super) fn page(reader: &dyn Reader, table: &str, list: &ListQuery, bytes_max: usize) -> Result<RowPage> {
    if let Some(id) = list.filters.id {
        return one(reader, table, list, id);
    }
    let limit = ReadLimit { rows: list.size as usize, bytes: bytes_max };
    let query = Query {
        find: list.filters.found_by(),
        sort: list.sort,
        descending: list.descending != list.is_backwards(),
        offset: list.number.saturating_mul(list.size),
        limit,
        after: list.cursor.map(Cursor::mark),
    };
    let mut page = if list.filters.are_found_by_one() {
        reader.page(table, &query)?
    } else {
        filtered(reader, table, list, query)?
    };
    page.rows.retain(|(id, row)| list.filters.covers(*id, row));
    if list.is_backwards() {
        page.rows.reverse();
    }
    Ok(page)
}

fn one(reader: &dyn Reader, table: &str, list: &ListQuery, id: Id) -> Result<RowPage> {
    let row = reader.row(table, id)?.filter(|row| row.listed && list.filters.covers(id, row));
    let rows: Vec<_> = row.map(|row| (id, row)).into_iter().collect();
    let total = rows.len() as u64;
    let first = list.number == 0 && list.cursor.is_none();
    Ok(RowPage { rows: if first { rows } else { vec![] }, total, more: false })
}

/// Looks through all rows that a pair or the leading filter finds. Where both of two filters may find many, they are declared a pair.
fn filtered(reader: &dyn Reader, table: &str, list: &ListQuery, query: Query) -> Result<RowPage> {
    let mut page = walk(reader, table, list, &query)?;
    if query.after.is_some() {
        let all = Query { after: None, limit: ReadLimit::default(), ..query };
        page.total = walk(reader, table, list, &all)?.total;
    }
    Ok(page)
}

/// The rows of a page, and how many pass from where the query begins.
fn walk(reader: &dyn Reader, table: &str, list: &ListQuery, query: &Query) -> Result<RowPage> {
    let first = if query.after.is_some() { 0 } else { query.offset };
    let (mut found, mut bytes) = (RowPage::default(), 0);
    let mut batch = Query { offset: 0, limit: BATCH, ..query.clone() };
    loop {
        let read = reader.page(table, &batch)?;
        let rows = read.rows.len() as u64;
        let last = read.rows.last().map(|(id, row)| list.mark(*id, row));
        for (id, row) in read.rows.into_iter().filter(|(id, row)| list.filters.covers(*id, row)) {
            let has_room = found.rows.len() < query.limit.rows && bytes < query.limit.bytes;
            if found.total >= first && has_room {
                bytes += row.shown_bytes();
                found.rows.push((id, row));
            } else {
                found.more |= found.total >= first;
            }
            found.total += 1;
        }
        if !read.more || rows == 0 {
            return Ok(found);
        }
        batch.after = last;
    }
}
