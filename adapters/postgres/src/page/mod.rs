//! Pages of listed rows, however deep, and how many there are in all, at one moment.
mod start;
mod statements;

use crate::counts::{Counts, moves, whole};
use crate::fault::{Done, Fault, failed};
use crate::index;
use crate::number::bound;
use crate::page::start::{Selection, Start};
use crate::page::statements::{at_edges, listed};
use crate::rows;
use crate::schema_name::SchemaName;
use crate::session::{Sent, Session};
use crate::statement::Statement;
use crate::stored_table::StoredTable;
use runtime::port::store::{Query, RowPage};
use std::sync::Arc;
use tokio_postgres::Row;

/// All statements see the same groups.
const ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// So often a page is looked for with the counts that are known; then with those of its own moment.
const TRIES: usize = 2;

/// What is looked for, and in which schema.
pub(crate) struct Look<'a> {
    pub schema: &'a SchemaName,
    pub stored: &'a StoredTable,
    pub query: &'a Query,
}

pub(crate) fn page(session: &Session, schema: &SchemaName, stored: &StoredTable, query: &Query) -> Done<RowPage> {
    if !is_declared(stored, query) {
        let name = &stored.table.name;
        return failed(format!("The table {name} is not declared to be found or sorted that way."));
    }
    let look = Look { schema, stored, query };
    if index::part(query).is_some() {
        return session.transaction(ONE_MOMENT, || look.counted(session));
    }
    for _ in 0..TRIES {
        let Some(known) = stored.known.get() else { break };
        if let Some(page) = look.by(session, &known)? {
            return Ok(page);
        }
    }
    look.at_its_moment(session)
}

/// Whether the table has an index for it.
pub(crate) fn is_declared(StoredTable { table, .. }: &StoredTable, query: &Query) -> bool {
    query.find.is_none_or(|(find, _)| table.is_found_by(find)) && query.sort.is_none_or(|sort| sort < table.sorts)
}

impl Look<'_> {
    pub fn index(&self) -> &index::Index {
        let (stored, query) = (self.stored, self.query);
        match index::part(query) {
            Some(part) => &stored.owned[index::nth_owned(&stored.table, query, part)],
            None => &stored.indexes[index::nth(&stored.table, query)],
        }
    }

    /// By counts that may be older than the moment of the look: one round trip. `None` where the page begins elsewhere since.
    fn by(&self, session: &Session, known: &Arc<Counts>) -> Done<Option<RowPage>> {
        let start = self.start(known);
        let mut statements = vec![moves::since(self.schema, self.stored, known), listed(self, &start)];
        statements.extend(self.at_edges(known));
        let said = one_moment(session, &statements)?;
        let [since, found, edges @ ..] = said.as_slice() else { return Err(Fault::Late) };
        let Some(now) = moves::followed(self.stored, known, since)? else {
            self.stored.known.forget();
            return Ok(None);
        };
        if !Arc::ptr_eq(&now, known) {
            self.stored.known.put(now.clone());
        }
        let is_there = self.start(&now) == start;
        is_there.then(|| self.read(&now, found, edges.first())).transpose()
    }

    /// By the counts of the moment itself.
    fn at_its_moment(&self, session: &Session) -> Done<RowPage> {
        session.transaction(ONE_MOMENT, || {
            let counts = match self.stored.is_counted {
                true => whole::load(session, self.schema, self.stored)?,
                false => None,
            };
            let Some(counts) = counts else { return self.counted(session) };
            let counts = Arc::new(counts);
            self.stored.known.put(counts.clone());
            let found = session.query(&listed(self, &self.start(&counts)))?;
            let edges = self.at_edges(&counts).map(|edges| session.query(&edges)).transpose()?;
            self.read(&counts, &found, edges.as_ref())
        })
    }

    /// Where the schema has no counts yet, and of an owner: each row is counted.
    fn counted(&self, session: &Session) -> Done<RowPage> {
        let start = Start { offset: bound(self.query.offset), ..Start::default() };
        let (found, all) = (session.query(&listed(self, &start))?, session.query(&at_edges(self, None))?);
        let total: i64 = all.first().map(|row| row.try_get(0)).transpose()?.unwrap_or_default();
        self.answer(&found, total)
    }

    fn selection<'c>(&self, counts: &'c Counts) -> Selection<'c> {
        let blocks = counts.indexes.get(index::nth(&self.stored.table, self.query)).map(Vec::as_slice);
        Selection::of(blocks.unwrap_or_default(), self.query.find.map(|(_, key)| key))
    }

    fn start(&self, counts: &Counts) -> Start {
        match self.query.after {
            Some(_) => Start::default(),
            None => self.selection(counts).start(bound(self.query.offset), self.query.descending),
        }
    }

    fn at_edges(&self, counts: &Counts) -> Option<Statement<'static>> {
        self.query.find.map(|_| at_edges(self, self.selection(counts).edges()))
    }

    fn read(&self, counts: &Counts, found: &[Row], edges: Option<&Vec<Row>>) -> Done<RowPage> {
        let edges = edges.and_then(|rows| rows.first()).map(|row| row.try_get::<_, i64>(0)).transpose()?;
        self.answer(found, self.selection(counts).total(edges.unwrap_or_default()))
    }

    fn answer(&self, found: &[Row], total: i64) -> Done<RowPage> {
        let read = found.iter().map(|row| rows::read(self.stored, row));
        let (rows, more) = self.query.limit.take(read, |(_, row)| Some(row))?;
        Ok(RowPage { rows, total: total as u64, more })
    }
}

/// Statements in one snapshot and one round trip.
pub(crate) fn one_moment(session: &Session, statements: &[Statement<'_>]) -> Done<Vec<Vec<Row>>> {
    match session.piece(ONE_MOMENT, statements) {
        Sent::Done(rows) => Ok(rows),
        Sent::Refused(_, fault) | Sent::Unknown(fault) => Err(fault),
    }
}
