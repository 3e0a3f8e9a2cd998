//! One source: what was fetched of it, whether it may be read, and who fetches more.
use super::FeedOpening;
use super::check::Standing;
use super::fetched::{Fetched, Found};
use crate::wire::LogPage;
use kernel::{KnownStore, Name};
use runtime::port::feed::{LogEnd, Slice, SourceLate};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::Notify;

pub(super) struct Source {
    pub name: Name,
    pub opening: FeedOpening,
    state: Mutex<State>,
    /// The newest stretch has begun anew elsewhere, a source that rested is read again, or it must be checked.
    pub turned: Notify,
    /// A reader has made room in the newest stretch.
    pub room: Notify,
    /// A page is wanted for a reader that is behind, or may be fetched again.
    pub wanted: Notify,
}

#[derive(Default)]
pub(super) struct State {
    pub fetched: Fetched,
    pub standing: Standing,
    /// Why nothing more can be fetched now.
    pub late: Option<String>,
    /// What the host was told last.
    pub told: Option<KnownStore>,
    /// Where it ends, as it was heard of last.
    pub end: LogEnd,
    /// When somebody has read it last.
    pub read_at: Option<Instant>,
}

impl State {
    /// A page that leaves nothing out behind the end that is known.
    pub fn hear_of_its_end(&mut self, page: &LogPage) {
        if page.after <= self.end.position && self.end.position < page.up_to {
            let published = page.events.last().map_or(0, |event| event.position);
            (self.end.position, self.end.published) = (page.up_to, published.max(self.end.published));
        }
    }
}

impl Source {
    pub fn new(name: Name, opening: FeedOpening) -> Source {
        let (state, turned, room, wanted) = Default::default();
        Source { name, opening, state, turned, room, wanted }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn read(&self, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        let rested = self.rests();
        let mut state = self.state();
        state.read_at = Some(Instant::now());
        let (furthest, found) = (state.fetched.furthest, state.fetched.read(after, at_most));
        self.may_be_read(&state)?;
        let late = state.late.clone();
        let (is_further, is_wanted) = (furthest < state.fetched.furthest, state.wanted().is_some());
        drop(state);
        if rested || matches!(found, Found::Begun) {
            self.turned.notify_one();
        } else if is_further {
            self.room.notify_one();
        }
        if is_wanted {
            self.wanted.notify_one();
        }
        match (found, late) {
            (Found::Slice(slice), _) => Ok(slice),
            (Found::Nothing, None) => Ok(Slice { after, up_to: after, ..Slice::default() }),
            (_, late) => Err(self.under_way(late)),
        }
    }

    /// Where it ends; it was read up to here, by another way.
    pub fn end(&self, read: u64) -> Result<LogEnd, SourceLate> {
        let mut state = self.state();
        if state.fetched.furthest < read {
            state.fetched.furthest = read;
            self.room.notify_one();
        }
        self.may_be_read(&state)?;
        Ok(state.end)
    }

    fn may_be_read(&self, state: &State) -> Result<(), SourceLate> {
        match &state.standing {
            Standing::Good(_) => Ok(()),
            Standing::Unchecked => Err(self.under_way(state.late.clone())),
            Standing::WentBack(reason) => Err(SourceLate(reason.clone())),
        }
    }

    fn under_way(&self, late: Option<String>) -> SourceLate {
        SourceLate(late.unwrap_or_else(|| format!("{} is being read", self.name)))
    }
}
