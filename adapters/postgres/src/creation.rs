//! Makes the schema of a context, whole or not at all, and once however many begin at the same moment.
use crate::fault::{Done, Fault};
use crate::identity::Whose;
use crate::layout::{FORMAT, IDENTITY, SINCE_FORMAT_1, SINCE_FORMAT_2, TABLES};
use crate::session::Session;
use crate::statement::{Statement, values};
use runtime::port::store::StoreError;

/// What is found where a schema may be.
#[derive(PartialEq)]
enum Found {
    Nothing,
    /// An empty schema that an administrator has made.
    Empty,
    Ours,
    Foreign,
}

/// Whether there is a store of ours under this name, whosever it is.
pub(crate) fn exists(session: &Session, whose: &Whose<'_>) -> Done<bool> {
    match find(session, whose)? {
        Found::Ours => Ok(true),
        Found::Nothing | Found::Empty => Ok(false),
        Found::Foreign => Err(whose.foreign("a schema of some other program")),
    }
}

pub(crate) fn create(session: &Session, whose: &Whose<'_>) -> Done<()> {
    session.unhurried_transaction(|| {
        // others wait here for as long as it takes: IF NOT EXISTS alone fails where two begin at once
        session.run("SET LOCAL lock_timeout = 0")?;
        let name = whose.schema.name().to_string();
        session.query(&Statement::new("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", values![name]))?;
        match find(session, whose)? {
            Found::Ours => return Ok(()),
            Found::Foreign => return Err(whose.foreign("a schema of some other program")),
            Found::Nothing => session.run(&format!("CREATE SCHEMA \"{}\"", whose.schema.name()))?,
            Found::Empty => {}
        }
        [TABLES, SINCE_FORMAT_1, SINCE_FORMAT_2]
            .iter()
            .try_for_each(|tables| session.run(&whose.schema.sql(tables)))?;
        let identity = [("system", whose.system), ("context", whose.context), ("format", &FORMAT.to_string())];
        for (name, value) in identity {
            let put = whose.schema.sql("INSERT INTO @identity (name, value) VALUES ($1, $2)");
            session.query(&Statement::new(put, values![name, value]))?;
        }
        Ok(())
    })
}

fn find(session: &Session, whose: &Whose<'_>) -> Done<Found> {
    let sql = "SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = $1),
            (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1),
            (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = $1 AND c.relname IN ($2, 'lease', 'groups'))";
    let (name, identity) = (whose.schema.name().to_string(), IDENTITY);
    let rows = session.query(&Statement::new(sql, values![name, identity]))?;
    let row = rows.first().ok_or_else(|| Fault::Said(StoreError::Failed("The server's catalog is silent.".into())))?;
    let (schemas, tables, ours): (i64, i64, i64) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    Ok(match (schemas, tables, ours) {
        (0, ..) => Found::Nothing,
        (_, 0, _) => Found::Empty,
        (_, _, 3) => Found::Ours,
        _ => Found::Foreign,
    })
}
