//! The tables every store has; those of collections and of kinds of states come as they are needed.

/// Grows with every change of the layout that an older release could not read.
pub(crate) const FORMAT: i64 = 2;
/// Of a store without pairs of finds. It stays as it is until a pair is declared.
pub(crate) const FORMAT_WITHOUT_PAIRS: i64 = 1;
/// From this format on a store has the table of pairs. An older release would write rows without their keys.
pub(crate) const FORMAT_WITH_PAIRS: i64 = 2;
/// "Nadu": how a file says that it is ours.
pub(crate) const APPLICATION: i64 = 0x4e61_6475;

pub(crate) const TABLES: &str = "
CREATE TABLE identity (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE sums (part TEXT PRIMARY KEY, records INTEGER NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE collections (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
    finds INTEGER NOT NULL, sorts INTEGER NOT NULL, ordered INTEGER NOT NULL);
CREATE TABLE kinds (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE blocks (idx INTEGER, a INTEGER, b INTEGER, c INTEGER, records INTEGER NOT NULL,
    PRIMARY KEY (idx, a, b, c)) WITHOUT ROWID;
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

/// The pairs of finds of each collection, in the order of their columns.
pub(crate) const PAIRS: &str = "
CREATE TABLE IF NOT EXISTS pairs (collection INTEGER, nth INTEGER, one INTEGER NOT NULL, other INTEGER NOT NULL,
    PRIMARY KEY (collection, nth)) WITHOUT ROWID;
";
