//! The counts of a table as they are written whole: read with the moves behind them, written anew, or made by looking at every row.
use crate::counts::{Block, Counts, FIRST, Mark, ROWS_MAX};
use crate::fault::Done;
use crate::index::{Index, IndexKey};
use crate::owned::Owned;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, Value, values};
use crate::stored_table::StoredTable;
use runtime::port::store::StoreError;

/// Of a block: the three parts of its key, and its rows.
const NUMBERS: usize = 4;

/// In one snapshot. `None` where the table has none, as between a lift of its schema and the first counting.
pub(crate) fn load(session: &Session, schema: &SchemaName, stored: &StoredTable) -> Done<Option<Counts>> {
    let sql = "SELECT version, id, blocks FROM @counts WHERE collection = $1
        AND version = (SELECT max(version) FROM @counts WHERE collection = $1) ORDER BY nth";
    let (mut base, mut indexes) = (None, vec![]);
    for row in session.query(&Statement::new(schema.sql(sql), values![stored.number]))? {
        base = Some((row.try_get(0)?, row.try_get(1)?));
        let numbers: Vec<i64> = row.try_get(2)?;
        let (blocks, _) = numbers.as_chunks::<NUMBERS>();
        let blocks: Vec<Block> = blocks.iter().map(|[a, b, c, rows]| ((*a, *b, *c), *rows)).collect();
        if blocks.first().is_none_or(|(from, _)| *from != FIRST) {
            let name = &stored.table.name;
            Err(StoreError::Corrupt(format!("The counts of {name} can't be read. Restore a backup.")))?;
        }
        indexes.push(blocks);
    }
    let Some(base) = base.filter(|_| indexes.len() == stored.indexes.len()) else { return Ok(None) };
    let mut counts = Counts { base, at: base, indexes };
    let sql = "SELECT version, id, rows FROM @moves WHERE collection = $1 AND version > $2 ORDER BY version";
    for row in session.query(&Statement::new(schema.sql(sql), values![stored.number, base.0]))? {
        let rows: Vec<i64> = row.try_get(2)?;
        counts.follow(stored, (row.try_get(0)?, row.try_get(1)?), &rows);
    }
    Ok(Some(counts))
}

/// Behind what it was: both ends are named, so that no snapshot held for long lets this look over what is gone already.
pub(crate) fn write(
    session: &Session,
    schema: &SchemaName,
    stored: &StoredTable,
    counts: &Counts,
    (version, id): Mark,
) -> Done<()> {
    let before = counts.base.0;
    for sql in [
        "DELETE FROM @counts WHERE collection = $1 AND version >= $2 AND version <= $3",
        "DELETE FROM @moves WHERE collection = $1 AND version > $2 AND version <= $3",
    ] {
        session.query(&Statement::new(schema.sql(sql), values![stored.number, before, version]))?;
    }
    let sql = schema.sql("INSERT INTO @counts (collection, version, nth, id, blocks) VALUES ($1, $2, $3, $4, $5)");
    for (nth, blocks) in counts.indexes.iter().enumerate() {
        let numbers: Vec<i64> = blocks.iter().flat_map(|((a, b, c), rows)| [*a, *b, *c, *rows]).collect();
        session.query(&Statement::new(sql.as_str(), values![stored.number, version, nth as i32, id, numbers]))?;
    }
    Ok(())
}

/// A table that has no counts gets them: each row is counted, some at a time.
pub(crate) fn ensure(owned: &Owned, stored: &StoredTable) -> Done<()> {
    let (session, schema) = (&owned.session, &owned.schema);
    let sql = schema.sql("SELECT 1 FROM @counts WHERE collection = $1 LIMIT 1");
    if !session.query(&Statement::new(sql, values![stored.number]))?.is_empty() {
        return Ok(());
    }
    owned.migration(|| {
        forget(session, schema, stored.number)?;
        let indexes = stored.indexes.iter().map(|index| {
            let (mut blocks, mut from) = (vec![], FIRST);
            while let Some(next) = cut(session, schema, index, from, ROWS_MAX)? {
                blocks.push((from, ROWS_MAX));
                from = next;
            }
            blocks.push((from, count(session, schema, index, from)?));
            Ok(blocks)
        });
        let at = (owned.fence.version, owned.fence.id);
        write(session, schema, stored, &Counts { base: at, at, indexes: indexes.collect::<Done<_>>()? }, at)
    })
}

/// The table is counted at each look, until it gets counts.
pub(crate) fn forget(session: &Session, schema: &SchemaName, number: i32) -> Done<()> {
    ["DELETE FROM @counts WHERE collection = $1", "DELETE FROM @moves WHERE collection = $1"]
        .iter()
        .try_for_each(|sql| session.query(&Statement::new(schema.sql(sql), values![number])).map(|_| ()))
}

/// Where the row lies that is `rows` behind a place.
pub(crate) fn cut(
    session: &Session,
    schema: &SchemaName,
    index: &Index,
    from: IndexKey,
    rows: i64,
) -> Done<Option<IndexKey>> {
    let ((condition, mut values), columns) = (from_on(index, from), index.columns().join(", "));
    values.extend(values![rows]);
    let sql = format!(
        "SELECT {columns} FROM @rows_{} WHERE {condition} ORDER BY {columns} LIMIT 1 OFFSET ${}",
        index.table,
        values.len()
    );
    let found = session.query(&Statement::new(schema.sql(&sql), values))?;
    found.first().map(|row| index.read(row)).transpose()
}

/// How many rows lie from a place on.
fn count(session: &Session, schema: &SchemaName, index: &Index, from: IndexKey) -> Done<i64> {
    let (condition, values) = from_on(index, from);
    let sql = format!("SELECT count(*) FROM @rows_{} WHERE {condition}", index.table);
    let found = session.query(&Statement::new(schema.sql(&sql), values))?;
    Ok(found.first().map(|row| row.try_get(0)).transpose()?.unwrap_or_default())
}

/// "listed AND (k0, id) >= ($1, $2)"
fn from_on<'a>(index: &Index, from: IndexKey) -> (String, Vec<Value<'a>>) {
    let parts = index.parts(from);
    let marks: Vec<String> = (1..=parts.len()).map(|nth| format!("${nth}")).collect();
    let condition = format!("listed AND ({}) >= ({})", index.columns().join(", "), marks.join(", "));
    (condition, parts.into_iter().flat_map(|part| values![part]).collect())
}
