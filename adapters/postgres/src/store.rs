//! The writer's side.
use crate::batch::{Batch, Writing};
use crate::catalog::{self, Catalog};
use crate::counts::settle::{Behind, settle};
use crate::fault::{Done, Fault};
use crate::fence::{Fence, random};
use crate::opening::Opening;
use crate::options::PostgresOptions;
use crate::owned::Owned;
use crate::pool::Pool;
use crate::reader::Readers;
use crate::resolve::{Outcome, resolve};
use crate::session::{Sent, WRITING};
use crate::{answers, calls, groups, parked, rows, states};
use kernel::uuid::Uuid;
use kernel::{CallKey, CallRecord, Group, Head, Id, Row, StoredAnswer};
use runtime::port::replica::Replica;
use runtime::port::store::{ParkedEvent, Reader, Result, Store, StoreError, StoreOrigin, Table};
use std::cell::RefCell;
use std::sync::Arc;

/// A store in one schema of a Postgres database.
///
/// Another process may take it over; from then on everything says [`StoreError::Conflict`]. A store that [`open`] has
/// opened is claimed anew when [`Store::head`] is asked for again, which a machine does when it begins; one that a replica
/// stands by is claimed by that replica alone.
pub struct Postgres {
    opening: Opening,
    /// What the store is worked with, or why it is not owned at this moment.
    work: RefCell<std::result::Result<Owned, StoreError>>,
    origin: StoreOrigin,
    catalog: Catalog,
    pool: Arc<Pool>,
    /// Where a replica stands by: tells it whether this store is still worked with.
    replica: Option<Arc<()>>,
}

/// How much time a group gets.
#[derive(Clone, Copy, PartialEq)]
enum Time {
    Limited,
    /// It is a large one, or the server is slow: stopped at its limit again and again it would be in the way of all that follow.
    AsItTakes,
}

/// How a group has ended.
enum Ended {
    Durable,
    /// Nothing of it is there, and the connection is not to blame.
    Refused(Fault),
    /// Nothing of it is there, since the connection broke; it may be sent again.
    NotSent(Fault),
}

/// Opens the store of a context in its schema, or makes it, and a table for each collection that is new.
///
/// # Errors
/// `Foreign`, `Newer` and `Busy` change nothing in the database.
pub fn open(
    address: &crate::ServerAddress,
    context: &str,
    system: &str,
    tables: &[Table],
    options: PostgresOptions,
) -> Result<Postgres> {
    let me = Replica { id: options.owner.clone(), ..Replica::default() };
    let (opening, catalog) = (Opening::of(address, (context, system), tables, options, me)?, Catalog::default());
    let owned = opening.connect().and_then(|session| {
        opening.make(&session)?;
        let claim = opening.claim(&session)?;
        Owned::read(session, &claim, &opening, &catalog)
    });
    let owned = owned.map_err(|fault| fault.at(&opening.place))?;
    let pool = Arc::new(Pool::new(opening.place.clone(), &opening.options));
    Ok(Postgres::new(opening, owned, catalog, pool))
}

impl Postgres {
    pub(crate) fn new(opening: Opening, owned: Owned, catalog: Catalog, pool: Arc<Pool>) -> Postgres {
        Postgres { origin: owned.origin, work: RefCell::new(Ok(owned)), opening, catalog, pool, replica: None }
    }

    /// The lease is the replica's to give back, and the store the replica's to claim again.
    pub(crate) fn of_replica(mut self, replica: Arc<()>) -> Postgres {
        if let Ok(owned) = self.work.get_mut() {
            owned.held.leave_to_its_end();
        }
        self.replica = Some(replica);
        self
    }

    fn said(&self, fault: Fault) -> StoreError {
        fault.at(&self.opening.place)
    }

