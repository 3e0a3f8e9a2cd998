//! The requests under way on one HTTP/2 connection, and since when an answer waits for its client to take more of it.
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

/// How often it is looked at in the time that a client may take nothing.
const LOOKS: u32 = 4;

/// By number: since when its client is to take what it was offered. `None`: it waits for us.
type Table = HashMap<u64, Option<Instant>>;

#[derive(Clone, Default)]
pub(super) struct Exchanges {
    table: Arc<watch::Sender<Table>>,
    begun: Arc<AtomicU64>,
}

/// One request, until its answer is given to the connection or given up. Its end wakes whoever drives the connection.
pub(super) struct Exchange {
    number: u64,
    all: Exchanges,
}

impl Exchanges {
    pub fn begin(&self) -> Exchange {
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        self.table.send_modify(|table| {
            table.insert(number, None);
        });
        Exchange { number, all: self.clone() }
    }

    /// Until nothing has been under way for this long.
    pub async fn are_none_for(&self, time: Duration) {
        let mut table = self.table.subscribe();
        while table.wait_for(Table::is_empty).await.is_ok() {
            if timeout(time, table.changed()).await.is_err() {
                return;
            }
        }
    }

    /// Until the first one is over.
    pub async fn had_one(&self) {
        let mut table = self.table.subscribe();
        let is_over = |table: &Table| table.is_empty() && self.begun.load(Ordering::Relaxed) > 0;
        let _never_closed = table.wait_for(is_over).await;
    }

    /// Until a client has taken nothing of an answer for this long.
    pub async fn are_not_taken_for(&self, time: Duration) {
        let is_late = |since: &Option<Instant>| since.is_some_and(|since| since.elapsed() >= time);
        while !self.table.borrow().values().any(is_late) {
            sleep(time / LOOKS).await;
        }
    }
}

impl Exchange {
    /// The client is to take more now.
    pub fn is_offered(&self) {
        self.set(Some(Instant::now()));
    }

    /// The client has taken all there is so far.
    pub fn is_taken(&self) {
        self.set(None);
    }

    fn set(&self, since: Option<Instant>) {
        self.all.table.send_if_modified(|table| {
            table.insert(self.number, since);
            false // nobody waits for it
        });
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.all.table.send_modify(|table| {
            table.remove(&self.number);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIME: Duration = Duration::from_secs(10);

    #[tokio::test(start_paused = true)]
    async fn the_time_without_a_request_begins_when_the_last_one_is_over() {
        let exchanges = Exchanges::default();
        let (first, second) = (exchanges.begin(), exchanges.begin());
        let began = Instant::now();
        tokio::join!(exchanges.are_none_for(TIME), async {
            sleep(Duration::from_secs(30)).await;
            drop(first);
            sleep(Duration::from_secs(30)).await;
            drop(second);
            sleep(Duration::from_secs(9)).await;
            drop(exchanges.begin());
        });
        assert_eq!(began.elapsed().as_secs(), 79);
    }

    #[tokio::test(start_paused = true)]
    async fn only_an_answer_that_its_client_does_not_take_is_late() {
        let exchanges = Exchanges::default();
        let (slow, taken) = (exchanges.begin(), exchanges.begin());
        let began = Instant::now();
        tokio::join!(exchanges.are_not_taken_for(TIME), async {
            for _ in 0..5 {
                slow.is_offered();
                sleep(Duration::from_secs(9)).await;
                slow.is_taken();
                sleep(Duration::from_secs(60)).await;
            }
            taken.is_offered();
        });
        assert!((355..=358).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_for_one_request_is_over_when_that_is() {
        let exchanges = Exchanges::default();
        assert!(timeout(TIME, exchanges.had_one()).await.is_err());
        let one = exchanges.begin();
        assert!(timeout(TIME, exchanges.had_one()).await.is_err());
        drop(one);
        assert!(timeout(TIME, exchanges.had_one()).await.is_ok());
    }
}
