//! The tables of collections in the schema: those declared, and those of older releases that still answer.
use crate::counts::whole;
use crate::fault::{Done, failed};
use crate::owned::Owned;
use crate::pairs;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::stored_table::StoredTable;
use kernel::TableName;
use runtime::port::store::Table;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

#[derive(Clone, Default)]
pub(crate) struct Catalog(Arc<Loaded>);

#[derive(Default)]
struct Loaded {
    tables: RwLock<HashMap<TableName, Arc<StoredTable>>>,
    /// One load at a time, so that the last one to end has read the newest.
    loads: Mutex<()>,
}

impl Catalog {
    pub fn load(&self, session: &Session, schema: &SchemaName) -> Done<()> {
        let _alone = self.0.loads.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs = pairs::load(session, schema)?;
        let sql = schema.sql(
            "SELECT number, name, finds, sorts, ordered, to_regclass('@counts') IS NOT NULL,
                to_regclass('@gone_' || number || '_owner') IS NOT NULL OR to_regclass('@left_' || number) IS NOT NULL
             FROM @collections",
        );
        let mut tables = HashMap::new();
        for row in session.query(&Statement::new(sql, vec![]))? {
            let number: i32 = row.try_get(0)?;
            let name = TableName::from(row.try_get::<_, &str>(1)?);
            let (finds, sorts) = (row.try_get::<_, i32>(2)? as usize, row.try_get::<_, i32>(3)? as usize);
            let pairs = pairs.get(&number).cloned().unwrap_or_default();
            let (ordered, owned) = (row.try_get(4)?, row.try_get(6)?);
            let table = Table { name: name.clone(), finds, sorts, pairs, ordered, owned };
            tables.insert(name, Arc::new(StoredTable::new(number, table, row.try_get(5)?)));
        }
        *self.0.tables.write().unwrap_or_else(PoisonError::into_inner) = tables;
        Ok(())
    }

    /// Makes a table for each that is declared and new, and lets those that are there be found by the pairs and owners declared.
    pub fn declare(&self, owned: &Owned, tables: &[Table]) -> Done<()> {
        for table in tables {
            table.check_pairs()?;
            match self.get(&table.name) {
                Ok(stored) if stored.table.has_all_of(table)? => {}
                Ok(stored) => pairs::keep(owned, &stored, table)?,
                Err(_) => create(owned, table)?,
            }
        }
        self.load(&owned.session, &owned.schema)?;
        self.all().iter().try_for_each(|stored| whole::ensure(owned, stored))
    }

    pub fn get(&self, name: &str) -> Done<Arc<StoredTable>> {
        let stored = self.known(name);
        stored.map_or_else(|| failed(format!("There is no table {name} in this store. Declare it when opening.")), Ok)
    }

    pub fn known(&self, name: &str) -> Option<Arc<StoredTable>> {
        self.0.tables.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    pub fn all(&self) -> Vec<Arc<StoredTable>> {
        let mut all: Vec<_> = self.0.tables.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        all.sort_by_key(|stored| stored.number);
        all
    }
}

fn create(owned: &Owned, table: &Table) -> Done<()> {
    let (session, schema) = (&owned.session, &owned.schema);
    owned.migration(|| {
        let Table { name, finds, sorts, pairs, ordered, .. } = table;
        let sql = "INSERT INTO @collections (name, finds, sorts, ordered) VALUES ($1, $2, $3, $4) RETURNING number";
        let values = values![name.to_string(), *finds as i32, *sorts as i32, *ordered];
        let rows = session.query(&Statement::new(schema.sql(sql), values))?;
        let Some(row) = rows.first() else { return failed(format!("The table {name} could not be numbered.")) };
        let number: i32 = row.try_get(0)?;
        session.run(&schema.sql(&StoredTable::new(number, table.clone(), true).create()))?;
        pairs::remember(session, schema, number, pairs)
    })
}

/// In a group: the tables answer no more. The server drops them in a quiet moment.
pub(crate) fn remove<'a>(schema: &SchemaName, stored: &StoredTable) -> Vec<Statement<'a>> {
    let statements = [
        "DELETE FROM @collections WHERE number = $1",
        "DELETE FROM @pairs WHERE collection = $1",
        "DELETE FROM @counts WHERE collection = $1",
        "DELETE FROM @moves WHERE collection = $1",
        "INSERT INTO @dropped (number) VALUES ($1)",
    ];
    statements.map(|sql| Statement::new(schema.sql(sql), values![stored.number])).into()
}

/// Drops what was removed, where nobody reads it at this moment.
pub(crate) fn drop_removed(owned: &Owned) -> Done<()> {
    let (session, schema) = (&owned.session, &owned.schema);
    let rows = session.query(&Statement::new(schema.sql("SELECT number FROM @dropped"), vec![]))?;
    for row in rows {
        let number: i32 = row.try_get(0)?;
        owned.migration(|| {
            session.run("SET LOCAL lock_timeout = '100ms'")?;
            session
                .run(&schema.sql(&format!("DROP TABLE IF EXISTS @rows_{number}, @gone_{number}, @left_{number}")))?;
            let sql = schema.sql("DELETE FROM @dropped WHERE number = $1");
            session.query(&Statement::new(sql, values![number])).map(|_| ())
        })?;
    }
    Ok(())
}
