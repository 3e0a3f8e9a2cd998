//! Whose rows are: columns, indexes and a memory of rows that left somebody's list. A table that was made without gets them when they are declared; its
//! rows are nobody's. Nobody's rows are in none of these indexes, so that they cost nothing.
use crate::fault::Done;
use crate::number::number;
use crate::owned::Owned;
use crate::schema_name::SchemaName;
use crate::statement::{Statement, values};
use crate::stored_table::StoredTable;
use kernel::{Commit, Relation};
use std::collections::BTreeMap;

pub(crate) fn column(part: Relation) -> &'static str {
    match part {
        Relation::Owner => "owner",
        Relation::Partner => "partner",
    }
}

/// What a table has for them beside their columns.
pub(crate) fn create(stored: &StoredTable) -> String {
    let number = stored.number;
    let indexes: String = stored.owned.iter().filter_map(|index| index.create()).collect();
    format!(
        "CREATE TABLE @left_{number} (part smallint, person bigint, id bigint, change bigint NOT NULL,
            PRIMARY KEY (part, person, id));
        CREATE INDEX left_{number}_change ON @left_{number} (part, person, change);
        {indexes}"
    )
}

/// Gives a table its owners.
pub(crate) fn keep(owned: &Owned, stored: &StoredTable) -> Done<()> {
    let number = stored.number;
    let columns = Relation::ALL.map(|part| format!("ADD COLUMN {} bigint", column(part))).join(", ");
    let sql = format!("ALTER TABLE @rows_{number} {columns}; {}", create(stored));
    owned.session.run(&owned.schema.sql(&sql))
}

/// Remembers which rows are in somebody's list no more: what tells a live stream that was away.
pub(crate) fn write<'a>(schema: &SchemaName, stored: &StoredTable, commits: &[Commit]) -> Done<Option<Statement<'a>>> {
    let mut last: BTreeMap<(i16, i64, i64), i64> = BTreeMap::new();
    let changes = commits.iter().flat_map(|commit| &commit.rows).filter(|change| *change.table == *stored.table.name);
    for change in changes.filter(|_| stored.table.owned) {
        for (part, person) in change.left_lists() {
            last.insert((part as i16, person, number(change.id.0)?), number(change.change)?);
        }
    }
    if last.is_empty() {
        return Ok(None);
    }
    let sql = format!(
        "INSERT INTO @left_{} (part, person, id, change)
         SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::bigint[])
         ON CONFLICT (part, person, id) DO UPDATE SET change = excluded.change",
        stored.number
    );
    let values = values![
        last.keys().map(|(part, ..)| *part).collect::<Vec<i16>>(),
        last.keys().map(|(_, person, _)| *person).collect::<Vec<i64>>(),
        last.keys().map(|(.., id)| *id).collect::<Vec<i64>>(),
        last.values().copied().collect::<Vec<i64>>(),
    ];
    Ok(Some(Statement::new(schema.sql(&sql), values)))
}
