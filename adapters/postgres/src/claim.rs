//! Takes a store: a new epoch, and its row in `groups`, before anything is read. What an owner before it still sends comes too late.
use crate::boot_time::now_ms;
use crate::fault::{Done, Fault};
use crate::fence::{Fence, random};
use crate::identity::Whose;
use crate::layout::FORMAT;
use crate::lease::Lease;
use crate::lift;
use crate::number::{bound, unsigned};
use crate::options::PostgresOptions;
use crate::session::{Session, WRITING};
use crate::statement::{Statement, values};
use runtime::port::replica::Replica;
use runtime::port::store::StoreError;
use std::time::Duration;
use tokio_postgres::error::SqlState;

/// A group of the owner before may come in between so often.
const TRIES: usize = 20;
/// How often a lease that may end soon is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// Who claims, of which store, and how long it may be unheard of.
pub(crate) struct Claimant<'a> {
    pub whose: Whose<'a>,
    pub me: &'a Replica,
    pub options: &'a PostgresOptions,
}

/// A store that was taken.
pub(crate) struct Claim {
    pub fence: Fence,
    /// By the clock of this machine: the lease began later.
    pub sent_ms: u64,
}

/// What a try has come to.
enum Claimed {
    Ours(Claim),
    Others(Lease),
    /// Another row came in between.
    Again,
}

/// Waits until nobody owns the store, without owning it.
///
/// # Errors
/// `Busy` names the owner, as at a claim.
pub(crate) fn expect_free(session: &Session, whose: &Whose<'_>, options: &PostgresOptions) -> Done<()> {
    let mut before: Option<Lease> = None;
    loop {
        let lease = Lease::look(session, whose)?;
        if lease.has_ended() {
            return Ok(());
        }
        may_be_waited_for(&lease, before.as_ref(), whose, options)?;
        before = Some(lease);
        std::thread::sleep(LOOK);
    }
}

/// The owner of a lease that ends soon may be gone; an owner that is heard of meanwhile is not.
fn may_be_waited_for(lease: &Lease, before: Option<&Lease>, whose: &Whose<'_>, options: &PostgresOptions) -> Done<()> {
    let is_alive = before.is_some_and(|before| before.until != lease.until);
    let ends_soon = lease.left_ms <= i64::try_from(options.lease_ms).unwrap_or(i64::MAX);
    if !is_alive && ends_soon { Ok(()) } else { Err(lease.busy(whose)) }
}

impl Claimant<'_> {
    /// Waits for a lease that ends soon. A process of the same name takes over at once.
    ///
    /// # Errors
    /// `Busy` names the owner, where that one lives or has more time left than an owner that is not heard of.
    pub fn claim(&self, session: &Session) -> Done<Claim> {
        let mut before: Option<Lease> = None;
        loop {
            let is_mine =
                |lease: &Lease| lease.has_ended() || *lease.heir.as_ref().unwrap_or(&lease.owner) == self.me.id;
            match self.tried(session, is_mine)? {
                Ok(claim) => return Ok(claim),
                Err(lease) => {
                    may_be_waited_for(&lease, before.as_ref(), &self.whose, self.options)?;
                    before = Some(lease);
                    std::thread::sleep(LOOK);
                }
            }
        }
    }

    /// Where this says that the store may be claimed.
    ///
    /// # Errors
    /// `Busy` names the owner.
    pub fn claim_at_once(&self, session: &Session, may: impl FnMut(&Lease) -> bool) -> Done<Claim> {
        self.tried(session, may)?.map_err(|lease| lease.busy(&self.whose))
    }

    fn tried(&self, session: &Session, mut may: impl FnMut(&Lease) -> bool) -> Done<std::result::Result<Claim, Lease>> {
        for _ in 0..=TRIES {
            match self.once(session, &mut may)? {
                Claimed::Ours(claim) => return Ok(Ok(claim)),
                Claimed::Others(lease) => return Ok(Err(lease)),
                Claimed::Again => {}
            }
        }
        Err(Fault::Said(StoreError::Busy(format!(
            "Another process writes the schema {} without end. Stop it, then try again.",
            self.whose.schema.name()
        ))))
    }

    /// Who may not claim locks nothing that an owner would wait for. Nor is a lock taken by who has another one already: two
    /// that lift a schema would wait for each other.
    fn once(&self, session: &Session, may: &mut impl FnMut(&Lease) -> bool) -> Done<Claimed> {
        let whose = &self.whose;
        let (format, lease) = (whose.check(session)?, Lease::look(session, whose)?);
        if !may(&lease) {
            return Ok(Claimed::Others(lease));
        }
        let claim = || {
            if format < FORMAT {
                lift::lock(session, whose)?;
            }
            let lease = Lease::lock(session, whose)?;
            if !may(&lease) {
                return Ok(Claimed::Others(lease));
            }
            lift::lift(session, whose)?;
            end_writer(session, whose)?;
            let sent_ms = now_ms();
            let epoch = self.take(session)?;
            Ok(Claimed::Ours(Claim { fence: append(session, whose, epoch)?, sent_ms }))
        };
        // a schema of an older format is brought to this one, which takes as long as it is large
        let done =
            if format < FORMAT { session.unhurried_transaction(claim) } else { session.transaction(WRITING, claim) };
        match done {
            Err(fault) if fault.code() == Some(&SqlState::UNIQUE_VIOLATION) => Ok(Claimed::Again),
            done => done,
        }
    }

    fn take(&self, session: &Session) -> Done<i64> {
        let sql = "UPDATE @lease SET epoch = epoch + 1, owner = $1, url = $2, release = $3, heir = NULL,
                writer_pid = pg_backend_pid(),
                writer_start = (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()),
                until = clock_timestamp() + $4::bigint * interval '1 ms'
            RETURNING epoch";
        let Replica { id, url, release, .. } = self.me;
        let values = values![id.as_str(), url.as_str(), bound(*release), self.options.lease_ms as i64];
        let rows = session.query(&Statement::new(self.whose.schema.sql(sql), values))?;
        let Some(row) = rows.first() else { return Err(self.whose.foreign("a store without its lease")) };
        Ok(row.try_get(0)?)
    }
}

/// Hastens the end of a writer that is gone, where it was the same user's; safety does not rest on it.
fn end_writer(session: &Session, whose: &Whose<'_>) -> Done<()> {
    let sql = "SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN @lease l
        ON a.pid = l.writer_pid AND a.backend_start = l.writer_start
        WHERE a.pid <> pg_backend_pid() AND a.usename = current_user";
    session.query(&Statement::new(whose.schema.sql(sql), vec![]))?;
    Ok(())
}

/// The claim's own group: whatever an owner before it still sends stands behind another one.
fn append(session: &Session, whose: &Whose<'_>, epoch: i64) -> Done<Fence> {
    let sql = "INSERT INTO @groups (version, epoch, id, position, change, claim, head)
        SELECT version + 1, $1, $2, position, change, true, head FROM @groups ORDER BY version DESC LIMIT 1
        RETURNING version";
    let id = random();
    let rows = session.query(&Statement::new(whose.schema.sql(sql), values![epoch, id]))?;
    let Some(row) = rows.first() else { return Err(whose.foreign("a store without its groups")) };
    let version: i64 = row.try_get(0)?;
    unsigned(version)?;
    Ok(Fence { version, epoch, id })
}
