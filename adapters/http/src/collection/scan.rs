//! A page out of a store: from an index, of a pair where two filters are one, or the one row of an id, or, where more is asked than an index knows, from
//! the rows that the nearest index finds.
use crate::collection::list_query::{Cursor, ListQuery, Mark};
use kernel::{Id, Row};
use runtime::port::store::{Query, ReadLimit, Reader, Result, RowPage};
use std::collections::VecDeque;

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
    let (finds, are_all_asked) = match list.sight.found_by() {
        None => (vec![query.find], list.filters.are_found_by_one() && !list.filters.ask_what_is_hidden(&list.sight)),
        // whose rows they are finds fewer than any filter
        Some(own) => (own.into_iter().map(Some).collect(), list.filters.fields.is_empty()),
    };
    let mut page = match finds.as_slice() {
        [find] if are_all_asked => reader.page(table, &Query { find: *find, ..query })?,
        _ => filtered(reader, table, list, (&finds, query))?,
    };
    page.rows.retain(|(id, row)| list.covers(*id, row));
    if list.is_backwards() {
        page.rows.reverse();
    }
    Ok(page)
}

fn one(reader: &dyn Reader, table: &str, list: &ListQuery, id: Id) -> Result<RowPage> {
    let row = reader.row(table, id)?.filter(|row| row.listed && list.covers(id, row));
    let rows: Vec<_> = row.map(|row| (id, row)).into_iter().collect();
    let total = rows.len() as u64;
    let first = list.number == 0 && list.cursor.is_none();
    Ok(RowPage { rows: if first { rows } else { vec![] }, total, more: false })
}

/// By these finds, in the order of the query.
type Asked<'a> = (&'a [Option<(usize, i64)>], Query);

/// Looks through all rows that the finds have. Where both of two filters may find many, they are declared a pair.
fn filtered(reader: &dyn Reader, table: &str, list: &ListQuery, (finds, query): Asked<'_>) -> Result<RowPage> {
    let is_behind = query.after.is_some();
    let all = Query { after: None, limit: ReadLimit::default(), ..query };
    let mut page = walk(Rows::new(reader, table, list, (finds, query)), list)?;
    if is_behind {
        page.total = walk(Rows::new(reader, table, list, (finds, all)), list)?.total;
    }
    Ok(page)
}

/// The rows of a page, and how many pass from where the query begins.
fn walk(mut rows: Rows<'_>, list: &ListQuery) -> Result<RowPage> {
    let Query { offset, after, limit, .. } = rows.query;
    let first = if after.is_some() { 0 } else { offset };
    let (mut found, mut bytes) = (RowPage::default(), 0);
    while let Some((id, row)) = rows.next()? {
        if !list.covers(id, &row) {
            continue;
        }
        let has_room = found.rows.len() < limit.rows && bytes < limit.bytes;
        if found.total >= first && has_room {
            bytes += row.shown_bytes();
            found.rows.push((id, row));
        } else {
            found.more |= found.total >= first;
        }
        found.total += 1;
    }
    Ok(found)
}

/// The rows of several finds in one order, each once.
struct Rows<'a> {
    reader: &'a dyn Reader,
    table: &'a str,
    list: &'a ListQuery,
    query: Query,
    sources: Vec<Source>,
}

struct Source {
    read: VecDeque<(Id, Row)>,
    /// What is read next; `None` at the end.
    next: Option<Query>,
}

impl<'a> Rows<'a> {
    fn new(reader: &'a dyn Reader, table: &'a str, list: &'a ListQuery, (finds, query): Asked<'_>) -> Rows<'a> {
        let source = |find: &Option<(usize, i64)>| Source {
            read: VecDeque::new(),
            next: Some(Query { find: *find, offset: 0, limit: BATCH, ..query }),
        };
        Rows { reader, table, list, query, sources: finds.iter().map(source).collect() }
    }

    fn next(&mut self) -> Result<Option<(Id, Row)>> {
        let mut nearest: Option<Mark> = None;
        for source in &mut self.sources {
            source.fill(self.reader, self.table, self.list)?;
            let mark = source.read.front().map(|(id, row)| self.list.mark(*id, row));
            let is_nearer =
                |mark: &Mark, nearest: &Mark| if self.query.descending { mark > nearest } else { mark < nearest };
            nearest = match (nearest, mark) {
                (Some(nearest), Some(mark)) if is_nearer(&mark, &nearest) => Some(mark),
                (nearest, mark) => nearest.or(mark),
            };
        }
        let Some((_, id)) = nearest else { return Ok(None) };
        let mut row = None;
        for source in &mut self.sources {
            if source.read.front().is_some_and(|(front, _)| *front == id) {
                row = source.read.pop_front();
            }
        }
        Ok(row)
    }
}

impl Source {
    fn fill(&mut self, reader: &dyn Reader, table: &str, list: &ListQuery) -> Result<()> {
        while self.read.is_empty()
            && let Some(query) = self.next.take()
        {
            let page = reader.page(table, &query)?;
            let last = page.rows.last().map(|(id, row)| list.mark(*id, row));
            self.next = last.filter(|_| page.more).map(|last| Query { after: Some(last), ..query });
            self.read.extend(page.rows);
        }
        Ok(())
    }
}
