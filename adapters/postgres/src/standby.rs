//! A replica that stands by a store on Postgres: it says that it is there, reads, and owns the store when its turn comes.
use crate::boot_time::now_ms;
use crate::catalog::Catalog;
use crate::connection::Kind;
use crate::fault::Done;
use crate::identity::check_server;
use crate::layout::FORMAT;
use crate::lease::{Lease, Watch};
use crate::opening::Opening;
use crate::options::PostgresOptions;
use crate::owned::Owned;
use crate::pool::Pool;
use crate::reader::Readers;
use crate::session::Session;
use crate::store::Postgres;
use crate::{creation, fault, lease, read, replicas};
use runtime::port::replica::{Ownership, Replica, ReplicaState, Standby};
use runtime::port::store::{Reader, Result, Store, StoreError, Table};
use std::sync::{Arc, Weak};
use std::time::{SystemTime, UNIX_EPOCH};

/// How often replicas that are long gone are forgotten.
const FORGETS_EVERY_MS: u64 = 60_000;

/// Stands by the store of a context, which need not be made yet. Nothing is connected before it is first used; while the
/// server is away everything is an error, and the next call connects anew.
///
/// A store that is claimed here and dropped without [`Standby::release`] is held until its lease ends.
pub fn standby(
    address: &crate::ServerAddress,
    context: &str,
    system: &str,
    tables: &[Table],
    options: PostgresOptions,
    replica: Replica,
) -> Result<impl Standby + use<>> {
    let opening = Opening::of(address, (context, system), tables, options, replica)?;
    let pool = Arc::new(Pool::new(opening.place.clone(), &opening.options));
    Ok(StandsBy { pool, opening, session: None, schema: Schema::default(), watch: Watch::default(), mine: None })
}

struct StandsBy {
    opening: Opening,
    /// Readers' connections, of this replica's store too while it owns one.
    pool: Arc<Pool>,
    session: Option<Session>,
    schema: Schema,
    watch: Watch,
    mine: Option<Mine>,
}

/// What is known of the schema.
#[derive(Default)]
struct Schema {
    /// It was there once, so that it is never made again.
    was_there: bool,
    /// It has this release's format.
    is_lifted: bool,
    /// When replicas that are gone were forgotten last.
    forgot_ms: Option<u64>,
}

/// The store that this replica has claimed last, and has not given back.
struct Mine {
    epoch: i64,
    store: Weak<()>,
}

impl StandsBy {
    /// Asks on a connection of its own; one that broke since it was used last is made anew once.
    fn ask<T>(&mut self, ask: impl Fn(&mut StandsBy, &Session) -> Done<T>) -> Result<T> {
        let is_new = self.session.is_none();
        let asked = match self.once(&ask) {
            Err(fault) if fault.ends_session() && !is_new => self.once(&ask),
            asked => asked,
        };
        asked.map_err(|fault| fault.at(&self.opening.place))
    }

    fn once<T>(&mut self, ask: impl Fn(&mut StandsBy, &Session) -> Done<T>) -> Done<T> {
        let session = match self.session.take().filter(|session| !session.is_broken()) {
            Some(session) => session,
            None => self.connect()?,
        };
        let asked = ask(self, &session);
        // what an error has left of a schema is looked at again
        self.schema.is_lifted &= asked.is_ok();
        self.session = Some(session).filter(|session| !session.is_broken());
        asked
    }

    fn connect(&mut self) -> Done<Session> {
        self.schema.is_lifted = false;
        let Opening { place, options, .. } = &self.opening;
        let session = Session::connect(&place.address, options, Kind::Heartbeat)?;
        check_server(&session)?;
        Ok(session)
    }

    fn see(&mut self, session: &Session, state: ReplicaState) -> Done<Ownership> {
        let me = Replica { state, ..self.opening.me.clone() };
        let whose = self.opening.whose();
        if !self.schema.is_lifted {
            match creation::exists(session, &whose)? {
                true => self.schema.was_there = true,
                false if self.schema.was_there => return Err(self.opening.gone()),
                false => return Ok(Ownership { is_free: true, replicas: vec![me], ..Ownership::default() }),
            }
            if whose.check(session)? < FORMAT {
                let lease = Lease::look(session, &whose)?;
                return Ok(self.ownership(&lease, vec![me]));
            }
        }
        let now = now_ms();
        let forgets_old = self.schema.forgot_ms.is_none_or(|at| now.saturating_sub(at) >= FORGETS_EVERY_MS);
        let (lease, replicas) = replicas::look(session, &whose, &me, forgets_old)?;
        self.schema.is_lifted = true;
        if forgets_old {
            self.schema.forgot_ms = Some(now);
        }
        Ok(self.ownership(&lease, replicas))
    }

