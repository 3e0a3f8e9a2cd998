//! Rows of collections: each row of a group written once, at its newest, and read.
use crate::catalog::Catalog;
use crate::counts::Mark;
use crate::counts::moves::Moves;
use crate::fault::{Done, failed};
use crate::highest_id::{HighestIds, query_highest};
use crate::number::{bound, limit, number, unsigned};
use crate::removed_rows;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, Value, values};
use crate::stored_table::{COLUMNS, StoredTable};
use crate::text::{Kept, Read};
use kernel::{Commit, Id, Relation, Row, RowChange};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A row before the group and after it.
type Net<'a> = (Option<&'a Row>, Option<&'a Row>);

/// Says how many listed rows of each table come and go.
pub(crate) fn write<'a>(
    schema: &SchemaName,
    commits: &'a [Commit],
    catalog: &Catalog,
    group: Mark,
    statements: &mut Vec<Statement<'a>>,
) -> Done<Vec<(i32, u64)>> {
    let mut tables: BTreeMap<&str, BTreeMap<Id, Net<'a>>> = BTreeMap::new();
    for change in commits.iter().flat_map(|commit| &commit.rows) {
        let RowChange { table, id, before, after, .. } = change;
        let rows = tables.entry(table).or_default();
        rows.entry(*id).and_modify(|net| net.1 = after.as_deref()).or_insert((before.as_deref(), after.as_deref()));
    }
    let mut moved = vec![];
    for (table, rows) in tables {
        let stored = catalog.get(table)?;
        of_table(schema, &stored, &rows, statements)?;
        statements.extend(removed_rows::write(schema, &stored, commits)?);
        let mut moves = Moves::default();
        rows.iter().try_for_each(|(id, (before, after))| moves.add(*id, *before, *after))?;
        moved.push((stored.number, moves.count(&stored)));
        statements.extend(moves.write(schema, &stored, group));
    }
    Ok(moved)
}

fn of_table<'a>(
    schema: &SchemaName,
    stored: &StoredTable,
    rows: &BTreeMap<Id, Net<'a>>,
    statements: &mut Vec<Statement<'a>>,
) -> Done<()> {
    let (mut new, mut kept, mut gone) = (vec![], vec![], vec![]);
    for (id, net) in rows {
        match *net {
            (None, None) => {}
            (Some(_), None) => gone.push(number(id.0)?),
            (None, Some(row)) => new.push((*id, row)),
            (Some(_), Some(row)) => kept.push((*id, row)),
        }
    }
    if !gone.is_empty() {
        let wanted = gone.len() as i64;
        statements.push(Statement::new(schema.sql(&stored.delete), expecting(values![gone], wanted, stored)));
    }
    if !new.is_empty() {
        statements.push(Statement::new(schema.sql(&stored.insert), columns(stored, &new)?));
    }
    if !kept.is_empty() {
        let values = expecting(columns(stored, &kept)?, kept.len() as i64, stored);
        statements.push(Statement::new(schema.sql(&stored.update), values));
    }
    Ok(())
}

fn expecting<'a>(mut values: Vec<Value<'a>>, wanted: i64, stored: &StoredTable) -> Vec<Value<'a>> {
    values.extend(values![wanted, stored.table.name.to_string()]);
    values
}

fn columns<'a>(stored: &StoredTable, rows: &[(Id, &'a Row)]) -> Done<Vec<Value<'a>>> {
    let (table, keys) = (&stored.table, stored.table.keys());
    for (id, row) in rows {
        if row.keys.len() != keys && (row.listed || !row.keys.is_empty()) {
            return failed(format!(
                "Row {id} of {} has not as many keys as its table. Nothing was written.",
                table.name
            ));
        }
    }
    let texts = |of: fn(&'a Row) -> Option<&'a str>| {
        rows.iter().map(|(_, row)| of(row).map(Kept::new)).collect::<Vec<Option<Kept<'a>>>>()
    };
    let mut all = values![
        rows.iter().map(|(id, _)| number(id.0)).collect::<Done<Vec<i64>>>()?,
        rows.iter().map(|(_, row)| number(row.change)).collect::<Done<Vec<i64>>>()?,
        rows.iter().map(|(_, row)| row.listed).collect::<Vec<bool>>(),
        texts(|row| row.body.as_deref()),
        texts(|row| row.fold.as_deref()),
        texts(|row| row.history.as_deref()),
    ];
    for key in 0..keys {
        all.extend(values![rows.iter().map(|(_, row)| row.keys.get(key).copied()).collect::<Vec<Option<i64>>>()]);
    }
    for pair in 0..table.pairs.len() {
        let of_pair = |(_, row): &(Id, &Row)| table.find_key(table.finds + pair, &row.keys);
        all.extend(values![rows.iter().map(of_pair).collect::<Vec<Option<i64>>>()]);
    }
    for part in Relation::ALL.into_iter().filter(|_| table.owned) {
        let of_part = |(_, row): &(Id, &Row)| Some(row.owners[part as usize]).filter(|key| *key != 0);
        all.extend(values![rows.iter().map(of_part).collect::<Vec<Option<i64>>>()]);
    }
    Ok(all)
}

pub(crate) fn may_have(
    session: &Session,
    schema: &SchemaName,
    highest_ids: &HighestIds,
    stored: &StoredTable,
    id: Id,
) -> Done<bool> {
    let sql = schema.sql(&format!("SELECT max(id) FROM @rows_{}", stored.number));
    highest_ids.may_have(&stored.table.name, id, || query_highest(session, &Statement::new(sql, vec![])))
}

pub(crate) fn get(session: &Session, schema: &SchemaName, stored: &StoredTable, id: Id) -> Done<Option<Row>> {
    let sql = schema.sql(&format!("{} WHERE id = $1", stored.get));
    let rows = session.query(&Statement::new(sql, values![bound(id.0)]))?;
    rows.first().map(|row| Ok(read(stored, row)?.1)).transpose()
}

pub(crate) fn after(
    session: &Session,
    schema: &SchemaName,
    stored: &StoredTable,
    after: Id,
    at_most: usize,
) -> Done<Vec<(Id, Row)>> {
    let sql = schema.sql(&format!("{} WHERE id > $1 ORDER BY id LIMIT $2", stored.get));
    let rows = session.query(&Statement::new(sql, values![bound(after.0), limit(at_most)]))?;
    rows.iter().map(|row| read(stored, row)).collect()
}

/// A row as `StoredTable::get` selects it.
pub(crate) fn read(stored: &StoredTable, row: &tokio_postgres::Row) -> Done<(Id, Row)> {
    let text = |nth| Ok::<_, tokio_postgres::Error>(row.try_get::<_, Option<Read>>(nth)?.map(|read| read.0));
    // a row that shows nothing may have no keys at all
    let keys = (0..stored.table.keys()).map(|key| row.try_get::<_, Option<i64>>(COLUMNS + key));
    let keys = keys.collect::<Result<Option<Vec<i64>>, _>>()?.unwrap_or_default();
    let (body, fold, history): (_, _, Option<Arc<str>>) = (text(3)?, text(4)?, text(5)?);
    let (id, change) = (unsigned(row.try_get(0)?)?, unsigned(row.try_get(1)?)?);
    let mut owners = [0; 2];
    for (at, owner) in owners.iter_mut().enumerate().filter(|_| stored.table.owned) {
        *owner = row.try_get::<_, Option<i64>>(COLUMNS + stored.table.keys() + at)?.unwrap_or_default();
    }
    Ok((Id(id), Row { change, listed: row.try_get(2)?, keys, body, fold, history, owners }))
}
