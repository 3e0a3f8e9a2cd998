//! The rows of groups: the newest has the head; old ones lose theirs, and then go.
use crate::cache::Cache;
use crate::fault::{Done, Fault};
use crate::fence::Fence;
use crate::options::PostgresOptions;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use kernel::Head;
use runtime::port::store::StoreError;
use tokio_postgres::Row;

/// A group is kept this long, and until so many have come behind it: what a late message of its time may still ask for.
const KEPT: i64 = 10_000;
/// Rows that go with one group at most.
const AT_A_TIME: i64 = 10_000;
/// Which groups of a range may go when they are old.
const GOES: &str = "version >= $1::bigint AND version < $2::bigint AND NOT claim
    AND NOT EXISTS (SELECT 1 FROM @groups n WHERE n.version = g.version + 1 AND n.claim)";

/// The heads of old groups, and groups that are older still: from where to where they go with this group.
pub(crate) struct Prune {
    heads_from: i64,
    pub heads_to: i64,
    groups_from: i64,
    groups_to: i64,
}

impl Prune {
    /// `None` where too few have come since the last time.
    pub fn due(cache: &Cache, fence: Fence, options: &PostgresOptions) -> Option<Prune> {
        let kept = i64::try_from(options.heads_kept).unwrap_or(i64::MAX).max(1);
        let Cache { heads_from, groups_from, .. } = *cache;
        let heads_to = fence.version.saturating_sub(kept);
        let is_due = heads_to >= heads_from.saturating_add(kept);
        is_due.then(|| Prune {
            heads_from,
            heads_to: heads_to.min(heads_from.saturating_add(AT_A_TIME)),
            groups_from,
            groups_to: fence.version.saturating_sub(KEPT).min(groups_from.saturating_add(AT_A_TIME)).max(groups_from),
        })
    }

    /// Each statement names both ends, so that none looks over what is gone already. The row of a claim and the one before it
    /// stay: they say who owned the store when. The last statement says what is kept of the groups.
    pub fn write(&self, schema: &SchemaName, statements: &mut Vec<Statement<'_>>) {
        let empty = "UPDATE @groups SET head = '' WHERE version >= $1 AND version < $2 AND head <> ''";
        let delete = format!("DELETE FROM @groups g WHERE {GOES} AND at < clock_timestamp() - interval '1 hour'");
        let kept = format!("SELECT coalesce(min(version), $2) FROM @groups g WHERE {GOES}");
        statements.push(Statement::new(schema.sql(empty), values![self.heads_from, self.heads_to]));
        for sql in [delete, kept] {
            statements.push(Statement::new(schema.sql(&sql), values![self.groups_from, self.groups_to]));
        }
    }

    /// Before this group all are gone that may go.
    pub fn kept_from(&self, said: Option<&Vec<Row>>) -> Done<Option<i64>> {
        Ok(said.and_then(|rows| rows.first()).map(|row| row.try_get(0)).transpose()?)
    }
}

/// The head of the newest group.
pub(crate) fn head(session: &Session, schema: &SchemaName) -> Done<Head> {
    let sql = schema.sql("SELECT head FROM @groups ORDER BY version DESC LIMIT 1");
    let rows = session.query(&Statement::new(sql, vec![]))?;
    let Some(row) = rows.first() else {
        return Err(Fault::Said(StoreError::Mismatched(format!(
            "The schema {} has no groups any more. Restore all schemas of the system together, from one backup.",
            schema.name()
        ))));
    };
    Ok(serde_json::from_str(row.try_get(0)?)?)
}