    /// A question to the server, asked again where the connection broke meanwhile.
    fn ask<T>(&self, ask: impl Fn(&Owned) -> Done<T>) -> Result<T> {
        let mut work = self.work.borrow_mut();
        let owned = work.as_mut().map_err(|error| error.clone())?;
        let _at_work = owned.held.at_work();
        let reconnected = |owned: &mut Owned| owned.reconnect(&self.opening.place, &self.opening.options);
        let asked = reconnected(owned).and_then(|()| match ask(owned) {
            Err(fault) if fault.ends_session() => reconnected(owned).and_then(|()| ask(owned)),
            asked => asked,
        });
        asked.map_err(|fault| {
            let error = self.said(fault);
            if matches!(error, StoreError::Conflict | StoreError::Mismatched(_)) {
                *work = Err(error.clone());
            }
            error
        })
    }

    /// Owns the store from here on.
    fn reclaim(&self) -> Result<()> {
        let mut work = self.work.borrow_mut();
        if work.is_ok() || self.replica.is_some() {
            return Ok(());
        }
        let claimed = self.opening.connect().and_then(|session| {
            self.opening.expect_made(&session)?;
            let claim = self.opening.claim(&session)?;
            Owned::read(session, &claim, &self.opening, &self.catalog)
        });
        *work = Ok(claimed.map_err(|fault| self.said(fault))?);
        Ok(())
    }

    fn group(&self, owned: &mut Owned, group: &Group, time: Time) -> Done<Ended> {
        let _at_work = owned.held.at_work();
        owned.reconnect(&self.opening.place, &self.opening.options)?;
        let Owned { schema, fence, cache, settles, .. } = &*owned;
        let (catalog, options, settles, id) = (&self.catalog, &self.opening.options, settles.as_deref(), random());
        let batch = Batch::of(group, &Writing { schema, catalog, cache, options, fence: *fence, id, settles })?;
        let sent = match time {
            Time::Limited => owned.session.piece(WRITING, &batch.statements),
            Time::AsItTakes => owned.session.unhurried_piece(&batch.statements),
        };
        match sent {
            Sent::Done(rows) => owned.became_durable(&batch, id, &rows).map(|()| Ended::Durable),
            Sent::Refused(0, fault) if Fence::is_taken(&fault) => Err(Fault::Said(StoreError::Conflict)),
            Sent::Refused(_, fault) if Fence::is_gone(&fault) => {
                Err(Fault::Said(owned.fence.gone(&owned.session, &owned.schema)?))
            }
            Sent::Refused(_, fault) if fault.ends_session() => Ok(Ended::NotSent(fault)),
            Sent::Refused(_, fault) => Ok(Ended::Refused(fault)),
            Sent::Unknown(fault) => {
                owned.session.abandon();
                match resolve(&self.opening.place, options, owned.fence, id)? {
                    Outcome::Durable => owned.became_durable(&batch, id, &[]).map(|()| Ended::Durable),
                    Outcome::Never(empty) => {
                        owned.fence = owned.fence.followed_by(empty);
                        Ok(Ended::NotSent(fault))
                    }
                    Outcome::Conflict => Err(Fault::Said(StoreError::Conflict)),
                }
            }
        }
    }
}

impl Owned {
    fn became_durable(&mut self, batch: &Batch<'_>, id: Uuid, rows: &[Vec<tokio_postgres::Row>]) -> Done<()> {
        self.fence = self.fence.followed_by(id);
        self.settles = None;
        batch.became_durable(rows, &mut self.cache)
    }
}

impl Store for Postgres {
    fn head(&self) -> Result<Head> {
        self.reclaim()?;
        self.ask(|owned| groups::head(&owned.session, &owned.schema))
    }

    fn origin(&self) -> StoreOrigin {
        self.origin
    }

    fn holds_lease(&self) -> bool {
        self.work.borrow().as_ref().is_ok_and(|owned| owned.held.is_certain())
    }

    fn is_taken_over(&self) -> bool {
        match &*self.work.borrow() {
            Ok(owned) => owned.held.is_lost(),
            Err(error) => matches!(error, StoreError::Conflict),
        }
    }

