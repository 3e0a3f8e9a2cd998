//! Visible changes of a table for live streams: rows as they are now, and rows that left.
use crate::fault::{Done, Fault, failed};
use crate::number::{bound, limit, unsigned};
use crate::owners;
use crate::page::one_moment;
use crate::rows;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::stored_table::StoredTable;
use kernel::{Id, Relation};
use runtime::port::store::{ListedChange, ListedChanges, ReadLimit, Table};
use tokio_postgres::Row;

/// Which changes: behind this one, and of which find.
type Asked = (u64, Option<(usize, i64)>);

pub(crate) fn after(
    session: &Session,
    schema: &SchemaName,
    stored: &StoredTable,
    asked: Asked,
    limit: ReadLimit,
) -> Done<ListedChanges> {
    let is_pair = |find| find >= stored.table.finds && (Table::part_of(find).is_none() || !stored.table.owned);
    if asked.1.is_some_and(|(find, _)| is_pair(find)) {
        return failed(format!("The table {} is not declared to be found that way.", stored.table.name));
    }
    let rows_max = limit.rows.saturating_add(1);
    let mut statements = vec![here(schema, stored, asked, rows_max)];
    if asked.0 > 0 {
        statements.push(match asked.1.and_then(|(find, key)| Some((Table::part_of(find)?, key))) {
            Some(somebody) => left(schema, stored, (asked.0, somebody), rows_max),
            None => removed(schema, stored, asked, rows_max),
        });
    }
    let mut found = one_moment(session, &statements)?.into_iter();
    let here = found.next().unwrap_or_default();
    let here = here.iter().map(|row| {
        let (id, row) = rows::read(stored, row)?;
        Ok(ListedChange { change: row.change, id, row: Some(row) })
    });
    let (mut all, more) = limit.take::<_, Fault>(here, |change| change.row.as_ref())?;
    for row in found.flatten() {
        all.push(gone(&row)?);
    }
    all.sort_by_key(|change| (change.change, change.id));
    let (changes, cut) = limit.take(all.into_iter().map(Ok::<_, Fault>), |change| change.row.as_ref())?;
    Ok(ListedChanges { changes, more: more || cut })
}

fn gone(row: &Row) -> Done<ListedChange> {
    Ok(ListedChange { id: Id(unsigned(row.try_get(0)?)?), change: unsigned(row.try_get(1)?)?, row: None })
}

fn here<'a>(schema: &SchemaName, stored: &StoredTable, (after, find): Asked, rows_max: usize) -> Statement<'a> {
    let get = &stored.get;
    let mut values = values![bound(after), limit(rows_max)];
    let column = |find| Table::part_of(find).map_or_else(|| format!("k{find}"), |part| owners::column(part).into());
    let found = find.map(|(find, _)| format!(" AND {} = $3", column(find))).unwrap_or_default();
    values.extend(find.into_iter().flat_map(|(_, key)| values![key]));
    let sql = format!("{get} WHERE listed AND change > $1{found} ORDER BY change, id LIMIT $2");
    Statement::new(schema.sql(&sql), values)
}

/// What left somebody's list and did not come back.
fn left<'a>(
    schema: &SchemaName,
    stored: &StoredTable,
    (after, (part, person)): (u64, (Relation, i64)),
    rows_max: usize,
) -> Statement<'a> {
    let (number, column) = (stored.number, owners::column(part));
    let sql = format!(
        "SELECT l.id, l.change FROM @left_{number} l
         WHERE l.part = $4 AND l.person = $3 AND l.change > $1
           AND NOT EXISTS (SELECT 1 FROM @rows_{number} r WHERE r.id = l.id AND r.listed AND r.{column} = $3)
         ORDER BY l.change, l.id LIMIT $2"
    );
    Statement::new(schema.sql(&sql), values![bound(after), limit(rows_max), person, part as i16])
}

/// Each once, at its newest, unless it came back.
fn removed<'a>(schema: &SchemaName, stored: &StoredTable, (after, find): Asked, rows_max: usize) -> Statement<'a> {
    let number = stored.number;
    let found = |table: &str| find.map(|(find, _)| format!(" AND {table}.k{find} = $3")).unwrap_or_default();
    let sql = format!(
        "SELECT g.id, g.change FROM @gone_{number} g
         WHERE g.change > $1{}
           AND NOT EXISTS (SELECT 1 FROM @gone_{number} n WHERE n.id = g.id AND n.change > g.change{})
           AND NOT EXISTS (SELECT 1 FROM @rows_{number} r WHERE r.id = g.id AND r.listed{})
         ORDER BY g.change, g.id LIMIT $2",
        found("g"),
        found("n"),
        found("r")
    );
    let mut values = values![bound(after), limit(rows_max)];
    values.extend(find.into_iter().flat_map(|(_, key)| values![key]));
    Statement::new(schema.sql(&sql), values)
}
