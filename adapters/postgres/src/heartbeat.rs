//! The heartbeat: an owner is heard of on a connection of its own, so that no long group makes it seem gone. Safety does not rest on it.
use crate::boot_time::now_ms;
use crate::claim::Claim;
use crate::connection::Kind;
use crate::fault::{Done, Place};
use crate::lease;
use crate::options::PostgresOptions;
use crate::session::Session;
use crate::statement::{Statement, values};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// So much before its lease ends, an owner does not rely on it any more.
const MARGIN_MS: u64 = 500;

/// A beat that failed comes again after this: the lease may end soon.
const AGAIN_MS: u64 = 100;

/// A lease that was given back is not held again by a beat that comes late.
const BEAT: &str = "UPDATE @lease SET until = clock_timestamp() + $2::bigint * interval '1 ms'
    WHERE epoch = $1 AND heir IS NULL AND until > '-infinity' RETURNING 1";

/// Held by an owner; it ends when this goes.
pub(crate) struct Held {
    hold: Arc<Hold>,
    /// The thread ends when this goes.
    stop: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread and its owner know of a lease.
struct Hold {
    is_lost: AtomicBool,
    /// Until then nobody else can own the store.
    until_ms: AtomicU64,
    is_given_back: AtomicBool,
    /// When the owner asked for its lease last, or worked with the store; 0 before it did so for the first time: to open a context may
    /// take any time.
    turned_ms: AtomicU64,
    /// It works with the store, which has its own limits of time.
    is_at_work: AtomicBool,
}

/// The owner works with the store as long as this lives.
pub(crate) struct AtWork(Arc<Hold>);

struct Heartbeat {
    place: Place,
    options: PostgresOptions,
    epoch: i64,
    hold: Arc<Hold>,
    session: Option<Session>,
}

impl Held {
    /// Given back when this goes, unless it is left to its end.
    pub fn hold(place: &Place, options: &PostgresOptions, claim: &Claim) -> Held {
        let (is_lost, is_given_back) = (AtomicBool::new(false), AtomicBool::new(true));
        let until_ms = AtomicU64::new(claim.sent_ms + relied_on_ms(options));
        let (turned_ms, is_at_work) = Default::default();
        let hold = Arc::new(Hold { is_lost, until_ms, is_given_back, turned_ms, is_at_work });
        let (stop, stopped) = sync_channel(1);
        let (place, options, epoch) = (place.clone(), options.clone(), claim.fence.epoch);
        let heartbeat = Heartbeat { place, options, epoch, hold: hold.clone(), session: None };
        let thread = std::thread::spawn(move || heartbeat.run(&stopped));
        Held { hold, stop: Some(stop), thread: Some(thread) }
    }

    /// Whether another owner has claimed the store.
    pub fn is_lost(&self) -> bool {
        self.hold.is_lost.load(Ordering::Relaxed)
    }

    /// Whether nobody else can own the store at this moment. Its owner asks again and again, or its lease is not held any more.
    pub fn is_certain(&self) -> bool {
        let now = now_ms();
        self.hold.turned_ms.store(now, Ordering::Relaxed);
        !self.is_lost() && now < self.hold.until_ms.load(Ordering::Relaxed)
    }

    pub fn at_work(&self) -> AtWork {
        self.hold.is_at_work.store(true, Ordering::Relaxed);
        AtWork(self.hold.clone())
    }

    /// It ends by itself when this goes, unless somebody gives it back.
    pub fn leave_to_its_end(&self) {
        self.hold.is_given_back.store(false, Ordering::Relaxed);
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        let AtWork(hold) = self;
        // before the first turn there is none to be counted from
        if hold.turned_ms.load(Ordering::Relaxed) > 0 {
            hold.turned_ms.store(now_ms(), Ordering::Relaxed);
        }
        hold.is_at_work.store(false, Ordering::Relaxed);
    }
}

impl Hold {
    /// Whether the owner has not turned for so long.
    fn stands_still(&self, stalled_ms: u64) -> bool {
        let turned_ms = self.turned_ms.load(Ordering::Relaxed);
        let is_idle = turned_ms > 0 && !self.is_at_work.load(Ordering::Relaxed);
        is_idle && now_ms().saturating_sub(turned_ms) > stalled_ms
    }
}

/// From when a beat was sent: the server counts from when it came.
fn relied_on_ms(options: &PostgresOptions) -> u64 {
    options.lease_ms.saturating_sub(MARGIN_MS).max(options.lease_ms / 2)
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
        let (every, again) = (self.options.heartbeat_ms, self.options.heartbeat_ms.min(AGAIN_MS));
        let (mut wait, schema) = (every, self.place.schema.name().to_string());
        let mut stood_still = false;
        while stopped.recv_timeout(Duration::from_millis(wait)) == Err(RecvTimeoutError::Timeout) {
            let stands_still = self.hold.stands_still(self.options.stalled_ms);
            if stands_still && !stood_still {
                tracing::error!(
                    schema,
                    "the context stands still; its lease is left to its end, so that another process can go on"
                );
            }
            stood_still = stands_still;
            if stands_still {
                wait = again;
                continue;
            }
            match self.beat() {
                Ok(true) => wait = every,
                Ok(false) => return self.hold.is_lost.store(true, Ordering::Relaxed),
                Err(fault) => {
                    let (error, is_new) = (fault.at(&self.place), wait == every);
                    if is_new {
                        tracing::warn!(schema, %error, "the lease could not be held; it is tried again");
                    }
                    (self.session, wait) = (None, again);
                }
            }
        }
        if self.hold.is_given_back.load(Ordering::Relaxed)
            && let Err(fault) = self.give_back()
        {
            let error = fault.at(&self.place);
            tracing::debug!(%error, "the lease could not be given back; it ends by itself");
        }
    }

    fn session(&mut self) -> Done<&Session> {
        Ok(match &mut self.session {
            Some(session) => session,
            none => none.insert(Session::connect(&self.place.address, &self.options, Kind::Heartbeat)?),
        })
    }

    /// False where another owner has it.
    fn beat(&mut self) -> Done<bool> {
        let (sql, values) = (self.place.schema.sql(BEAT), values![self.epoch, self.options.lease_ms as i64]);
        let (session, sent_ms) = (self.session()?, now_ms());
        let is_ours = !session.query(&Statement::new(sql, values))?.is_empty();
        if is_ours {
            self.hold.until_ms.store(sent_ms + relied_on_ms(&self.options), Ordering::Relaxed);
        }
        Ok(is_ours)
    }

    fn give_back(&mut self) -> Done<()> {
        let (schema, epoch) = (self.place.schema.clone(), self.epoch);
        lease::give_back(self.session()?, &schema, epoch, None)
    }
}
