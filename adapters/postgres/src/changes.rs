//! Visible changes of a table for live streams: rows as they are now, and rows that left.
use crate::fault::{Done, Fault};
use crate::number::{bound, limit, unsigned};
use crate::owners;
use crate::page::one_moment;
use crate::rows;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, Value, values};
use crate::stored_table::StoredTable;
use kernel::Id;
use runtime::port::store::{ListedChange, ListedChanges, ReadLimit, Table};
use tokio_postgres::Row;

/// Which changes: behind this one, and of rows that have all these keys of finds and owners.
type Asked<'a> = (u64, &'a [(usize, i64)]);

pub(crate) fn after(
    session: &Session,
    schema: &SchemaName,
    stored: &StoredTable,
    asked: Asked<'_>,
    limit: ReadLimit,
) -> Done<ListedChanges> {
    stored.table.has_changes_by(asked.1)?;
    let rows_max = limit.rows.saturating_add(1);
    let mut statements = vec![here(schema, stored, asked, rows_max)];
    if asked.0 > 0 {
        statements.push(removed(schema, stored, asked, rows_max));
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

fn here<'a>(schema: &SchemaName, stored: &StoredTable, asked: Asked<'_>, rows_max: usize) -> Statement<'a> {
    let (get, found) = (&stored.get, conditions("", asked.1));
    let sql = format!("{get} WHERE listed AND change > $1{found} ORDER BY change, id LIMIT $2");
    Statement::new(schema.sql(&sql), all_values(asked, rows_max))
}

/// Each once, at its newest, unless it came back. One whose keys changed without a change to see can have left twice at the same.
fn removed<'a>(schema: &SchemaName, stored: &StoredTable, asked: Asked<'_>, rows_max: usize) -> Statement<'a> {
    let number = stored.number;
    let somebodys = asked.1.iter().filter_map(|(find, _)| Table::part_of(*find));
    let somebodys: String = somebodys.map(|part| format!(" AND {}", owners::somebodys("g.", part))).collect();
    let sql = format!(
        "SELECT DISTINCT g.id, g.change FROM @gone_{number} g
         WHERE g.change > $1{somebodys}{}
           AND NOT EXISTS (SELECT 1 FROM @gone_{number} n WHERE n.id = g.id AND n.change > g.change{})
           AND NOT EXISTS (SELECT 1 FROM @rows_{number} r WHERE r.id = g.id AND r.listed{})
         ORDER BY g.change, g.id LIMIT $2",
        conditions("g.", asked.1),
        conditions("n.", asked.1),
        conditions("r.", asked.1)
    );
    Statement::new(schema.sql(&sql), all_values(asked, rows_max))
}

/// That a table has the keys, which are the values from the third one on.
fn conditions(table: &str, found: &[(usize, i64)]) -> String {
    let column = |find| Table::part_of(find).map_or_else(|| format!("k{find}"), |part| owners::column(part).into());
    let condition = |(nth, (find, _)): (usize, &(usize, i64))| format!(" AND {table}{} = ${}", column(*find), nth + 3);
    found.iter().enumerate().map(condition).collect()
}

fn all_values<'a>((after, found): Asked<'_>, rows_max: usize) -> Vec<Value<'a>> {
    let mut values = values![bound(after), limit(rows_max)];
    values.extend(found.iter().flat_map(|(_, key)| values![*key]));
    values
}
