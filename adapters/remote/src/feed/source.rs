//! One source: what was fetched of it, whether it may be read, and who fetches more.
use super::FeedOpening;
use super::check::Standing;
use super::fetched::{Fetched, Found};
use kernel::{KnownStore, Name};
use runtime::port::feed::{Slice, SourceLate};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

pub(super) struct Source {
    pub name: Name,
    pub opening: FeedOpening,
    state: Mutex<State>,
    /// The newest stretch has begun anew elsewhere, or the source must be checked.
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
        let mut state = self.state();
        let (furthest, found) = (state.fetched.furthest, state.fetched.read(after, at_most));
        let late = match &state.standing {
            Standing::Good(_) => state.late.clone(),
            Standing::Unchecked => return Err(self.under_way(state.late.clone())),
            Standing::WentBack(reason) => return Err(SourceLate(reason.clone())),
        };
        let (is_further, is_wanted) = (furthest < state.fetched.furthest, state.wanted().is_some());
        drop(state);
        if matches!(found, Found::Begun) {
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

    fn under_way(&self, late: Option<String>) -> SourceLate {
        SourceLate(late.unwrap_or_else(|| format!("{} is being read", self.name)))
    }
}
