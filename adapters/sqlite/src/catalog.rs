//! The tables of collections in the file: those declared, and those of older releases that still answer.
use crate::fault::{Done, failed};
use crate::index::{self, Index};
use crate::pairs;
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
    pub fn new(number: i64, table: Table) -> StoredTable {
        let list = |text: fn(usize) -> String| (0..table.keys()).map(text).collect::<String>();
        let keys = list(|k| format!(", k{k}"));
        let written: Vec<String> = written(&table).collect();
        let columns: String = written.iter().map(|column| format!(", {column}")).collect();
        let marks: String = (0..written.len()).map(|nth| format!(", ?{}", nth + 1 + COLUMNS)).collect();
        let sets: String =
            written.iter().enumerate().map(|(nth, column)| format!(", {column} = ?{}", nth + 1 + COLUMNS)).collect();
        let finds: String = (0..table.finds).map(|k| format!(", ?{}", k + 3)).collect();
        let rewrite = format!("UPDATE rows_{number} SET change = ?2, body = ?4, fold = ?5, history = ?6");
        StoredTable {
            number,
            indexes: index::all(number, &table),
            insert: format!(
                "INSERT INTO rows_{number} (id, change, listed, body, fold, history{columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6{marks})"
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
        let keys: String = written(table).map(|column| format!(", {column} INTEGER")).collect();
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

/// The columns of the keys that are written: a row's own, then those of its pairs.
fn written(table: &Table) -> impl Iterator<Item = String> {
    let pairs = (0..table.pairs.len()).map(|pair| format!("p{pair}"));
    (0..table.keys()).map(|key| format!("k{key}")).chain(pairs)
}

impl Catalog {
    pub fn load(&self, connection: &Connection) -> Done<()> {
        let pairs = pairs::load(connection)?;
        let mut statement = connection.prepare("SELECT number, name, finds, sorts, ordered FROM collections")?;
        let stored = statement.query_map([], |row| {
            let (finds, sorts) = (row.get::<_, i64>(2)? as usize, row.get::<_, i64>(3)? as usize);
            let (number, name) = (row.get(0)?, TableName::from(row.get::<_, String>(1)?));
            let pairs = pairs.get(&number).cloned().unwrap_or_default();
            let table = Table { name, finds, sorts, pairs, ordered: row.get(4)? };
            Ok((table.name.clone(), Arc::new(StoredTable::new(number, table))))
        })?;
        let stored = stored.collect::<rusqlite::Result<_>>()?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = stored;
        Ok(())
    }

    /// Makes a table for each that is declared and new, and lets those that are there be found by the pairs declared.
    pub fn declare(&self, connection: &Connection, tables: &[Table]) -> Done<()> {
        for table in tables {
            pairs::check(table)?;
            match self.get(&table.name) {
                Ok(stored) if pairs::are_kept(&stored.table, table) => {}
                Ok(stored) if pairs::may_be_kept(&stored.table, table) => pairs::keep(connection, &stored, table)?,
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
    let Table { name, finds, sorts, pairs, ordered } = table;
    transaction.execute(
        "INSERT INTO collections (name, finds, sorts, ordered) VALUES (?1, ?2, ?3, ?4)",
        params![&**name, *finds as i64, *sorts as i64, ordered],
    )?;
    let number = transaction.last_insert_rowid();
    transaction.execute_batch(&StoredTable::new(number, table.clone()).create())?;
    pairs::remember(&transaction, number, pairs)?;
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
    if !stored.table.pairs.is_empty() {
        connection.execute("DELETE FROM pairs WHERE collection = ?1", [number])?;
    }
    connection.execute_batch(&format!("DROP TABLE rows_{number}; DROP TABLE gone_{number};"))
}
