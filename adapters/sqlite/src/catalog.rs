//! The tables of collections in the file: those declared, and those of older releases that still answer.
use crate::fault::{Done, failed};
use crate::index::{self, Index};
use kernel::TableName;
use runtime::port::store::Table;
use rusqlite::{Connection, params};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// One collection's table and the statements on it.
pub(crate) struct StoredTable {
    pub number: i64,
    pub table: Table,
    pub indexes: Vec<Index>,
    pub insert: String,
    pub update: String,
    /// Where neither keys nor listing change: leaves the indexes alone.
    pub rewrite: String,
    pub delete: String,
    pub get: String,
    /// Remembers that a row is no longer where it was found.
    pub remember_removed: String,
}

#[derive(Clone, Default)]
pub(crate) struct Catalog(Arc<RwLock<HashMap<TableName, Arc<StoredTable>>>>);

pub(crate) const COLUMNS: usize = 6;

impl StoredTable {
    fn new(number: i64, table: Table) -> StoredTable {
        let list = |text: fn(usize) -> String| (0..table.keys()).map(text).collect::<String>();
        let (keys, marks) = (list(|k| format!(", k{k}")), list(|k| format!(", ?{}", k + 1 + COLUMNS)));
        let sets = list(|k| format!(", k{k} = ?{}", k + 1 + COLUMNS));
        let finds: String = (0..table.finds).map(|k| format!(", ?{}", k + 3)).collect();
        let rewrite = format!("UPDATE rows_{number} SET change = ?2, body = ?4, fold = ?5, history = ?6");
        StoredTable {
            number,
            indexes: index::all(number, &table),
            insert: format!(
                "INSERT INTO rows_{number} (id, change, listed, body, fold, history{keys}) VALUES (?1, ?2, ?3, ?4, ?5, ?6{marks})"
            ),
            update: format!("{rewrite}, listed = ?3{sets} WHERE id = ?1"),
            rewrite: format!("{rewrite} WHERE id = ?1"),
            delete: format!("DELETE FROM rows_{number} WHERE id = ?1"),
            get: format!("SELECT id, change, listed, body, fold, history{keys} FROM rows_{number}"),
            remember_removed: format!("INSERT OR REPLACE INTO gone_{number} VALUES (?1, ?2{finds})"),
            table,
        }
    }

    fn create(&self) -> String {
        let StoredTable { number, table, .. } = self;
        let keys: String = (0..table.keys()).map(|k| format!(", k{k} INTEGER")).collect();
        let finds: String = (0..table.finds).map(|k| format!(", k{k} INTEGER")).collect();
        let key: String = (0..table.finds).map(|k| format!(", k{k}")).collect();
        let indexes: Vec<String> = self.indexes.iter().filter_map(Index::create).collect();
        format!(
            "CREATE TABLE rows_{number} (id INTEGER PRIMARY KEY, change INTEGER NOT NULL, listed INTEGER NOT NULL{keys},
                body TEXT, fold TEXT, history TEXT);
            CREATE INDEX rows_{number}_change ON rows_{number} (change) WHERE listed = 1;
            CREATE TABLE gone_{number} (id INTEGER, change INTEGER NOT NULL{finds}, PRIMARY KEY (id{key})) WITHOUT ROWID;
            CREATE INDEX gone_{number}_change ON gone_{number} (change);
            {};",
            indexes.join(";\n")
        )
    }
}

impl Catalog {
    pub fn load(&self, connection: &Connection) -> Done<()> {
        let mut statement = connection.prepare("SELECT number, name, finds, sorts, ordered FROM collections")?;
        let stored = statement.query_map([], |row| {
            let (finds, sorts) = (row.get::<_, i64>(2)? as usize, row.get::<_, i64>(3)? as usize);
            let name = TableName::from(row.get::<_, String>(1)?);
            let table = Table { name, finds, sorts, ordered: row.get(4)? };
            Ok((table.name.clone(), Arc::new(StoredTable::new(row.get(0)?, table))))
        })?;
        let stored = stored.collect::<rusqlite::Result<_>>()?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = stored;
        Ok(())
    }

    /// Makes a table for each that is declared and new.
    pub fn declare(&self, connection: &Connection, tables: &[Table]) -> Done<()> {
        for table in tables {
            match self.get(&table.name) {
                Ok(stored) if stored.table == *table => {}
                Ok(stored) => return differs(&stored.table, table),
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

fn create(connection: &Connection, table: &Table) -> Done<()> {
    let transaction = connection.unchecked_transaction()?;
    let Table { name, finds, sorts, ordered } = table;
    transaction.execute(
        "INSERT INTO collections (name, finds, sorts, ordered) VALUES (?1, ?2, ?3, ?4)",
        params![&**name, *finds as i64, *sorts as i64, ordered],
    )?;
    transaction.execute_batch(&StoredTable::new(transaction.last_insert_rowid(), table.clone()).create())?;
    Ok(transaction.commit()?)
}

fn differs(stored: &Table, declared: &Table) -> Done<()> {
    let shape = |table: &Table| format!("{} finds and {} sorts, ordered: {}", table.finds, table.sorts, table.ordered);
    failed(format!(
        "The table {} is kept with {}, and declared with {}. Give the collection a new version or name.",
        stored.name,
        shape(stored),
        shape(declared)
    ))
}

/// Takes a table out of the file; the caller loads the catalog again once that is durable.
pub(crate) fn remove(connection: &Connection, stored: &StoredTable) -> rusqlite::Result<()> {
    let number = stored.number;
    let indexes = number * index::SPAN..(number + 1) * index::SPAN;
    connection.execute("DELETE FROM blocks WHERE idx >= ?1 AND idx < ?2", [indexes.start, indexes.end])?;
    connection.execute("DELETE FROM collections WHERE number = ?1", [number])?;
    connection.execute_batch(&format!("DROP TABLE rows_{number}; DROP TABLE gone_{number};"))
}
