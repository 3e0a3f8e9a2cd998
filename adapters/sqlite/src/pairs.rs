//! Pairs of finds, each with a column and indexes of its own; a table that was made without a pair gets them when it is declared.
use crate::fault::Done;
use crate::index::{Index, counts, pending};
use crate::owners;
use crate::schema::{FORMAT, FORMAT_WITH_PAIRS, format};
use crate::stored_table::StoredTable;
use kernel::pair_key;
use runtime::port::store::Table;
use rusqlite::{Connection, Result, params};
use std::collections::HashMap;

/// Rows that get their key at a time, so that memory holds no more of a large table.
const BATCH: usize = 1000;

/// The pairs of each table, by its number.
pub(crate) fn load(connection: &Connection) -> Result<HashMap<i64, Vec<(usize, usize)>>> {
    let mut pairs: HashMap<i64, Vec<(usize, usize)>> = HashMap::new();
    if format(connection)? < FORMAT_WITH_PAIRS {
        return Ok(pairs);
    }
    let mut statement = connection.prepare("SELECT collection, one, other FROM pairs ORDER BY collection, nth")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (one, other): (i64, i64) = (row.get(1)?, row.get(2)?);
        pairs.entry(row.get(0)?).or_default().push((one as usize, other as usize));
    }
    Ok(pairs)
}

/// In the transaction that makes their columns.
pub(crate) fn remember(connection: &Connection, number: i64, pairs: &[(usize, usize)]) -> Result<()> {
    let mut put = connection.prepare("INSERT OR REPLACE INTO pairs VALUES (?1, ?2, ?3, ?4)")?;
    for (nth, (one, other)) in pairs.iter().enumerate() {
        put.execute(params![number, nth as i64, *one as i64, *other as i64])?;
    }
    Ok(())
}

/// Gives a table the pairs declared: their columns, the keys of all its rows, their indexes and counts. And its owners.
pub(crate) fn keep(connection: &Connection, stored: &StoredTable, declared: &Table) -> Done<()> {
    let transaction = connection.unchecked_transaction()?;
    let before = &stored.table.pairs;
    let mut pairs = declared.pairs.clone();
    pairs.extend(before.iter().skip(pairs.len()));
    let owned = stored.table.owned || declared.owned;
    let now = StoredTable::new(stored.number, Table { pairs: pairs.clone(), owned, ..stored.table.clone() }, FORMAT);
    for (nth, pair) in pairs.iter().enumerate().filter(|(nth, pair)| before.get(*nth) != Some(*pair)) {
        let find = Some(now.table.finds + nth);
        let indexes: Vec<&Index> = now.indexes.iter().filter(|index| index.find == find).collect();
        match before.get(nth) {
            Some(_) => indexes.iter().try_for_each(|index| drop_index(&transaction, index))?,
            None => transaction.execute_batch(&format!("ALTER TABLE rows_{} ADD COLUMN p{nth} INTEGER", now.number))?,
        }
        fill(&transaction, now.number, nth, *pair)?;
        indexes.iter().try_for_each(|index| create_index(&transaction, &now, index))?;
    }
    remember(&transaction, now.number, &pairs)?;
    if owned && !stored.table.owned {
        owners::keep(&transaction, &now)?;
    }
    // It has the new columns from now on.
    if stored.has_pending {
        transaction.execute_batch(&pending::drop(stored))?;
    }
    if now.has_pending {
        transaction.execute_batch(&pending::create(&now))?;
    }
    Ok(transaction.commit()?)
}

fn drop_index(connection: &Connection, index: &Index) -> Result<()> {
    connection.execute("DELETE FROM blocks WHERE idx = ?1", [index.number])?;
    connection.execute_batch(&index.drop())
}

/// A row that shows nothing may have no keys, and then has none of a pair.
fn fill(connection: &Connection, number: i64, nth: usize, (one, other): (usize, usize)) -> Result<()> {
    let mut read = connection.prepare(&format!(
        "SELECT id, k{one}, k{other} FROM rows_{number}
         WHERE id > ?1 AND k{one} IS NOT NULL AND k{other} IS NOT NULL ORDER BY id LIMIT {BATCH}"
    ))?;
    let mut write = connection.prepare(&format!("UPDATE rows_{number} SET p{nth} = ?2 WHERE id = ?1"))?;
    let mut last = i64::MIN;
    loop {
        let rows = read.query_map([last], |row| Ok((row.get(0)?, pair_key(row.get(1)?, row.get(2)?))))?;
        let rows: Vec<(i64, i64)> = rows.collect::<Result<_>>()?;
        for (id, key) in &rows {
            write.execute([id, key])?;
        }
        match rows.last() {
            Some((id, _)) if rows.len() == BATCH => last = *id,
            Some(_) | None => return Ok(()),
        }
    }
}

fn create_index(connection: &Connection, stored: &StoredTable, index: &Index) -> Done<()> {
    connection.execute_batch(&index.create())?;
    counts::count_all(connection, stored, index)
}