    fn ownership(&mut self, lease: &Lease, replicas: Vec<Replica>) -> Ownership {
        let (id, release) = (lease.owner.clone(), u64::try_from(lease.release).unwrap_or_default());
        let state = replicas.iter().find(|replica| replica.id == id).map_or(ReplicaState::Ready, |found| found.state);
        let owner = Replica { id, url: lease.url.clone(), release, state };
        Ownership {
            epoch: u64::try_from(lease.epoch).unwrap_or_default(),
            owner: (!lease.is_given_back()).then_some(owner),
            is_free: is_free(lease, &mut self.watch, &self.opening),
            heir: lease.heir.clone(),
            replicas,
            clock_ahead_ms: wall_ms().saturating_sub(lease.server_ms),
        }
    }

    fn own(&mut self) -> Done<Postgres> {
        let StandsBy { opening, schema, watch, mine, .. } = self;
        let session = opening.connect()?;
        if schema.was_there {
            opening.expect_made(&session)?;
        } else {
            opening.make(&session)?;
            schema.was_there = true;
        }
        let is_mine = |lease: &Lease| mine.as_ref().is_some_and(|mine| mine.epoch == lease.epoch);
        let may = |lease: &Lease| is_free(lease, watch, opening) || (lease.heir.is_none() && is_mine(lease));
        let (claim, catalog) = (opening.claim_at_once(&session, may)?, Catalog::default());
        let owned = Owned::read(session, &claim, opening, &catalog)?;
        let store = Arc::new(());
        *mine = Some(Mine { epoch: claim.fence.epoch, store: Arc::downgrade(&store) });
        Ok(Postgres::new(opening.clone(), owned, catalog, self.pool.clone()).of_replica(store))
    }
}

fn wall_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Whether the replica may claim the store, whoever has owned it before.
fn is_free(lease: &Lease, watch: &mut Watch, opening: &Opening) -> bool {
    let is_silent = watch.still_ms(lease) >= opening.options.lease_ms;
    lease.has_ended() || is_silent || lease.heir.as_ref() == Some(&opening.me.id)
}

impl Standby for StandsBy {
    fn look(&mut self, state: ReplicaState) -> Result<Ownership> {
        self.ask(|this, session| this.see(session, state))
    }

    fn reader(&self) -> Result<Arc<dyn Reader>> {
        let (opening, catalog) = (&self.opening, Catalog::default());
        let loaded = self.pool.read(|session| {
            read::expect_readable(session, &opening.whose(), &opening.place)?;
            catalog.load(session, &opening.place.schema)
        });
        loaded.map_err(|fault| fault.at(&opening.place))?;
        Ok(Arc::new(Readers::new(self.pool.clone(), catalog)))
    }

    fn claim(&mut self) -> Result<Box<dyn Store>> {
        match self.own() {
            Ok(store) => Ok(Box::new(store)),
            Err(fault) => Err(fault.at(&self.opening.place)),
        }
    }

    fn release(&mut self, heir: Option<&str>) -> Result<()> {
        let Some(Mine { epoch, store }) = &self.mine else { return Ok(()) };
        if store.strong_count() > 0 {
            return Err(StoreError::Failed(format!(
                "The store of {} is still worked with. Close it, then give it back.",
                self.opening.context
            )));
        }
        let epoch = *epoch;
        self.ask(|this, session| lease::give_back(session, &this.opening.place.schema, epoch, heir))?;
        self.mine = None;
        Ok(())
    }

    fn leave(&mut self) -> Result<()> {
        self.ask(|this, session| {
            match replicas::forget(session, &this.opening.place.schema, &this.opening.me.id) {
                // nobody is anywhere
                Err(fault) if fault.code().is_some_and(fault::is_missing) => Ok(()),
                left => left,
            }
        })
    }
}
