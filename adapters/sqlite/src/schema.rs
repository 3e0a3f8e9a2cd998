//! The tables every store has; those of collections and of kinds of states come as they are needed.

use rusqlite::{Connection, Result};

/// Grows with every change of the layout that an older release could not read.
pub(crate) const FORMAT: i64 = FORMAT_WITH_PENDING;
/// From this format on a store may have the table of pairs.
pub(crate) const FORMAT_WITH_PAIRS: i64 = 2;
/// From this format on a record of `blocks` may stand for several blocks.
pub(crate) const FORMAT_WITH_CUTS: i64 = 3;
/// From this format on each run of a table's rows has a part of each index, and blocks of its own.
pub(crate) const FORMAT_WITH_RUNS: i64 = 4;
/// From this format on the rows of a table may belong to people.
pub(crate) const FORMAT_WITH_OWNERS: i64 = 5;
/// From this format on who asked and whose it was is kept once for all events it is the same for, whose a row was that left stands beside where it
/// was and not in a table of its own, and a table has one index for each part in which rows are somebody's, in runs.
pub(crate) const FORMAT_WITH_SIGNATURES: i64 = 6;
/// From this format on a listed row may be in none of its table's indexes yet.
pub(crate) const FORMAT_WITH_PENDING: i64 = 7;
/// "Nadu": how a file says that it is ours.
pub(crate) const APPLICATION: i64 = 0x4e61_6475;

/// Those that every format has as they are here.
const TABLES: &str = "
CREATE TABLE identity (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE sums (part TEXT PRIMARY KEY, records INTEGER NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE collections (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
    finds INTEGER NOT NULL, sorts INTEGER NOT NULL, ordered INTEGER NOT NULL);
CREATE TABLE kinds (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE log (position INTEGER PRIMARY KEY, event_id BLOB NOT NULL, event_type TEXT NOT NULL,
    version INTEGER NOT NULL, published INTEGER NOT NULL, kind TEXT NOT NULL, id INTEGER NOT NULL,
    key INTEGER NOT NULL, at INTEGER NOT NULL, correlation TEXT NOT NULL, traceparent TEXT, who TEXT,
    body TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE INDEX log_key ON log (key);
CREATE TABLE calls (caller TEXT, ticket INTEGER, step INTEGER, call TEXT, body TEXT, answer TEXT,
    sum INTEGER NOT NULL, PRIMARY KEY (caller, ticket, step)) WITHOUT ROWID;
CREATE TABLE answers (number INTEGER PRIMARY KEY, route TEXT NOT NULL, key TEXT NOT NULL, digest INTEGER NOT NULL,
    at INTEGER NOT NULL, answer TEXT NOT NULL, sum INTEGER NOT NULL, UNIQUE (route, key));
CREATE INDEX answers_at ON answers (at);
CREATE TABLE parked (consumer TEXT, source TEXT, position INTEGER, parked TEXT NOT NULL, sum INTEGER NOT NULL,
    PRIMARY KEY (consumer, source, position)) WITHOUT ROWID;
";

pub(crate) const PAIRS: &str = "
CREATE TABLE pairs (collection INTEGER, nth INTEGER, one INTEGER NOT NULL, other INTEGER NOT NULL,
    PRIMARY KEY (collection, nth)) WITHOUT ROWID;
";

pub(crate) const BLOCKS: &str = "
CREATE TABLE blocks (idx INTEGER, run INTEGER, a INTEGER, b INTEGER, c INTEGER, records INTEGER NOT NULL,
    cuts BLOB, PRIMARY KEY (idx, run, a, b, c)) WITHOUT ROWID;
";

pub(crate) const RUNS: &str = "
CREATE TABLE runs (collection INTEGER, begin INTEGER, PRIMARY KEY (collection, begin)) WITHOUT ROWID;
";

/// Which tables have owners.
pub(crate) const OWNED: &str = "
CREATE TABLE owned (collection INTEGER PRIMARY KEY);
";

/// Who asked and whose it was.
pub(crate) const SIGNATURES: &str = "
CREATE TABLE signatures (number INTEGER PRIMARY KEY, signature TEXT NOT NULL);
";

pub(crate) fn create(connection: &Connection) -> Result<()> {
    [TABLES, PAIRS, BLOCKS, RUNS, OWNED, SIGNATURES].iter().try_for_each(|tables| connection.execute_batch(tables))
}

pub(crate) fn format(connection: &Connection) -> Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
