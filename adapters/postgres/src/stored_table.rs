//! One collection's table in the schema, and the statements on it.
use crate::counts::Known;
use crate::index::{self, Index};
use crate::owners;
use kernel::Relation;
use runtime::port::store::Table;

/// The columns of a row before its keys.
pub(crate) const COLUMNS: usize = 6;

pub(crate) struct StoredTable {
    pub number: i32,
    pub table: Table,
    pub indexes: Vec<Index>,
    /// The indexes of owners: of few rows each, which are counted as they lie.
    pub owned: Vec<Index>,
    /// Whether its schema keeps counts, as that of an older release does not.
    pub is_counted: bool,
    pub known: Known,
    /// Rows that are new; one that is there already is an error of the server.
    pub insert: String,
    /// Rows that are there.
    pub update: String,
    pub delete: String,
    pub get: String,
    /// Remembers that rows are no longer where they were found.
    pub remember_removed: String,
}

impl StoredTable {
    pub fn new(number: i32, table: Table, is_counted: bool) -> StoredTable {
        let owners = owners(&table).map(|column| format!(", {column}"));
        let keys: String = (0..table.keys()).map(|key| format!(", k{key}")).chain(owners).collect();
        let written: Vec<String> = written(&table).collect();
        let columns: String = written.iter().map(|column| format!(", {column}")).collect();
        let arrays: String = (0..written.len()).map(|nth| format!(", ${}::bigint[]", nth + 1 + COLUMNS)).collect();
        let sets: String = written.iter().map(|column| format!(", {column} = n.{column}")).collect();
        let new = format!("unnest($1::bigint[], $2::bigint[], $3::bool[], $4::text[], $5::text[], $6::text[]{arrays})");
        let names = format!("id, change, listed, body, fold, history{columns}");
        let places: String = place(&table).map(|column| format!(", {column}")).collect();
        let place_arrays: String = (0..place(&table).count()).map(|nth| format!(", ${}::bigint[]", nth + 3)).collect();
        StoredTable {
            number,
            indexes: index::all(number, &table),
            owned: index::owned(number, &table),
            is_counted,
            known: Known::default(),
            insert: format!("INSERT INTO @rows_{number} ({names}) SELECT * FROM {new}"),
            update: expecting(
                &format!(
                    "UPDATE @rows_{number} r SET change = n.change, listed = n.listed, body = n.body, fold = n.fold,
                        history = n.history{sets} FROM {new} AS n ({names}) WHERE r.id = n.id"
                ),
                COLUMNS + written.len(),
            ),
            delete: expecting(&format!("DELETE FROM @rows_{number} WHERE id = ANY ($1::bigint[])"), 1),
            get: format!("SELECT id, change, listed, body, fold, history{keys} FROM @rows_{number}"),
            remember_removed: format!(
                "INSERT INTO @gone_{number} (id, change{places}) SELECT * FROM unnest($1::bigint[], $2::bigint[]{place_arrays})
                 ON CONFLICT (id{places}) DO UPDATE SET change = excluded.change"
            ),
            table,
        }
    }

    /// The statements that make it.
    pub fn create(&self) -> String {
        let StoredTable { number, table, .. } = self;
        let keys: String = written(table).map(|column| format!(", {column} bigint")).collect();
        let places: String = place(table).map(|column| format!(", {column} bigint")).collect();
        let key = self.key_of_removed();
        let indexes: String = self.indexes.iter().filter_map(Index::create).collect();
        let owners = owners::create(self);
        format!(
            "CREATE TABLE @rows_{number} (id bigint PRIMARY KEY, change bigint NOT NULL, listed bool NOT NULL{keys},
                body text, fold text, history text);
            CREATE INDEX rows_{number}_change ON @rows_{number} (change, id) WHERE listed;
            CREATE TABLE @gone_{number} (id bigint, change bigint NOT NULL{places}, {key});
            CREATE INDEX gone_{number}_change ON @gone_{number} (change, id);
            {indexes}{owners}"
        )
    }

    /// Where a row was that left stands once.
    pub fn key_of_removed(&self) -> String {
        let places: String = place(&self.table).map(|column| format!(", {column}")).collect();
        format!("PRIMARY KEY (id{places})")
    }
}

/// The last two values say how many rows there must be, and of which table: a group that finds others is rolled back by the server.
fn expecting(change: &str, arrays: usize) -> String {
    let (wanted, name) = (arrays + 1, arrays + 2);
    format!(
        "WITH found AS ({change} RETURNING 1)
         SELECT @expect((SELECT count(*) FROM found), ${wanted}::bigint, ${name}::text)"
    )
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