    /// A group whose connection broke, or whose time was up, is sent again, once, where it is certain that nothing of it is there.
    fn apply(&mut self, group: &Group) -> Result<()> {
        let mut work = self.work.replace(Err(StoreError::Conflict));
        let done = match &mut work {
            Err(error) => Err(Fault::Said(error.clone())),
            Ok(owned) => self.group(owned, group, Time::Limited).and_then(|ended| match ended {
                Ended::NotSent(fault) | Ended::Refused(fault) if fault.is_out_of_time() => {
                    tracing::warn!(
                        context = self.opening.context,
                        "a group takes longer than it may; it is sent again without a limit"
                    );
                    self.group(owned, group, Time::AsItTakes)
                }
                Ended::NotSent(_) => self.group(owned, group, Time::Limited),
                ended => Ok(ended),
            }),
        };
        let done = match done {
            Ok(Ended::Durable) => Ok(()),
            Ok(Ended::Refused(fault) | Ended::NotSent(fault)) => Err((fault, true)),
            // said before anything was sent, or of a store that is not ours any more
            Err(fault) => Err((fault, false)),
        };
        let done = done.map_err(|(fault, is_ours)| (self.said(fault), is_ours));
        if let Err((error, false)) = &done
            && matches!(error, StoreError::Conflict | StoreError::Mismatched(_) | StoreError::Unconfirmed(_))
        {
            work = Err(error.clone());
        }
        self.work = RefCell::new(work);
        if done.is_ok() {
            self.origin = StoreOrigin::Here;
            // The group is durable, whatever becomes of this.
            if !group.drop.is_empty()
                && let Err(error) = self.ask(|owned| self.catalog.load(&owned.session, &owned.schema))
            {
                tracing::warn!(%error, "a table that was dropped is still known until the next start");
            }
        }
        done.map_err(|(error, _)| error)
    }

    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
        self.ask(|Owned { session, schema, cache, .. }| {
            match states::may_have(session, schema, (&cache.kinds, &cache.states), kind, id)? {
                true => states::get(session, schema, &cache.kinds, kind, id),
                false => Ok(None),
            }
        })
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        self.ask(|Owned { session, schema, cache, .. }| {
            let stored = self.catalog.get(table)?;
            match rows::may_have(session, schema, &cache.rows, &stored, id)? {
                true => rows::get(session, schema, &stored, id),
                false => Ok(None),
            }
        })
    }

    fn call(&self, key: &CallKey) -> Result<Option<CallRecord>> {
        self.ask(|Owned { session, schema, cache, .. }| match calls::may_have(session, schema, &cache.calls, key)? {
            true => calls::get(session, schema, key),
            false => Ok(None),
        })
    }

    fn calls(&self, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
        self.ask(|owned| calls::keys(&owned.session, &owned.schema, caller, from, to))
    }

    fn answer(&self, route: &str, key: &str) -> Result<Option<StoredAnswer>> {
        self.ask(|owned| answers::get(&owned.session, &owned.schema, route, key))
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        self.ask(|owned| parked::all(&owned.session, &owned.schema))
    }

    fn reader(&self) -> Arc<dyn Reader> {
        Arc::new(Readers::new(self.pool.clone(), self.catalog.clone()))
    }

    /// A table whose rows have moved much is counted anew. Where that fails its readers look at more moves, and it is tried again.
    fn maintain(&mut self) -> Result<()> {
        for stored in self.catalog.all() {
            let moved_max = self.opening.options.moved_max;
            let behind = |owned: &Owned| owned.cache.moves.get(&stored.number).copied().unwrap_or_default();
            if !self.work.get_mut().as_ref().is_ok_and(|owned| behind(owned).is_due(moved_max)) {
                continue;
            }
            let settled = self.ask(|owned| settle(owned, &stored)).unwrap_or_else(|error| {
                tracing::debug!(%error, "the counts of a table are written anew later");
                Behind::default()
            });
            if let Ok(owned) = self.work.get_mut() {
                owned.cache.moves.insert(stored.number, settled);
            }
        }
        Ok(())
    }

    /// Tables that answer no more are dropped when nobody writes.
    fn shrink(&mut self) {
        if let Err(error) = self.ask(catalog::drop_removed) {
            tracing::debug!(%error, "a table that answers no more is dropped later");
        }
    }
}
