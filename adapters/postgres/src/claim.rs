//! Takes a store: a new epoch, and its row in `groups`, before anything is read. What an owner before it still sends comes too late.
use crate::fault::{Done, Fault};
use crate::fence::{Fence, random};
use crate::identity::Whose;
use crate::number::unsigned;
use crate::options::PostgresOptions;
use crate::session::{Session, WRITING};
use crate::statement::{Statement, values};
use runtime::port::store::StoreError;
use std::time::Duration;
use tokio_postgres::error::SqlState;

/// A group of the owner before may come in between so often.
const TRIES: usize = 20;
/// How often a lease that may end soon is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// The lease as it stands.
#[derive(Debug, PartialEq)]
struct Lease {
    epoch: i64,
    owner: String,
    /// Until it ends; not above 0: it has ended.
    left_ms: i64,
    /// As the server writes it: another one each time the owner is heard of.
    until: String,
}

impl Lease {
    /// The owner of one that ends soon may be gone; an owner that is heard of meanwhile is not.
    fn may_be_waited_for(&self, before: Option<&Lease>, whose: &Whose<'_>, options: &PostgresOptions) -> Done<()> {
        let is_alive = before.is_some_and(|before| before.until != self.until);
        if !is_alive && self.left_ms <= i64::try_from(options.lease_ms).unwrap_or(i64::MAX) {
            return Ok(());
        }
        Err(Fault::Said(StoreError::Busy(format!(
            "{} has the schema {} open. Stop it, or wait: its time ends at {}.",
            self.owner,
            whose.schema.name(),
            self.until
        ))))
    }
}

/// Waits until nobody owns the store, without owning it.
///
/// # Errors
/// `Busy` names the owner, as at a claim.
pub(crate) fn expect_free(session: &Session, whose: &Whose<'_>, options: &PostgresOptions) -> Done<()> {
    let mut before: Option<Lease> = None;
    loop {
        let lease = look(session, whose, "")?;
        if lease.left_ms <= 0 {
            return Ok(());
        }
        lease.may_be_waited_for(before.as_ref(), whose, options)?;
        before = Some(lease);
        std::thread::sleep(LOOK);
    }
}

/// What a claim has come to.
enum Claimed {
    Ours(Fence),
    Others(Lease),
    /// Another row came in between.
    Again,
}

/// # Errors
/// `Busy` names the owner, where that one lives or has more time left than an owner that is not heard of.
pub(crate) fn claim(session: &Session, whose: &Whose<'_>, options: &PostgresOptions) -> Done<Fence> {
    let (mut before, mut tries): (Option<Lease>, usize) = (None, 0);
    loop {
        match once(session, whose, options)? {
            Claimed::Ours(fence) => return Ok(fence),
            Claimed::Again if tries < TRIES => tries += 1,
            Claimed::Again => return Err(Fault::Said(StoreError::Busy(whose_groups(whose)))),
            Claimed::Others(lease) => {
                lease.may_be_waited_for(before.as_ref(), whose, options)?;
                before = Some(lease);
                std::thread::sleep(LOOK);
            }
        }
    }
}

fn whose_groups(whose: &Whose<'_>) -> String {
    format!("Another process writes the schema {} without end. Stop it, then try again.", whose.schema.name())
}

fn once(session: &Session, whose: &Whose<'_>, options: &PostgresOptions) -> Done<Claimed> {
    let done = session.transaction(WRITING, || {
        whose.check(session)?;
        let lease = look(session, whose, "FOR UPDATE")?;
        if lease.left_ms > 0 && lease.owner != options.owner {
            return Ok(Claimed::Others(lease));
        }
        end_writer(session, whose)?;
        let epoch = take(session, whose, options)?;
        Ok(Claimed::Ours(Fence { version: row(session, whose, epoch)?, epoch }))
    });
    match done {
        Err(fault) if fault.code() == Some(&SqlState::UNIQUE_VIOLATION) => Ok(Claimed::Again),
        done => done,
    }
}

fn look(session: &Session, whose: &Whose<'_>, lock: &str) -> Done<Lease> {
    let sql = "SELECT epoch, owner, until::text,
            CASE WHEN until = '-infinity' THEN 0
                 ELSE least(extract(epoch FROM until - clock_timestamp()) * 1000, 1e15)::bigint END
        FROM @lease";
    let rows = session.query(&Statement::new(whose.schema.sql(&format!("{sql} {lock}")), vec![]))?;
    let Some(row) = rows.first() else { return Err(whose.foreign("a store without its lease")) };
    Ok(Lease { epoch: row.try_get(0)?, owner: row.try_get(1)?, until: row.try_get(2)?, left_ms: row.try_get(3)? })
}

/// Hastens the end of a writer that is gone, where it was the same user's; safety does not rest on it.
fn end_writer(session: &Session, whose: &Whose<'_>) -> Done<()> {
    let sql = "SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN @lease l
        ON a.pid = l.writer_pid AND a.backend_start = l.writer_start
        WHERE a.pid <> pg_backend_pid() AND a.usename = current_user";
    session.query(&Statement::new(whose.schema.sql(sql), vec![]))?;
    Ok(())
}

fn take(session: &Session, whose: &Whose<'_>, options: &PostgresOptions) -> Done<i64> {
    let sql = "UPDATE @lease SET epoch = epoch + 1, owner = $1, writer_pid = pg_backend_pid(),
            writer_start = (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()),
            until = clock_timestamp() + $2::bigint * interval '1 ms'
        RETURNING epoch";
    let values = values![options.owner.as_str(), options.lease_ms as i64];
    let rows = session.query(&Statement::new(whose.schema.sql(sql), values))?;
    let Some(row) = rows.first() else { return Err(whose.foreign("a store without its lease")) };
    Ok(row.try_get(0)?)
}

fn row(session: &Session, whose: &Whose<'_>, epoch: i64) -> Done<i64> {
    let sql = "INSERT INTO @groups (version, epoch, id, position, change, claim, head)
        SELECT version + 1, $1, $2, position, change, true, head FROM @groups ORDER BY version DESC LIMIT 1
        RETURNING version";
    let rows = session.query(&Statement::new(whose.schema.sql(sql), values![epoch, random()]))?;
    let Some(row) = rows.first() else { return Err(whose.foreign("a store without its groups")) };
    let version: i64 = row.try_get(0)?;
    unsigned(version)?;
    Ok(version)
}
