//! The log: events in the order of their positions.
use crate::cache::Cache;
use crate::connection::{bound, limit};
use crate::fault::{Done, failed};
use crate::signatures;
use crate::sums::{Part, Record};
use kernel::uuid::Uuid;
use kernel::{Commit, Id, Meta, Recorded, Timestamp};
use rusqlite::types::Type;
use rusqlite::{Connection, Params, Result, Row, params};
use std::sync::Arc;

/// An event as [`recorded`] reads it.
pub(crate) fn select(connection: &Connection) -> Result<String> {
    let signature = signatures::column(connection)?;
    Ok(format!(
        "SELECT position, event_id, event_type, version, published, kind, id, key, at, correlation, traceparent, {signature}, body, sum
         FROM log"
    ))
}

/// Appends the events of a group and returns where the log ends then.
pub(crate) fn append(connection: &Connection, commits: &[Commit], cache: &mut Cache) -> Done<u64> {
    let Cache { mut position, ref mut sums, ref mut signatures, .. } = *cache;
    let mut insert = connection
        .prepare_cached("INSERT INTO log VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")?;
    for event in commits.iter().flat_map(|commit| &commit.events) {
        position += 1;
        if event.position != position {
            return failed(format!(
                "An event of the group has position {} where {position} is next. Nothing was written.",
                event.position
            ));
        }
        let Recorded { event_id, event_type, version, published, kind, id, key, at, meta, body, .. } = &**event;
        let Meta { correlation_id, traceparent, .. } = meta;
        let signature = meta.signature().map(|signature| signatures.keep(connection, signature)).transpose()?;
        let sum = sum(event, signature.map(|kept| kept.text.as_str()));
        insert.execute(params![
            position,
            &event_id.as_bytes()[..],
            event_type,
            version,
            published,
            kind,
            id.0,
            key.0,
            at.0,
            &**correlation_id,
            traceparent.as_deref(),
            signature.map(|kept| kept.number),
            &**body,
            sum
        ])?;
        sums.add(Part::Log, sum);
    }
    Ok(position)
}

pub(crate) fn end(connection: &Connection) -> Result<u64> {
    connection.query_row("SELECT coalesce(max(position), 0) FROM log", [], |row| row.get(0))
}

pub(crate) fn after(connection: &Connection, after: u64, at_most: usize) -> Result<Vec<Recorded>> {
    read(connection, "WHERE position > ?1 ORDER BY position LIMIT ?2", params![bound(after), limit(at_most)])
}

pub(crate) fn of_key(connection: &Connection, key: Id, after: u64, at_most: usize) -> Result<Vec<Recorded>> {
    read(
        connection,
        "WHERE key = ?1 AND position > ?2 ORDER BY position LIMIT ?3",
        params![key.0, bound(after), limit(at_most)],
    )
}

fn read(connection: &Connection, which: &str, values: impl Params) -> Result<Vec<Recorded>> {
    connection.prepare_cached(&format!("{} {which}", select(connection)?))?.query_map(values, recorded)?.collect()
}

pub(crate) fn recorded(row: &Row<'_>) -> Result<Recorded> {
    let traceparent = row.get_ref(10)?.as_str_or_null()?.map(Arc::from);
    let meta = Meta { correlation_id: row.get_ref(9)?.as_str()?.into(), traceparent, ..Meta::default() };
    Ok(Recorded {
        position: row.get(0)?,
        event_id: Uuid::from_bytes(row.get(1)?),
        event_type: row.get::<_, String>(2)?.into(),
        version: row.get(3)?,
        published: row.get(4)?,
        kind: row.get::<_, String>(5)?.into(),
        id: Id(row.get(6)?),
        key: Id(row.get(7)?),
        at: Timestamp(row.get(8)?),
        meta: meta
            .signed(row.get_ref(11)?.as_str_or_null()?)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(11, Type::Text, error.into()))?,
        body: row.get_ref(12)?.as_str()?.into(),
        value: None,
    })
}

pub(crate) fn sum(event: &Recorded, signature: Option<&str>) -> i64 {
    Record::default()
        .number(event.position as i64)
        .bytes(event.event_id.as_bytes())
        .text(&event.event_type)
        .number(event.version.into())
        .number(event.published.into())
        .text(&event.kind)
        .number(event.id.0 as i64)
        .number(event.key.0 as i64)
        .number(event.at.0)
        .text(&event.meta.correlation_id)
        .maybe(event.meta.traceparent.as_deref())
        .maybe(signature)
        .text(&event.body)
        .sum()
}
