//! Whether a source's store has gone back: events that were read of it may not be there any more, and new ones would be taken for old.
use super::source::{Source, State};
use kernel::{Head, KnownStore, Life};
use runtime::port::feed::LogEnd;
use std::time::Duration;

/// The first answer may be an old one of a process that is no owner any more.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const PAUSE: Duration = Duration::from_secs(2);

/// What is known of a source's store.
#[derive(Default)]
pub(super) enum Standing {
    /// It must be checked before it is used.
    #[default]
    Unchecked,
    /// It may be read in this life.
    Good(Life),
    /// Why it may not be read.
    WentBack(String),
}

pub(super) fn end(head: &Head) -> LogEnd {
    LogEnd { life: head.life, position: head.position, published: head.published() }
}

pub(super) fn known(head: &Head) -> KnownStore {
    KnownStore { life: head.life, group: head.group }
}

impl State {
    /// The position that is wanted for a reader that is behind, while the source may be read.
    pub fn wanted(&self) -> Option<u64> {
        self.fetched.wanted().filter(|_| matches!(self.standing, Standing::Good(_)))
    }

    /// Whether what was heard may be used: it is of the life that was checked, and of a log that holds what was read up to a position.
    pub fn trusts(&mut self, heard: Life, head: u64, read: u64) -> bool {
        let is_trusted = matches!(self.standing, Standing::Good(life) if life == heard) && head >= read;
        if !is_trusted && matches!(self.standing, Standing::Good(_)) {
            self.standing = Standing::Unchecked;
        }
        is_trusted
    }

    /// Nothing that was fetched before the check is used.
    fn is_well(&mut self, head: &Head) {
        self.fetched.forget();
        (self.standing, self.late, self.end) = (Standing::Good(head.life), None, end(head));
    }

    fn went_back(&mut self, reason: String) {
        self.fetched.forget();
        self.standing = Standing::WentBack(reason);
    }
}

impl Source {
    pub(super) fn is_good(&self) -> bool {
        matches!(self.state().standing, Standing::Good(_))
    }

    /// Asks for the source's head until it may be read.
    pub(super) async fn check(&self) {
        let mut refusals = 0;
        while !self.is_good() {
            let Ok(head) = self.ask_head().await else { continue };
            match self.judge(&head) {
                Ok(()) => return self.is_well(&head),
                Err(reason) => {
                    refusals += 1;
                    self.refuse(reason, refusals).await;
                }
            }
        }
    }

    pub(super) async fn ask_head(&self) -> Result<Head, ()> {
        match self.head().await {
            Ok(head) => Ok(head),
            Err(reason) => {
                self.is_late(reason).await;
                Err(())
            }
        }
    }

    fn judge(&self, head: &Head) -> Result<(), String> {
        (self.opening.check)(self.name, head)?;
        let (name, position, read) = (self.name, head.position, self.state().fetched.furthest);
        if position < read {
            return Err(format!("the log of {name} ends at event {position}, and event {read} of it was read already"));
        }
        Ok(())
    }

    fn is_well(&self, head: &Head) {
        self.state().is_well(head);
        self.tell(known(head));
        (self.opening.news)();
    }

    /// Said once for an operator, when the second answer is like the first.
    async fn refuse(&self, reason: String, refusals: u32) {
        if refusals == 2 {
            tracing::error!(source = self.name, reason, "the store of a source has gone back: it is not read");
        }
        self.state().went_back(reason);
        tokio::time::sleep(if refusals == 1 { FIRST_PAUSE } else { PAUSE }).await;
    }

    /// How far the store has come, where that is new: a replica may know less than was told already.
    pub(super) fn tell(&self, known: KnownStore) {
        let is_new = |told: KnownStore| told.life != known.life || told.group < known.group;
        let mut state = self.state();
        if state.told.is_none_or(is_new) {
            state.told = Some(known);
            drop(state);
            (self.opening.heard)(self.name, known);
        }
    }
}
