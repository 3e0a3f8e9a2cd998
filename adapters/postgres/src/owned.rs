//! A store that this process owns: claimed, held, and read from then on.
use crate::cache::Cache;
use crate::catalog::Catalog;
use crate::claim::Claim;
use crate::connection::Kind;
use crate::counts::moves;
use crate::fault::{Done, Fault, Place};
use crate::fence::Fence;
use crate::heartbeat::Held;
use crate::opening::Opening;
use crate::options::PostgresOptions;
use crate::place;
use crate::schema_name::SchemaName;
use crate::session::{Session, WRITING};
use crate::statement::{Statement, values};
use runtime::port::store::{StoreError, StoreOrigin};

pub(crate) struct Owned {
    pub session: Session,
    pub schema: SchemaName,
    pub fence: Fence,
    pub held: Held,
    pub cache: Cache,
    pub origin: StoreOrigin,
    /// Where the store lies, until a group has made it work there.
    pub settles: Option<String>,
}

impl Owned {
    /// Reads what is there, which nobody else changes any more. Where that fails the lease is given back.
    pub fn read(session: Session, claim: &Claim, opening: &Opening, catalog: &Catalog) -> Done<Owned> {
        let held = Held::hold(&opening.place, &opening.options, claim);
        let (schema, fence) = (opening.place.schema.clone(), claim.fence);
        catalog.load(&session, &schema)?;
        let cache = Cache::load(&session, &schema)?;
        let lies = place::of_schema(&session, &schema)?;
        let origin = place::origin(&session, &schema, &lies)?;
        let mut owned = Owned { session, schema, fence, held, cache, origin, settles: Some(lies) };
        catalog.declare(&owned, &opening.tables)?;
        owned.cache.moves = moves::behind(&owned.session, &owned.schema, &catalog.all())?;
        Ok(owned)
    }

    /// A connection that broke between two statements is made again, where the store is still owned.
    pub fn reconnect(&mut self, place: &Place, options: &PostgresOptions) -> Done<()> {
        if self.held.is_lost() {
            return Err(Fault::Said(StoreError::Conflict));
        }
        if self.session.is_broken() {
            let session = Session::connect(&place.address, options, Kind::Writer)?;
            self.fence.holds(&session, &self.schema)?;
            self.session = session;
        }
        Ok(())
    }

    /// A change of the tables: between groups, and only by the owner. Waits for no group, and takes as long as the tables are large.
    pub fn migration<T>(&self, change: impl FnOnce() -> Done<T>) -> Done<T> {
        self.session.unhurried_transaction(|| self.as_owner(change))
    }

    /// What is kept beside groups, while they wait: between two of them, only by the owner, and within the time of a statement.
    pub fn between_groups<T>(&self, change: impl FnOnce() -> Done<T>) -> Done<T> {
        self.session.transaction(WRITING, || self.as_owner(change))
    }

    /// Lets no other owner in meanwhile.
    fn as_owner<T>(&self, change: impl FnOnce() -> Done<T>) -> Done<T> {
        let sql = self.schema.sql("SELECT 1 FROM @lease WHERE epoch = $1 FOR KEY SHARE");
        if self.session.query(&Statement::new(sql, values![self.fence.epoch]))?.is_empty() {
            return Err(Fault::Said(StoreError::Conflict));
        }
        change()
    }
}
