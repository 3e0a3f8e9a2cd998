//! Answers stored under an Idempotency-Key, until they are old.
use crate::fault::Done;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::text::{self, Kept, Read};
use kernel::{Commit, StoredAnswer, Timestamp};
use std::collections::BTreeMap;
use tokio_postgres::Row;

const PUT: &str = "INSERT INTO @answers (route, key, digest, at, answer)
    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[])
    ON CONFLICT (route, key) DO UPDATE SET digest = excluded.digest, at = excluded.at, answer = excluded.answer";

/// A bounded share with each group, so that no group waits for a day's worth; from where the last share ended.
const EXPIRE: &str = "DELETE FROM @answers WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM @answers WHERE at >= $1 AND at < $2 ORDER BY at LIMIT $3)) RETURNING at";

/// Each key of a group once, at its newest.
pub(crate) fn write<'a>(schema: &SchemaName, commits: &'a [Commit]) -> Option<Statement<'a>> {
    let mut last: BTreeMap<(&str, &str), &'a StoredAnswer> = BTreeMap::new();
    for stored in commits.iter().flat_map(|commit| &commit.answers) {
        last.insert((&stored.route, &stored.key), stored);
    }
    if last.is_empty() {
        return None;
    }
    let (mut routes, mut keys, mut digests, mut ats, mut answers) = (vec![], vec![], vec![], vec![], vec![]);
    for stored in last.into_values() {
        routes.push(text::key(&stored.route).0);
        keys.push(text::key(&stored.key).0);
        digests.push(stored.digest as i64);
        ats.push(stored.at.0);
        answers.push(Kept::new(&stored.answer));
    }
    Some(Statement::new(schema.sql(PUT), values![routes, keys, digests, ats, answers]))
}

pub(crate) fn expire<'a>(schema: &SchemaName, from: Timestamp, before: Timestamp, at_most: u32) -> Statement<'a> {
    Statement::new(schema.sql(EXPIRE), values![from.0, before.0, i64::from(at_most)])
}

/// Up to where old answers are gone, by the rows that an expiry has returned.
pub(crate) fn expired_to(rows: &[Row], from: Timestamp) -> Done<Timestamp> {
    rows.iter().try_fold(from, |to, row| Ok(to.max(Timestamp(row.try_get(0)?))))
}

pub(crate) fn oldest(commits: &[Commit]) -> Option<Timestamp> {
    commits.iter().flat_map(|commit| &commit.answers).map(|stored| stored.at).min()
}

pub(crate) fn get(session: &Session, schema: &SchemaName, route: &str, key: &str) -> Done<Option<StoredAnswer>> {
    let sql = schema.sql("SELECT digest, at, answer FROM @answers WHERE route = $1 AND key = $2");
    let rows = session.query(&Statement::new(sql, values![text::key(route).0, text::key(key).0]))?;
    let Some(row) = rows.first() else { return Ok(None) };
    let (digest, at): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Some(StoredAnswer {
        route: route.into(),
        key: key.into(),
        digest: digest as u64,
        at: Timestamp(at),
        answer: row.try_get::<_, Read>(2)?.0,
    }))
}
