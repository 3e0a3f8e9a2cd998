//! One collection's table in the file, and the statements on it.
use crate::index::{self, INDEXED, Index, pending};
use crate::owners;
use crate::schema::{FORMAT_WITH_PENDING, FORMAT_WITH_RUNS};
use kernel::Relation;
use runtime::port::store::Table;

/// The columns of a row before its keys.
pub(crate) const COLUMNS: usize = 6;

/// The column of the run a row belongs to.
pub(crate) const RUN: &str = "run INTEGER NOT NULL DEFAULT 0";

pub(crate) struct StoredTable {
    pub number: i64,
    pub table: Table,
    pub indexes: Vec<Index>,
    /// The indexes of owners.
    pub owned: Vec<Index>,
    pub insert: String,
    pub update: String,
    /// Where neither keys nor listing change: leaves the indexes alone.
    pub rewrite: String,
    pub delete: String,
    pub get: String,
    /// The columns of a row's own keys and of its owners, as they follow others.
    pub keys: String,
    /// Whether a row may be listed and yet in none of the indexes in runs.
    pub has_pending: bool,
    /// Remembers that a row is no longer where it was found.
    pub remember_removed: String,
}

impl StoredTable {
    /// As a store of this format has it.
    pub fn new(number: i64, table: Table, format: i64) -> StoredTable {
        let list = |text: fn(usize) -> String| (0..table.keys()).map(text).collect::<String>();
        let owners: String = owners(&table).map(|column| format!(", {column}")).collect();
        let keys = list(|k| format!(", k{k}")) + &owners;
        let written: Vec<String> = written(&table).collect();
        let columns: String = written.iter().map(|column| format!(", {column}")).collect();
        let marks: String = (0..written.len()).map(|nth| format!(", ?{}", nth + 1 + COLUMNS)).collect();
        let sets: String =
            written.iter().enumerate().map(|(nth, column)| format!(", {column} = ?{}", nth + 1 + COLUMNS)).collect();
        let places: String = (0..place(&table).count()).map(|nth| format!(", ?{}", nth + 3)).collect();
        let rewrite = format!("UPDATE rows_{number} SET change = ?2, body = ?4, fold = ?5, history = ?6");
        let indexes = index::all(number, &table, format >= FORMAT_WITH_RUNS);
        let in_runs = indexes.iter().any(|index| index.in_runs);
        StoredTable {
            number,
            owned: index::owned(number, &table, in_runs),
            has_pending: in_runs && format >= FORMAT_WITH_PENDING,
            indexes,
            insert: format!(
                "INSERT INTO rows_{number} (id, change, listed, body, fold, history{columns}, run)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6{marks}, ?{})",
                run_parameter(&table)
            ),
            update: format!("{rewrite}, listed = ?3{sets} WHERE id = ?1"),
            rewrite: format!("{rewrite} WHERE id = ?1"),
            delete: format!("DELETE FROM rows_{number} WHERE id = ?1"),
            get: format!("SELECT id, change, listed, body, fold, history{keys} FROM rows_{number}"),
            keys,
            remember_removed: format!("INSERT OR REPLACE INTO gone_{number} VALUES (?1, ?2{places})"),
            table,
        }
    }

    /// The indexes whose rows are counted.
    pub fn counted(&self) -> impl Iterator<Item = &Index> {
        self.indexes.iter().chain(self.owned.iter().filter(|_| self.has_pending))
    }

    pub fn in_runs(&self) -> bool {
        self.indexes.iter().any(|index| index.in_runs)
    }

    /// The columns of the keys that are written.
    pub fn written(&self) -> impl Iterator<Item = String> {
        written(&self.table)
    }

    /// The statements that make it.
    pub fn create(&self) -> String {
        let StoredTable { number, table, .. } = self;
        let keys: String = written(table).map(|column| format!(", {column} INTEGER")).collect();
        let indexes: String = self.indexes.iter().map(Index::create).collect();
        let (removed, owners) = (self.create_removed(), owners::create(self));
        let pending = if self.has_pending { pending::create(self) } else { String::new() };
        format!(
            "CREATE TABLE rows_{number} (id INTEGER PRIMARY KEY, change INTEGER NOT NULL, listed INTEGER NOT NULL{keys},
                body TEXT, fold TEXT, history TEXT, {RUN});
            CREATE INDEX rows_{number}_change ON rows_{number} (change) WHERE {INDEXED};
            {removed}{indexes}{pending}{owners}"
        )
    }

    /// Where rows were that left.
    pub fn create_removed(&self) -> String {
        let StoredTable { number, table, .. } = self;
        let columns: String = place(table).map(|column| format!(", {column} INTEGER")).collect();
        let key: String = place(table).map(|column| format!(", {column}")).collect();
        format!(
            "CREATE TABLE gone_{number} (id INTEGER, change INTEGER NOT NULL{columns}, PRIMARY KEY (id{key})) WITHOUT ROWID;
            CREATE INDEX gone_{number}_change ON gone_{number} (change);"
        )
    }
}

/// Which parameter of the insertion is the run.
pub(crate) fn run_parameter(table: &Table) -> usize {
    COLUMNS + written(table).count() + 1
}

/// The columns of the keys that are written: a row's own, those of its pairs, those of its owners.
fn written(table: &Table) -> impl Iterator<Item = String> {
    let pairs = (0..table.pairs.len()).map(|pair| format!("p{pair}"));
    (0..table.keys()).map(|key| format!("k{key}")).chain(pairs).chain(owners(table).map(String::from))
}

/// The columns by which streams know a row: its finds and its owners.
fn place(table: &Table) -> impl Iterator<Item = String> {
    (0..table.finds).map(|key| format!("k{key}")).chain(owners(table).map(String::from))
}

fn owners(table: &Table) -> impl Iterator<Item = &'static str> {
    Relation::ALL.into_iter().filter(|_| table.owned).map(owners::column)
}
