//! Which database a store lies in, and in which it has worked last: so a copy that comes to life is told from the store it was copied from.
use crate::fault::Done;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use runtime::port::store::StoreOrigin;

/// The server's number and the timeline of its write-ahead log, which a restore or a failover changes; and the numbers of
/// database and schema, which a copy does not have.
pub(crate) fn of_schema(session: &Session, schema: &SchemaName) -> Done<String> {
    let sql = "SELECT format('%s.%s.%s.%s', (SELECT system_identifier FROM pg_control_system()),
            substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8),
            (SELECT oid FROM pg_database WHERE datname = current_database()),
            (SELECT oid FROM pg_namespace WHERE nspname = $1))";
    let name = schema.name().to_string();
    let rows = session.query(&Statement::new(sql, values![name]))?;
    Ok(rows.first().map(|row| row.try_get(0)).transpose()?.unwrap_or_default())
}

pub(crate) fn origin(session: &Session, schema: &SchemaName, lies: &str) -> Done<StoreOrigin> {
    let sql = schema.sql("SELECT value FROM @identity WHERE name = 'place'");
    let rows = session.query(&Statement::new(sql, vec![]))?;
    let stored: Option<String> = rows.first().map(|row| row.try_get(0)).transpose()?;
    Ok(match stored {
        Some(stored) if stored != lies => StoreOrigin::Elsewhere,
        Some(_) | None => StoreOrigin::Here,
    })
}

/// Where a store lies that was put back to an earlier moment: nowhere else, but it did not work there.
pub(crate) const RESTORED: &str = "restored";

/// In the transaction of a group: from now on the store works here.
pub(crate) fn settle<'a>(schema: &SchemaName, lies: &str) -> Statement<'a> {
    let sql = "INSERT INTO @identity (name, value) VALUES ('place', $1)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    Statement::new(schema.sql(sql), values![lies.to_string()])
}
