//! The lease: an owner is heard of on a connection of its own, so that no long group makes it seem gone. Safety does not rest on it.
use crate::connection::Kind;
use crate::fault::{Done, Place};
use crate::options::PostgresOptions;
use crate::session::Session;
use crate::statement::{Statement, values};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Held by an owner; given back when it goes.
pub(crate) struct Held {
    is_lost: Arc<AtomicBool>,
    /// The thread ends when this goes.
    stop: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Heartbeat {
    place: Place,
    options: PostgresOptions,
    epoch: i64,
    is_lost: Arc<AtomicBool>,
    session: Option<Session>,
}

impl Held {
    pub fn hold(place: &Place, options: &PostgresOptions, epoch: i64) -> Held {
        let is_lost = Arc::new(AtomicBool::new(false));
        let (stop, stopped) = sync_channel(1);
        let (place, options) = (place.clone(), options.clone());
        let heartbeat = Heartbeat { place, options, epoch, is_lost: is_lost.clone(), session: None };
        let thread = std::thread::spawn(move || heartbeat.run(&stopped));
        Held { is_lost, stop: Some(stop), thread: Some(thread) }
    }

    /// Whether another owner has claimed the store.
    pub fn is_lost(&self) -> bool {
        self.is_lost.load(Ordering::Relaxed)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.stop = None;
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::warn!("the thread that holds a lease ended by a panic; the lease ends by itself");
        }
    }
}

impl Heartbeat {
    fn run(mut self, stopped: &Receiver<()>) {
        let every = Duration::from_millis(self.options.heartbeat_ms);
        while stopped.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
            match self.beat(self.options.lease_ms) {
                Ok(true) => {}
                Ok(false) => return self.is_lost.store(true, Ordering::Relaxed),
                Err(fault) => {
                    let error = fault.at(&self.place);
                    tracing::warn!(schema = self.place.schema.name(), %error, "the lease could not be held; it is tried again");
                    self.session = None;
                }
            }
        }
        if let Err(fault) = self.beat(0) {
            let error = fault.at(&self.place);
            tracing::debug!(%error, "the lease could not be given back; it ends by itself");
        }
    }

    /// False where another owner has it.
    fn beat(&mut self, lease_ms: u64) -> Done<bool> {
        let session = match &self.session {
            Some(session) => session,
            None => self.session.insert(Session::connect(&self.place.address, &self.options, Kind::Heartbeat)?),
        };
        let sql =
            "UPDATE @lease SET until = clock_timestamp() + $2::bigint * interval '1 ms' WHERE epoch = $1 RETURNING 1";
        let values = values![self.epoch, lease_ms as i64];
        Ok(!session.query(&Statement::new(self.place.schema.sql(sql), values))?.is_empty())
    }
}
