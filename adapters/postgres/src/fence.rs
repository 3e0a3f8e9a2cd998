//! The fence: the newest group that its owner knows to be durable. Who appends behind another one than the newest is not the owner.
//! A group is known by its id: after a restore, another one may have its version.
use crate::fault::{Done, Fault};
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use kernel::Group;
use kernel::uuid::{Builder, Uuid};
use runtime::port::store::StoreError;
use tokio_postgres::error::SqlState;

/// Said by the functions that append: the group before is not there.
const NOT_BEHIND: &str = "ND001";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fence {
    pub version: i64,
    pub epoch: i64,
    pub id: Uuid,
}

/// A name that no other group has.
pub(crate) fn random() -> Uuid {
    Builder::from_random_bytes(fastrand::u128(..).to_be_bytes()).into_uuid()
}

impl Fence {
    /// Once this group of the same owner stands behind it.
    pub fn followed_by(self, id: Uuid) -> Fence {
        Fence { version: self.version + 1, id, ..self }
    }

    /// The first statement of a group.
    pub fn append<'a>(&self, schema: &SchemaName, id: Uuid, group: &Group) -> Done<Statement<'a>> {
        let (position, change) =
            (crate::number::number(group.head.position)?, crate::number::number(group.head.change)?);
        let head = serde_json::to_string(&group.head)?;
        let values = values![self.version, self.epoch, self.id, id, position, change, head];
        Ok(Statement::new(schema.sql("SELECT @append_group($1, $2, $3, $4, $5, $6, $7)"), values))
    }

    /// The same without any effect: the next version is taken.
    pub fn append_empty<'a>(&self, schema: &SchemaName, id: Uuid) -> Statement<'a> {
        let values = values![self.version, self.epoch, self.id, id];
        Statement::new(schema.sql("SELECT @append_empty($1, $2, $3, $4)"), values)
    }

    /// Whether the next version is taken already.
    pub fn is_taken(fault: &Fault) -> bool {
        fault.code() == Some(&SqlState::UNIQUE_VIOLATION)
    }

    /// Whether this fence's group is not there.
    pub fn is_gone(fault: &Fault) -> bool {
        fault.code().is_some_and(|code| code.code() == NOT_BEHIND)
    }

    /// Which group has the next version.
    pub fn next(&self, session: &Session, schema: &SchemaName) -> Done<Option<Uuid>> {
        let sql = schema.sql("SELECT id FROM @groups WHERE version = $1");
        let rows = session.query(&Statement::new(sql, values![self.version + 1]))?;
        rows.first().map(|row| Ok(row.try_get(0)?)).transpose()
    }

    /// Why this fence's group is not there: another owner's came behind it, and it went with time; or the database went back.
    pub fn gone(&self, session: &Session, schema: &SchemaName) -> Done<StoreError> {
        let sql = "SELECT (SELECT id FROM @groups WHERE version = $1), (SELECT max(version) FROM @groups)";
        let rows = session.query(&Statement::new(schema.sql(sql), values![self.version]))?;
        let row = rows.first().map(|row| Ok::<_, Fault>((row.try_get(0)?, row.try_get(1)?))).transpose()?;
        let (there, newest): (Option<Uuid>, Option<i64>) = row.unwrap_or_default();
        let (is_anothers, newest) = (there.is_some_and(|there| there != self.id), newest.unwrap_or(-1));
        if newest > self.version && !is_anothers {
            return Ok(StoreError::Conflict);
        }
        Ok(StoreError::Mismatched(format!(
            "The schema {} has gone back in time: it ends with group {newest}, and group {} is not the one that this context has written. Stop, and restore all schemas of the system together, from one backup.",
            schema.name(),
            self.version
        )))
    }

    /// Whether this is the newest group still.
    pub fn holds(&self, session: &Session, schema: &SchemaName) -> Done<()> {
        let sql = schema.sql("SELECT id FROM @groups ORDER BY version DESC LIMIT 1");
        let rows = session.query(&Statement::new(sql, vec![]))?;
        let newest: Option<Uuid> = rows.first().map(|row| row.try_get(0)).transpose()?;
        if newest == Some(self.id) { Ok(()) } else { Err(Fault::Said(self.gone(session, schema)?)) }
    }
}
