//! Readers' connections: opened when first needed, at most so many, each handed out for one look.
use crate::connection::Kind;
use crate::fault::{Done, Place};
use crate::options::PostgresOptions;
use crate::session::Session;
use runtime::port::store::StoreError;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a look waits for a connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// A context that reads another's log must not stand still for it.
const CONSUMERS_PATIENCE: Duration = Duration::from_millis(50);

pub(crate) struct Pool {
    pub place: Place,
    options: PostgresOptions,
    max: usize,
    free: Mutex<Free>,
    returned: Condvar,
    patience: Duration,
}

#[derive(Default)]
struct Free {
    sessions: Vec<Session>,
    out: usize,
}

impl Pool {
    pub fn new(place: Place, options: &PostgresOptions) -> Pool {
        let (options, max) = (options.clone(), options.readers_max.max(1));
        let (free, returned) = Default::default();
        Pool { place, options, max, free, returned, patience: PATIENCE }
    }

    /// A pool that turns a look away soon when it has no connection: its user comes again by itself.
    pub fn for_consumers(&self) -> Pool {
        let (free, returned) = Default::default();
        let (place, options) = (self.place.clone(), self.options.clone());
        Pool { place, options, max: 1, free, returned, patience: CONSUMERS_PATIENCE }
    }

    /// Runs a look. One whose connection broke since it was used last is run again on another one.
    pub fn read<T>(&self, look: impl Fn(&Session) -> Done<T>) -> Done<T> {
        let mut held = Held { session: self.take()?, pool: self };
        let is_new = held.session.is_none();
        let done = look(held.connected()?);
        match done {
            Err(fault) if fault.ends_session() && !is_new => {
                held.session = None;
                look(held.connected()?)
            }
            done => done,
        }
    }

    /// One more, outside the pool: for what takes long.
    pub fn connect(&self, kind: Kind) -> Done<Session> {
        Session::connect(&self.place.address, &self.options, kind)
    }

    fn take(&self) -> Done<Option<Session>> {
        let none_free = |free: &mut Free| free.sessions.is_empty() && free.out >= self.max;
        let waited = self.returned.wait_timeout_while(self.free(), self.patience, none_free);
        let (mut free, late) = waited.unwrap_or_else(PoisonError::into_inner);
        if late.timed_out() {
            let name = self.place.schema.name();
            Err(StoreError::Busy(format!("All readers of {name} are at work. Try again.")))?;
        }
        free.out += 1;
        Ok(free.sessions.pop().filter(|session| !session.is_broken()))
    }

    fn give_back(&self, session: Option<Session>) {
        let mut free = self.free();
        free.out -= 1;
        free.sessions.extend(session.filter(|session| !session.is_broken()));
        self.returned.notify_one();
    }

    fn free(&self) -> MutexGuard<'_, Free> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Given back however the look ends.
struct Held<'a> {
    session: Option<Session>,
    pool: &'a Pool,
}

impl Held<'_> {
    fn connected(&mut self) -> Done<&Session> {
        if self.session.is_none() {
            self.session = Some(self.pool.connect(Kind::Reader)?);
        }
        self.session.as_ref().ok_or(crate::fault::Fault::Late)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.pool.give_back(self.session.take());
    }
}
