//! Whose rows are, and whose were those that left: columns and indexes. A table that was made without gets them when they are declared; its rows are
//! nobody's. Nobody's rows are in none of these indexes, so that they cost nothing.
use crate::catalog::Catalog;
use crate::fault::Done;
use crate::owned::Owned;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::Statement;
use crate::stored_table::StoredTable;
use kernel::Relation;

pub(crate) fn column(part: Relation) -> &'static str {
    match part {
        Relation::Owner => "owner",
        Relation::Partner => "partner",
    }
}

/// The indexes that a table has for them.
pub(crate) fn create(stored: &StoredTable) -> String {
    stored.owned.iter().filter_map(|index| index.create()).chain(indexes_of_removed(stored)).collect()
}

fn indexes_of_removed(stored: &StoredTable) -> impl Iterator<Item = String> {
    let number = stored.number;
    Relation::ALL.into_iter().filter(|_| stored.table.owned).map(move |part| {
        let (column, somebodys) = (column(part), somebodys("", part));
        format!("CREATE INDEX gone_{number}_{column} ON @gone_{number} ({column}, change, id) WHERE {somebodys};")
    })
}

/// That a row which left was somebody's: the condition of the index of these.
pub(crate) fn somebodys(table: &str, part: Relation) -> String {
    format!("{table}{} <> 0", column(part))
}

/// Gives a table its owners. What had left it was nobody's.
pub(crate) fn keep(owned: &Owned, stored: &StoredTable) -> Done<()> {
    let number = stored.number;
    let columns = Relation::ALL.map(|part| format!("ADD COLUMN {} bigint", column(part))).join(", ");
    let sql = format!(
        "ALTER TABLE @rows_{number} {columns};
         {}
         {}",
        columns_of_removed(stored),
        create(stored)
    );
    owned.session.run(&owned.schema.sql(&sql))
}

/// Rows that left get owners: nobody.
fn columns_of_removed(stored: &StoredTable) -> String {
    let columns = Relation::ALL.map(|part| format!("ADD COLUMN {} bigint NOT NULL DEFAULT 0", column(part))).join(", ");
    let number = stored.number;
    format!(
        "ALTER TABLE @gone_{number} {columns}, DROP CONSTRAINT gone_{number}_pkey, ADD {};",
        stored.key_of_removed()
    )
}

/// Puts beside where a row was whose it was, which at first stood in a table of its own. A stream that was away meanwhile is not told of a row that
/// went to somebody else and stayed where it was, nor of one that went elsewhere and stayed somebody's: these stood in one of the two tables alone.
pub(crate) fn join_removed(session: &Session, schema: &SchemaName) -> Done<()> {
    let tables = Catalog::default();
    tables.load(session, schema)?;
    for stored in tables.all().iter().filter(|stored| stored.table.owned) {
        let number = stored.number;
        let apart = schema.sql(&format!("SELECT to_regclass('@left_{number}') IS NOT NULL"));
        let is_apart =
            session.query(&Statement::new(apart, vec![]))?.first().map_or(Ok(false), |row| row.try_get(0))?;
        if !is_apart {
            continue;
        }
        let whose = Relation::ALL.map(|part| {
            let (column, part) = (column(part), part as i16);
            format!(
                "UPDATE @gone_{number} g SET {column} = l.person FROM @left_{number} l
                 WHERE l.part = {part} AND l.id = g.id AND l.change = g.change;"
            )
        });
        let indexes: String = indexes_of_removed(stored).collect();
        let (columns, whose) = (columns_of_removed(stored), whose.concat());
        session.run(&schema.sql(&format!("{columns}{whose}{indexes}DROP TABLE @left_{number};")))?;
    }
    Ok(())
}
