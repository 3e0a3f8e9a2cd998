//! Pairs of finds, each with a column and indexes of its own; a table that was made without a pair gets them when it is declared.
use crate::counts::whole;
use crate::fault::Done;
use crate::index::Index;
use crate::owned::Owned;
use crate::owners;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::stored_table::StoredTable;
use kernel::pair_key;
use runtime::port::store::Table;
use std::collections::HashMap;

/// Rows that get their key at a time, so that memory holds no more of a large table.
const BATCH: usize = 1000;

/// The pairs of each table, by its number.
pub(crate) fn load(session: &Session, schema: &SchemaName) -> Done<HashMap<i32, Vec<(usize, usize)>>> {
    let mut pairs: HashMap<i32, Vec<(usize, usize)>> = HashMap::new();
    let sql = schema.sql("SELECT collection, one, other FROM @pairs ORDER BY collection, nth");
    for row in session.query(&Statement::new(sql, vec![]))? {
        let (one, other): (i32, i32) = (row.try_get(1)?, row.try_get(2)?);
        pairs.entry(row.try_get(0)?).or_default().push((one as usize, other as usize));
    }
    Ok(pairs)
}

/// In the transaction that makes their columns.
pub(crate) fn remember(session: &Session, schema: &SchemaName, number: i32, pairs: &[(usize, usize)]) -> Done<()> {
    let sql = schema.sql(
        "INSERT INTO @pairs (collection, nth, one, other) VALUES ($1, $2, $3, $4)
         ON CONFLICT (collection, nth) DO UPDATE SET one = excluded.one, other = excluded.other",
    );
    for (nth, (one, other)) in pairs.iter().enumerate() {
        let values = values![number, nth as i32, *one as i32, *other as i32];
        session.query(&Statement::new(sql.as_str(), values))?;
    }
    Ok(())
}

/// Gives a table the pairs declared: their columns, the keys of all its rows, and their indexes. And its owners.
pub(crate) fn keep(owned: &Owned, stored: &StoredTable, declared: &Table) -> Done<()> {
    let (session, schema) = (&owned.session, &owned.schema);
    let before = &stored.table.pairs;
    let mut pairs = declared.pairs.clone();
    pairs.extend(before.iter().skip(pairs.len()));
    let has_owners = stored.table.owned || declared.owned;
    let table = Table { pairs: pairs.clone(), owned: has_owners, ..stored.table.clone() };
    let now = StoredTable::new(stored.number, table, true);
    owned.migration(|| {
        for (nth, pair) in pairs.iter().enumerate().filter(|(nth, pair)| before.get(*nth) != Some(*pair)) {
            let find = Some(now.table.finds + nth);
            let indexes: Vec<&Index> = now.indexes.iter().filter(|index| index.find == find).collect();
            match before.get(nth) {
                Some(_) => indexes
                    .iter()
                    .filter_map(|index| index.name.as_ref())
                    .try_for_each(|name| session.run(&schema.sql(&format!("DROP INDEX @{name}"))))?,
                None => {
                    session.run(&schema.sql(&format!("ALTER TABLE @rows_{} ADD COLUMN p{nth} bigint", now.number)))?
                }
            }
            fill(session, schema, now.number, nth, *pair)?;
            indexes
                .iter()
                .filter_map(|index| index.create())
                .try_for_each(|create| session.run(&schema.sql(&create)))?;
        }
        if has_owners && !stored.table.owned {
            owners::keep(owned, &now)?;
        }
        whole::forget(session, schema, now.number)?;
        remember(session, schema, now.number, &pairs)
    })?;
    session.forget_prepared();
    Ok(())
}

/// A row that shows nothing may have no keys, and then has none of a pair.
fn fill(session: &Session, schema: &SchemaName, number: i32, nth: usize, (one, other): (usize, usize)) -> Done<()> {
    let read = schema.sql(&format!(
        "SELECT id, k{one}, k{other} FROM @rows_{number}
         WHERE id > $1 AND k{one} IS NOT NULL AND k{other} IS NOT NULL ORDER BY id LIMIT {BATCH}"
    ));
    let write = schema.sql(&format!(
        "UPDATE @rows_{number} r SET p{nth} = n.p FROM unnest($1::bigint[], $2::bigint[]) AS n (id, p) WHERE r.id = n.id"
    ));
    let mut last = i64::MIN;
    loop {
        let (mut ids, mut keys): (Vec<i64>, Vec<i64>) = Default::default();
        for row in session.query(&Statement::new(read.as_str(), values![last]))? {
            ids.push(row.try_get(0)?);
            keys.push(pair_key(row.try_get(1)?, row.try_get(2)?));
        }
        let Some(end) = ids.last().copied() else { return Ok(()) };
        let is_full = ids.len() == BATCH;
        session.query(&Statement::new(write.as_str(), values![ids, keys]))?;
        if !is_full {
            return Ok(());
        }
        last = end;
    }
}
