//! The lease: who has claimed a store, until when, and whose turn it is. It decides who tries; safety does not rest on it.
use crate::boot_time::now_ms;
use crate::fault::{Done, Fault};
use crate::identity::Whose;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use runtime::port::store::StoreError;
use tokio_postgres::Row;

/// A schema of the first format has no columns for where its owner is, nor for an heir.
const SELECT: &str = "SELECT epoch, owner, until::text,
        CASE WHEN until = '-infinity' THEN 0
             ELSE least(extract(epoch FROM until - clock_timestamp()) * 1000, 1e15)::bigint END,
        coalesce(to_jsonb(l) ->> 'url', ''), coalesce((to_jsonb(l) ->> 'release')::bigint, 0), to_jsonb(l) ->> 'heir',
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint
    FROM @lease l";

/// Ends at once, as the server writes it.
const GIVEN_BACK: &str = "-infinity";

/// So long only the heir may claim what is given to it.
const HEIR_MS: i64 = 1000;

/// As it stands.
#[derive(Debug, PartialEq)]
pub(crate) struct Lease {
    pub epoch: i64,
    pub owner: String,
    /// As the server writes it: another one each time the owner is heard of.
    pub until: String,
    /// Until it ends; not above 0: it has ended.
    pub left_ms: i64,
    pub url: String,
    pub release: i64,
    /// Whom the owner has given it to.
    pub heir: Option<String>,
    /// The server's clock when it was looked at, since 1970.
    pub server_ms: i64,
}

impl Lease {
    pub fn statement<'a>(schema: &SchemaName) -> Statement<'a> {
        Statement::new(schema.sql(SELECT), vec![])
    }

    pub fn look(session: &Session, whose: &Whose<'_>) -> Done<Lease> {
        Lease::of(&session.query(&Lease::statement(whose.schema))?, whose)
    }

    /// Nobody else claims it until the transaction ends.
    pub fn lock(session: &Session, whose: &Whose<'_>) -> Done<Lease> {
        let sql = format!("{SELECT} FOR UPDATE");
        Lease::of(&session.query(&Statement::new(whose.schema.sql(&sql), vec![]))?, whose)
    }

    pub fn of(rows: &[Row], whose: &Whose<'_>) -> Done<Lease> {
        let Some(row) = rows.first() else { return Err(whose.foreign("a store without its lease")) };
        Ok(Lease {
            epoch: row.try_get(0)?,
            owner: row.try_get(1)?,
            until: row.try_get(2)?,
            left_ms: row.try_get(3)?,
            url: row.try_get(4)?,
            release: row.try_get(5)?,
            heir: row.try_get(6)?,
            server_ms: row.try_get(7)?,
        })
    }

    pub fn has_ended(&self) -> bool {
        self.left_ms <= 0
    }

    pub fn is_given_back(&self) -> bool {
        self.heir.is_some() || self.until == GIVEN_BACK
    }

    /// Who has the store, and what to do.
    pub fn busy(&self, whose: &Whose<'_>) -> Fault {
        let (name, Lease { owner, until, .. }) = (whose.schema.name(), self);
        Fault::Said(StoreError::Busy(match &self.heir {
            Some(heir) => format!("{owner} has given the schema {name} to {heir}, which may claim it until {until}."),
            None => format!("{owner} has the schema {name} open. Stop it, or wait: its time ends at {until}."),
        }))
    }
}

/// An owner gives the store back: to the heir, who may claim it at once, others a moment later. No lease of a later owner
/// ends by it.
pub(crate) fn give_back(session: &Session, schema: &SchemaName, epoch: i64, heir: Option<&str>) -> Done<()> {
    let sql = "UPDATE @lease SET heir = $2, until = CASE WHEN $2::text IS NULL THEN '-infinity'
            ELSE clock_timestamp() + $3::bigint * interval '1 ms' END
        WHERE epoch = $1";
    session.query(&Statement::new(schema.sql(sql), values![epoch, heir, HEIR_MS])).map(|_| ())
}

/// Tells an owner that is not heard of by this machine's clock: the server's may have been set.
#[derive(Default)]
pub(crate) struct Watch {
    /// Its epoch and its end.
    seen: Option<(i64, String)>,
    since_ms: u64,
}

impl Watch {
    /// Since when the lease is as it is, as far as it was looked at.
    pub fn still_ms(&mut self, lease: &Lease) -> u64 {
        let (now, seen) = (now_ms(), Some((lease.epoch, lease.until.clone())));
        if self.seen != seen {
            (self.seen, self.since_ms) = (seen, now);
        }
        now.saturating_sub(self.since_ms)
    }
}
