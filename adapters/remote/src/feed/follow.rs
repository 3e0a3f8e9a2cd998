//! The two tasks of a source: one follows its newest events, the other fetches what readers want that are behind.
use super::fetched::Fetched;
use super::source::Source;
use crate::wire::LogPage;
use kernel::KnownStore;
use std::sync::Arc;
use std::time::Duration;

/// How long a source may wait with its answer for news.
const WAIT_MS: u64 = 2_000;
/// Before a source that did not answer is asked again, and between two looks at who its owner is.
const PAUSE: Duration = Duration::from_millis(100);

impl Source {
    pub(super) async fn follow(self: Arc<Source>) {
        loop {
            self.check().await;
            if self.rests() {
                self.look().await;
                continue;
            }
            let next = self.state().fetched.next();
            let Some((after, is_heard)) = next else {
                tokio::select! {
                    () = self.turned.notified() => {}
                    () = self.room.notified() => {}
                }
                continue;
            };
            // The first answer comes at once, so that a reader that has read everything knows it.
            let wait_ms = if is_heard { WAIT_MS } else { 0 };
            tokio::select! {
                page = self.page(after, wait_ms) => self.followed(after, page).await,
                () = self.turned.notified() => {}
                () = self.another_owner() => {}
            }
        }
    }

    /// An owner that hangs holds a question for news as long as one that has none.
    async fn another_owner(&self) {
        let owner = self.owner();
        while self.owner() == owner {
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn followed(&self, after: u64, page: Result<LogPage, String>) {
        match page {
            Ok(page) => self.use_page(page, |fetched, page| fetched.newest(after, page)),
            Err(reason) => self.is_late(reason).await,
        }
    }

    pub(super) async fn fetch_for_those_behind(self: Arc<Source>) {
        loop {
            let wanted = self.state().wanted();
            let Some(after) = wanted else {
                self.wanted.notified().await;
                continue;
            };
            match self.page(after, 0).await {
                // A process that does not see yet what others have read.
                Ok(page) if page.up_to <= after && page.head >= after => tokio::time::sleep(PAUSE).await,
                Ok(page) => self.use_page(page, |fetched, page| {
                    fetched.behind(after, page);
                    true
                }),
                Err(reason) => self.is_late(reason).await,
            }
        }
    }

    /// `put` says whether a reader finds more than before.
    fn use_page(&self, page: LogPage, put: impl FnOnce(&mut Fetched, LogPage) -> bool) {
        let (mut state, known) = (self.state(), KnownStore { life: page.life, group: page.group });
        if !state.trusts(page.life, page.head, page.after) {
            drop(state);
            return self.turned.notify_one();
        }
        // Under one lock: a check in between would have forgotten what was fetched before it.
        state.hear_of_its_end(&page);
        let (was_late, is_news) = (state.late.take().is_some(), put(&mut state.fetched, page));
        drop(state);
        self.tell(known);
        if is_news || was_late {
            (self.opening.news)();
        }
    }

    /// Nobody answers, or not as a source does: its readers learn it, and it is asked again a little later.
    pub(super) async fn is_late(&self, reason: String) {
        let before = self.state().late.replace(reason.clone());
        if before.is_none() {
            tracing::info!(source = self.name, reason, "a source can't be read");
        }
        tokio::time::sleep(PAUSE).await;
    }
}
