//! The listed rows that each group brings and takes: written with it, and read by whoever knows the counts before.
use crate::counts::settle::Behind;
use crate::counts::{Counts, Mark};
use crate::fault::Done;
use crate::number::number;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::stored_table::StoredTable;
use kernel::{Id, Row};
use std::collections::HashMap;
use std::sync::Arc;
use tokio_postgres::Row as Said;

/// What stands before the keys of a row: 1 where it comes and -1 where it goes, and its id.
const HEAD: usize = 2;

/// Of one table, in one group.
#[derive(Default)]
pub(crate) struct Moves(Vec<i64>);

impl Moves {
    /// A row before the group and after it.
    pub fn add(&mut self, id: Id, before: Option<&Row>, after: Option<&Row>) -> Done<()> {
        let keys = |row: Option<&'_ Row>| row.filter(|row| row.listed).map(|row| row.keys.clone());
        let (before, after) = (keys(before), keys(after));
        if before == after {
            return Ok(());
        }
        for (sign, keys) in before.map(|keys| (-1, keys)).into_iter().chain(after.map(|keys| (1, keys))) {
            self.0.extend([sign, number(id.0)?]);
            self.0.extend(keys);
        }
        Ok(())
    }

    pub fn write<'a>(self, schema: &SchemaName, stored: &StoredTable, (version, id): Mark) -> Option<Statement<'a>> {
        let sql = "INSERT INTO @moves (collection, version, id, rows) VALUES ($1, $2, $3, $4)";
        (!self.0.is_empty()).then(|| Statement::new(schema.sql(sql), values![stored.number, version, id, self.0]))
    }

    pub fn count(&self, stored: &StoredTable) -> u64 {
        (self.0.len() / (HEAD + stored.table.keys())) as u64
    }
}

/// Each row that has moved, its keys, and whether it has come (1) or gone (-1).
pub(crate) fn each<'a>(stored: &StoredTable, rows: &'a [i64]) -> impl Iterator<Item = (Id, &'a [i64], i64)> {
    rows.chunks_exact(HEAD + stored.table.keys()).map(|row| (Id(row[1] as u64), &row[HEAD..], row[0]))
}

/// The moves behind what is known, in the snapshot of a look. The first column says whether what is known belongs to what is there.
pub(crate) fn since<'a>(schema: &SchemaName, stored: &StoredTable, known: &Counts) -> Statement<'a> {
    let sql = "SELECT b.version = $2 AND b.id = $3
            AND ($4 = $2 OR EXISTS (SELECT 1 FROM @moves k WHERE k.collection = $1 AND k.version = $4 AND k.id = $5)),
            m.version, m.id, m.rows
        FROM (SELECT version, id FROM @counts WHERE collection = $1 ORDER BY version DESC LIMIT 1) AS b
        LEFT JOIN @moves m ON m.collection = $1 AND m.version > $4
        ORDER BY m.version";
    let ((base, base_id), (at, at_id)) = (known.base, known.at);
    Statement::new(schema.sql(sql), values![stored.number, base, base_id, at, at_id])
}

/// The counts in the snapshot in which `since` was asked. `None`: they are to be read anew.
pub(crate) fn followed(stored: &StoredTable, known: &Arc<Counts>, said: &[Said]) -> Done<Option<Arc<Counts>>> {
    let mut counts = known.clone();
    for row in said {
        if !row.try_get(0)? {
            return Ok(None);
        }
        if let Some(version) = row.try_get::<_, Option<i64>>(1)? {
            let rows: Vec<i64> = row.try_get(3)?;
            Arc::make_mut(&mut counts).follow(stored, (version, row.try_get(2)?), &rows);
        }
    }
    Ok((!said.is_empty()).then_some(counts))
}

/// How far the counts of each table are behind, by its number.
pub(crate) fn behind(
    session: &Session,
    schema: &SchemaName,
    stored: &[Arc<StoredTable>],
) -> Done<HashMap<i32, Behind>> {
    let sql = schema.sql("SELECT collection, sum(cardinality(rows))::bigint FROM @moves GROUP BY collection");
    let mut behind = HashMap::new();
    for row in session.query(&Statement::new(sql, vec![]))? {
        let (number, numbers): (i32, i64) = (row.try_get(0)?, row.try_get(1)?);
        if let Some(stored) = stored.iter().find(|stored| stored.number == number) {
            let moved = numbers as u64 / (HEAD + stored.table.keys()) as u64;
            behind.insert(number, Behind { moved, rows: 0 });
        }
    }
    Ok(behind)
}
