//! A schema of an older format gets what has come since, in the transaction of a claim: it is claimed and lifted, or as it was.
use crate::fault::Done;
use crate::identity::Whose;
use crate::layout::{FORMAT, SINCE_FORMAT_1, SINCE_FORMAT_2};
use crate::owners;
use crate::session::Session;
use crate::statement::{Statement, values};

/// Before anything of the lease is read or locked in the transaction: of two that lift a schema, one waits.
pub(crate) fn lock(session: &Session, whose: &Whose<'_>) -> Done<()> {
    session.run(&whose.schema.sql("LOCK TABLE @lease IN ACCESS EXCLUSIVE MODE"))
}

/// Under the lock of a claim: another one may have lifted the schema meanwhile, or a newer release may.
pub(crate) fn lift(session: &Session, whose: &Whose<'_>) -> Done<()> {
    let format = whose.check(session)?;
    if format == FORMAT {
        return Ok(());
    }
    if format < 2 {
        session.run(&whose.schema.sql(SINCE_FORMAT_1))?;
    }
    if format < 3 {
        session.run(&whose.schema.sql(SINCE_FORMAT_2))?;
    }
    if format == 4 {
        owners::join_removed(session, whose.schema)?;
    }
    let sql = whose.schema.sql("UPDATE @identity SET value = $1 WHERE name = 'format'");
    session.query(&Statement::new(sql, values![FORMAT.to_string()])).map(|_| ())
}
