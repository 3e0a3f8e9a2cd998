//! A page out of a store: straight from its index, the one row of an id, or, where several filters meet, out of the rows the leading one finds.
use super::Listing;
use kernel::Id;
use runtime::store::{Page, Query, Reader, Result};

/// Rows read at a time while several filters are tried.
const BATCH: usize = 500;

pub(super) fn page(reader: &dyn Reader, table: &str, listing: &Listing) -> Result<Page> {
    if let Some(id) = listing.filters.id {
        return one(reader, table, listing, id);
    }
    let query = Query {
        find: listing.filters.leading(),
        sort: listing.sort,
        descending: listing.descending,
        offset: listing.number.saturating_mul(listing.size),
        limit: listing.size as usize,
        after: listing.after,
    };
    if listing.filters.fields.len() > 1 {
        return sifted(reader, table, listing, query);
    }
    let mut page = reader.page(table, &query)?;
    page.rows.retain(|(id, row)| listing.filters.covers(*id, row));
    Ok(page)
}

fn one(reader: &dyn Reader, table: &str, listing: &Listing, id: Id) -> Result<Page> {
    let row = reader.row(table, id)?.filter(|row| row.listed && listing.filters.covers(id, row));
    let rows: Vec<_> = row.map(|row| (id, row)).into_iter().collect();
    let total = rows.len() as u64;
    let first = listing.number == 0 && listing.after.is_none();
    Ok(Page { rows: if first { rows } else { vec![] }, total })
}

/// What one id or one customer has is little enough to be looked through.
fn sifted(reader: &dyn Reader, table: &str, listing: &Listing, query: Query) -> Result<Page> {
    let (first, last) = (query.offset, query.offset.saturating_add(listing.size));
    let mut found = Page::default();
    let mut batch = Query { offset: 0, limit: BATCH, after: None, ..query };
    loop {
        let read = reader.page(table, &batch)?;
        let rows = read.rows.len();
        for (id, row) in read.rows.into_iter().filter(|(id, row)| listing.filters.covers(*id, row)) {
            if (first..last).contains(&found.total) {
                found.rows.push((id, row));
            }
            found.total += 1;
        }
        batch.offset += rows as u64;
        if rows < BATCH {
            return Ok(found);
        }
    }
}
