//! A group of commits as one transaction: all of it, or nothing.
use crate::cache::Cache;
use crate::catalog::{self, Catalog};
use crate::fault::{Done, Fault, failed};
use crate::options::Options;
use crate::{answers, calls, head, log, parked, place, rows, states};
use kernel::Group;
use rusqlite::Connection;

pub(crate) fn apply(
    connection: &Connection,
    (group, settles): (&Group, Option<&str>),
    catalog: &Catalog,
    cache: &mut Cache,
    options: &Options,
) -> Done<()> {
    if connection.is_autocommit() {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    }
    let settled = settles.map_or(Ok(()), |place| place::settle(connection, place));
    let written = settled
        .and_then(|()| write(connection, group, catalog, cache, options))
        .and_then(|()| connection.prepare_cached("COMMIT")?.execute([]).map_err(Fault::AtCommit));
    if written.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    written.map(|_| ())
}

fn write(connection: &Connection, group: &Group, catalog: &Catalog, cache: &mut Cache, options: &Options) -> Done<()> {
    cache.position = log::append(connection, &group.commits, cache)?;
    if group.head.position != cache.position {
        return failed(format!(
            "The group's head is at position {} but its log ends at {}. Nothing was written.",
            group.head.position, cache.position
        ));
    }
    states::write(connection, &group.commits, &mut cache.kinds, &cache.states)?;
    rows::write(connection, &group.commits, catalog, cache, options)?;
    for commit in &group.commits {
        calls::write(connection, commit, &mut cache.sums, &cache.calls)?;
        answers::write(connection, &commit.answers, &mut cache.sums)?;
        parked::write(connection, commit, &mut cache.sums)?;
    }
    if let Some(before) = group.answers_before {
        answers::expire(connection, before, options.answers_batch, &mut cache.sums)?;
    }
    for table in &group.drop {
        if let Ok(stored) = catalog.get(table) {
            catalog::remove(connection, &stored)?;
            cache.counts.remove(&stored.number);
        }
    }
    cache.sums.settle(connection)?;
    head::put(connection, &group.head)
}
