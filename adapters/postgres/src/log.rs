//! The log: events in the order of their positions.
use crate::fault::{Done, failed};
use crate::number::{bound, limit, number, unsigned};
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::text::{Kept, Read};
use kernel::uuid::Uuid;
use kernel::{Commit, Id, Meta, Recorded, Timestamp};
use std::sync::Arc;
use tokio_postgres::Row;

const COLUMNS: &str =
    "position, event_id, event_type, version, published, kind, id, key, at, correlation, traceparent, who, body";

const INSERT: &str =
    "INSERT INTO @log (position, event_id, event_type, version, published, kind, id, key, at, correlation,
        traceparent, who, body)
    SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::bool[], $6::text[], $7::bigint[],
        $8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[])";

/// The events of a group behind `position`, and where the log ends then.
pub(crate) fn append<'a>(
    schema: &SchemaName,
    commits: &'a [Commit],
    mut position: u64,
) -> Done<(Option<Statement<'a>>, u64)> {
    let events: Vec<&Recorded> = commits.iter().flat_map(|commit| &commit.events).map(Arc::as_ref).collect();
    for event in &events {
        position += 1;
        if event.position != position {
            return failed(format!(
                "An event of the group has position {} where {position} is next. Nothing was written.",
                event.position
            ));
        }
    }
    if events.is_empty() {
        return Ok((None, position));
    }
    let numbers = |of: fn(&Recorded) -> u64| events.iter().map(|event| number(of(event))).collect::<Done<Vec<i64>>>();
    let texts = |of: fn(&Recorded) -> &str| events.iter().map(|event| Kept::new(of(event))).collect::<Vec<_>>();
    let values = values![
        numbers(|event| event.position)?,
        events.iter().map(|event| event.event_id).collect::<Vec<Uuid>>(),
        texts(|event| &event.event_type),
        numbers(|event| event.version.into())?,
        events.iter().map(|event| event.published).collect::<Vec<bool>>(),
        texts(|event| &event.kind),
        numbers(|event| event.id.0)?,
        numbers(|event| event.key.0)?,
        events.iter().map(|event| event.at.0).collect::<Vec<i64>>(),
        texts(|event| &event.meta.correlation_id),
        events.iter().map(|event| event.meta.traceparent.as_deref().map(Kept::new)).collect::<Vec<_>>(),
        events
            .iter()
            .map(|event| event.meta.signature().map(|signature| signature.text()))
            .collect::<Vec<Option<String>>>(), // JSON, so it has no U+0000
        texts(|event| &event.body),
    ];
    Ok((Some(Statement::new(schema.sql(INSERT), values)), position))
}

pub(crate) fn end(session: &Session, schema: &SchemaName) -> Done<u64> {
    let sql = schema.sql("SELECT max(position) FROM @log");
    crate::highest_id::query_highest(session, &Statement::new(sql, vec![]))
}

pub(crate) fn after(session: &Session, schema: &SchemaName, after: u64, at_most: usize) -> Done<Vec<Recorded>> {
    let sql = format!("SELECT {COLUMNS} FROM @log WHERE position > $1 ORDER BY position LIMIT $2");
    read(session, &Statement::new(schema.sql(&sql), values![bound(after), limit(at_most)]))
}

pub(crate) fn of_key(
    session: &Session,
    schema: &SchemaName,
    key: Id,
    after: u64,
    at_most: usize,
) -> Done<Vec<Recorded>> {
    let sql = format!("SELECT {COLUMNS} FROM @log WHERE key = $1 AND position > $2 ORDER BY position LIMIT $3");
    let values = values![bound(key.0), bound(after), limit(at_most)];
    read(session, &Statement::new(schema.sql(&sql), values))
}

fn read(session: &Session, statement: &Statement<'_>) -> Done<Vec<Recorded>> {
    session.query(statement)?.iter().map(recorded).collect()
}

fn recorded(row: &Row) -> Done<Recorded> {
    let text = |nth| Ok::<_, tokio_postgres::Error>(row.try_get::<_, Read>(nth)?.0);
    let maybe = |nth| Ok::<_, tokio_postgres::Error>(row.try_get::<_, Option<Read>>(nth)?.map(|read| read.0));
    let number = |nth| unsigned(row.try_get::<_, i64>(nth)?);
    let meta = Meta { correlation_id: text(9)?, traceparent: maybe(10)?, ..Meta::default() };
    Ok(Recorded {
        position: number(0)?,
        event_id: row.try_get(1)?,
        event_type: text(2)?.to_string().into(),
        version: number(3)? as u32,
        published: row.try_get(4)?,
        kind: text(5)?.to_string().into(),
        id: Id(number(6)?),
        key: Id(number(7)?),
        at: Timestamp(row.try_get(8)?),
        meta: meta.signed(row.try_get(11)?)?,
        body: text(12)?,
        value: None,
    })
}
