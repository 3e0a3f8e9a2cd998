//! A page out of a store: straight from its index, or, where several filters meet, out of the rows the leading one finds.
use super::Listing;
use runtime::store::{Page, Query, Reader, Result};

/// Rows read at a time while several filters are tried.
const BATCH: usize = 500;

pub(super) fn page(reader: &dyn Reader, table: &str, listing: &Listing) -> Result<Page> {
    let query = Query {
        find: listing.filters.leading(),
        sort: listing.sort,
        descending: listing.descending,
        offset: listing.number.saturating_mul(listing.size),
        limit: listing.size as usize,
        after: listing.after,
    };
    if listing.filters.0.len() > 1 {
        return sifted(reader, table, listing, query);
    }
    let mut page = reader.page(table, &query)?;
    page.rows.retain(|(_, row)| listing.filters.covers(row));
    Ok(page)
}

/// What one id or one customer has is little enough to be looked through.
fn sifted(reader: &dyn Reader, table: &str, listing: &Listing, query: Query) -> Result<Page> {
    let (first, last) = (query.offset, query.offset.saturating_add(listing.size));
    let mut found = Page::default();
    let mut batch = Query { offset: 0, limit: BATCH, after: None, ..query };
    loop {
        let read = reader.page(table, &batch)?;
        let rows = read.rows.len();
        for (id, row) in read.rows.into_iter().filter(|(_, row)| listing.filters.covers(row)) {
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
