//! Whose rows are, and whose were those that left: columns and indexes. A table that was made without gets them when they are declared; its rows are
//! nobody's. Nobody's rows are in none of these indexes, so that they cost nothing.
use crate::fault::Done;
use crate::owned::Owned;
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
    let number = stored.number;
    let of_removed = Relation::ALL.into_iter().filter(|_| stored.table.owned).map(|part| {
        let (column, somebodys) = (column(part), somebodys("", part));
        format!("CREATE INDEX gone_{number}_{column} ON @gone_{number} ({column}, change, id) WHERE {somebodys};")
    });
    stored.owned.iter().filter_map(|index| index.create()).chain(of_removed).collect()
}

/// That a row which left was somebody's: the condition of the index of these.
pub(crate) fn somebodys(table: &str, part: Relation) -> String {
    format!("{table}{} <> 0", column(part))
}

/// Gives a table its owners. What had left it was nobody's.
pub(crate) fn keep(owned: &Owned, stored: &StoredTable) -> Done<()> {
    let number = stored.number;
    let columns = Relation::ALL.map(|part| format!("ADD COLUMN {} bigint", column(part))).join(", ");
    let of_removed =
        Relation::ALL.map(|part| format!("ADD COLUMN {} bigint NOT NULL DEFAULT 0", column(part))).join(", ");
    let sql = format!(
        "ALTER TABLE @rows_{number} {columns};
         ALTER TABLE @gone_{number} {of_removed}, DROP CONSTRAINT gone_{number}_pkey, ADD {};
         {}",
        stored.key_of_removed(),
        create(stored)
    );
    owned.session.run(&owned.schema.sql(&sql))
}
