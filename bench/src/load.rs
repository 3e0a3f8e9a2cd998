//! A load, what its tasks share, and what came of it.
use crate::bearers::Bearers;
use crate::mix::Mix;
use crate::times::Times;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

#[derive(Clone, Copy)]
pub struct Load {
    pub address: SocketAddr,
    /// The requests of the mixes come in turn.
    pub mixes: &'static [Mix],
    pub users: usize,
    /// Users who only look at the page.
    pub readers: usize,
    /// Whether clients connect anew beside the users.
    pub newcomers: bool,
    /// Whether the page is watched for the newest request.
    pub watched: bool,
    pub time: Duration,
    pub count: u64,
    /// Requests that begin a second, at most; as many as are answered where it is not said.
    pub rate: Option<f64>,
    /// Whether it is kept when each request was answered.
    pub recorded: bool,
    /// Requests of earlier loads: no body is sent twice.
    pub sent_before: u64,
}

/// The newest request of one of the mixes, and its row on the page.
#[derive(Clone, Copy)]
pub struct NewestRow {
    pub nth: usize,
    pub row: u64,
    pub id: u64,
}

#[derive(Default)]
pub struct LoadOutcome {
    pub took: Duration,
    pub sent: u64,
    /// Of successful responses.
    pub times: Times,
    /// When each of them came, and how long it took; if the load is recorded.
    pub answers: Vec<(Instant, Duration)>,
    pub statuses: BTreeMap<u16, u64>,
    /// Connections that broke, or could not be opened.
    pub lost: u64,
    /// From the begin of a new connection to the response on it.
    pub newcomers: Times,
    /// New connections without a successful response.
    pub newcomers_lost: u64,
    /// From a response to its row on the page.
    pub lag: Times,
    /// From the last response to the last row on the page; `None` where the row did not come in time.
    pub drained: Option<Duration>,
    pub rows: Times,
    pub pages: Times,
    /// Reads of a row that is not there: its id was given to nobody, or the row is still on its way to the page.
    pub not_there: u64,
    /// Reads without a response, or with any other.
    pub unread: u64,
}

impl LoadOutcome {
    pub fn rate(&self) -> f64 {
        self.times.count() as f64 / self.took.as_secs_f64().max(f64::EPSILON)
    }

    pub fn failed(&self) -> u64 {
        self.lost + self.statuses.iter().filter(|(status, _)| **status >= 300).map(|(_, count)| count).sum::<u64>()
    }
}

/// What all tasks of one load use together.
pub struct LoadState {
    pub load: Load,
    pub began: Instant,
    pub until: Instant,
    pub bearers: Arc<Bearers>,
    /// Set by who wants the load to end sooner.
    pub over: Arc<AtomicBool>,
    pub sent: Cell<u64>,
    /// Of each mix: what its requests choose from, and the newest one answered.
    pub stock: Vec<Vec<u64>>,
    pub newest: RefCell<Vec<Option<NewestRow>>>,
    /// Whether all users have finished.
    pub finished: Cell<bool>,
    pub outcome: RefCell<LoadOutcome>,
}

impl LoadState {
    /// The number of the next request, and when it is to begin; `None` when the load is over.
    pub fn next(&self) -> Option<(u64, Instant)> {
        let n = self.sent.get();
        let begins = self.load.rate.map(|rate| self.began + Duration::from_secs_f64(n as f64 / rate));
        let begins = begins.unwrap_or_else(Instant::now);
        if n >= self.load.count || begins >= self.until || Instant::now() >= self.until || self.over.load(Relaxed) {
            return None;
        }
        self.sent.set(n + 1);
        Some((self.load.sent_before + n, begins))
    }

    /// A successful response to a request that was sent at this time.
    pub fn answered(&self, sent: Instant) {
        let (now, mut outcome) = (Instant::now(), self.outcome.borrow_mut());
        outcome.times.add(now - sent);
        if self.load.recorded {
            outcome.answers.push((now, now - sent));
        }
    }
}

impl Load {
    /// One user, watched, for an hour at most.
    pub fn of(address: SocketAddr, mixes: &'static [Mix]) -> Load {
        Load {
            address,
            mixes,
            users: 1,
            readers: 0,
            newcomers: false,
            watched: true,
            time: Duration::from_secs(3600),
            count: u64::MAX,
            rate: None,
            recorded: false,
            sent_before: 0,
        }
    }

    /// Which mix the nth request is of.
    pub fn mix(&self, n: u64) -> (usize, &'static Mix) {
        let nth = n as usize % self.mixes.len().max(1);
        (nth, &self.mixes[nth])
    }
}
