//! What can be set about a store on Postgres.
use crate::tls::ServerTls;

/// Times and limits of one store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostgresOptions {
    /// Who works with the store: the same after a restart, and no other process at the same time. A replica that stands by
    /// goes by its own id.
    pub owner: String,
    pub tls: ServerTls,
    /// Connections for readers; further ones wait. Opened when first needed.
    pub readers_max: usize,
    /// A server that has not answered by then is not reached.
    pub connect_ms: u64,
    /// The server ends a statement of a writer that takes longer.
    pub statement_ms: u64,
    /// The same for a reader's.
    pub read_ms: u64,
    /// The server ends a statement that waits longer for a lock.
    pub lock_ms: u64,
    /// So long the outcome of a group is looked for when the connection broke before it was known.
    pub resolve_ms: u64,
    /// An owner that has not been heard of for so long may be followed by another one. The same for all replicas of a context.
    pub lease_ms: u64,
    /// How often an owner is heard of: several times within its lease, which it does not rely on to the end.
    pub heartbeat_ms: u64,
    /// An owner that has not asked for its lease for so long stands still, and is not kept alive by its heartbeat.
    pub stalled_ms: u64,
    /// Stored answers that go with one group when they are old enough.
    pub answers_batch: u32,
    /// Newest groups whose head is kept; it is taken from older ones once so many more have come.
    pub heads_kept: u64,
    /// Rows of a table that come and go before its counts are written anew: what a reader that begins looks at. More in a large table.
    pub moved_max: u64,
}

impl Default for PostgresOptions {
    fn default() -> PostgresOptions {
        PostgresOptions {
            owner: "nadul".into(),
            tls: ServerTls::default(),
            readers_max: 4,
            connect_ms: 2000,
            statement_ms: 5000,
            read_ms: 30_000,
            lock_ms: 2000,
            resolve_ms: 10_000,
            lease_ms: 3000,
            heartbeat_ms: 750,
            stalled_ms: 10_000,
            answers_batch: 256,
            heads_kept: 1000,
            moved_max: 4096,
        }
    }
}
