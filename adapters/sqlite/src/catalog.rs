//! The tables of collections in the file: those declared, and those of older releases that still answer.
use crate::fault::{Done, failed};
use crate::schema::{FORMAT, format};
use crate::stored_table::StoredTable;
use crate::{index, owners, pairs};
use kernel::TableName;
use runtime::port::store::Table;
use rusqlite::{Connection, params};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

#[derive(Clone, Default)]
pub(crate) struct Catalog(Arc<RwLock<HashMap<TableName, Arc<StoredTable>>>>);

impl Catalog {
    pub fn load(&self, connection: &Connection) -> Done<()> {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = read(connection)?;
        Ok(())
    }

    /// Makes a table for each that is declared and new, and lets those that are there be found by the pairs and owners declared.
    pub fn declare(&self, connection: &Connection, tables: &[Table]) -> Done<()> {
        for table in tables {
            table.check_pairs()?;
            match self.get(&table.name) {
                Ok(stored) if stored.table.has_all_of(table)? => {}
                Ok(stored) => pairs::keep(connection, &stored, table)?,
                Err(_) => create(connection, table)?,
            }
        }
        self.load(connection)
    }

    pub fn get(&self, name: &str) -> Done<Arc<StoredTable>> {
        let stored = self.0.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
        stored.map_or_else(|| failed(format!("There is no table {name} in this store. Declare it when opening.")), Ok)
    }

    pub fn all(&self) -> Vec<Arc<StoredTable>> {
        let mut all: Vec<_> = self.0.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        all.sort_by_key(|stored| stored.number);
        all
    }
}

/// The tables in the file, by name.
pub(crate) fn read(connection: &Connection) -> Done<HashMap<TableName, Arc<StoredTable>>> {
    let (pairs, format) = (pairs::load(connection)?, format(connection)?);
    let owned = owners::load(connection)?;
    let mut statement = connection.prepare("SELECT number, name, finds, sorts, ordered FROM collections")?;
    let stored = statement.query_map([], |row| {
        let (finds, sorts) = (row.get::<_, i64>(2)? as usize, row.get::<_, i64>(3)? as usize);
        let (number, name) = (row.get(0)?, TableName::from(row.get::<_, String>(1)?));
        let pairs = pairs.get(&number).cloned().unwrap_or_default();
        let table = Table { name, finds, sorts, pairs, ordered: row.get(4)?, owned: owned.contains(&number) };
        Ok((table.name.clone(), Arc::new(StoredTable::new(number, table, format))))
    })?;
    Ok(stored.collect::<rusqlite::Result<_>>()?)
}

fn create(connection: &Connection, table: &Table) -> Done<()> {
    let transaction = connection.unchecked_transaction()?;
    let Table { name, finds, sorts, pairs, ordered, owned } = table;
    transaction.execute(
        "INSERT INTO collections (name, finds, sorts, ordered) VALUES (?1, ?2, ?3, ?4)",
        params![&**name, *finds as i64, *sorts as i64, ordered],
    )?;
    let number = transaction.last_insert_rowid();
    transaction.execute_batch(&StoredTable::new(number, table.clone(), FORMAT).create())?;
    pairs::remember(&transaction, number, pairs)?;
    if *owned {
        owners::remember(&transaction, number)?;
    }
    Ok(transaction.commit()?)
}

/// Takes a table out of the file; the caller loads the catalog again once that is durable.
pub(crate) fn remove(connection: &Connection, stored: &StoredTable) -> rusqlite::Result<()> {
    let number = stored.number;
    let indexes = number * index::SPAN..(number + 1) * index::SPAN;
    connection.execute("DELETE FROM blocks WHERE idx >= ?1 AND idx < ?2", [indexes.start, indexes.end])?;
    connection.execute("DELETE FROM collections WHERE number = ?1", [number])?;
    connection.execute("DELETE FROM pairs WHERE collection = ?1", [number])?;
    connection.execute("DELETE FROM runs WHERE collection = ?1", [number])?;
    connection.execute("DELETE FROM owned WHERE collection = ?1", [number])?;
    connection.execute_batch(&format!("DROP TABLE rows_{number}; DROP TABLE gone_{number};"))
}
