//! What was fetched of a source for all subscriptions of a context: the newest stretch of its log, and stretches for readers that are behind.
use crate::wire::LogPage;
use runtime::port::feed::Slice;
use runtime::stretch::Stretch;
use std::collections::VecDeque;

/// Stretches of one page each for readers that are behind.
const BEHIND_MAX: usize = 16;
/// Positions that such pages are wanted for.
const WANTED_MAX: usize = 64;

#[derive(Default)]
pub(super) struct Fetched {
    /// It follows the furthest reader; `None` until somebody reads.
    newest: Option<Stretch>,
    /// A page has come since it began.
    is_heard: bool,
    /// Where the furthest reader stands.
    pub furthest: u64,
    behind: VecDeque<Stretch>,
    wanted: VecDeque<u64>,
}

/// What a read finds.
pub(super) enum Found {
    Slice(Slice),
    /// Everything that was fetched is read.
    Nothing,
    /// It is fetched as the newest stretch, which begins anew there.
    Begun,
    /// It is under way.
    Awaited,
}

impl Fetched {
    pub fn read(&mut self, after: u64, at_most: usize) -> Found {
        self.furthest = self.furthest.max(after);
        let Some(newest) = self.newest.as_ref().filter(|newest| after <= newest.to) else {
            (self.newest, self.is_heard) = (Some(Stretch::at(after)), false);
            return Found::Begun;
        };
        match after {
            after if newest.leads_on(after) => Found::Slice(newest.slice(after, at_most)),
            after if after < newest.from => self.read_behind(after, at_most, newest.from),
            _ if self.is_heard => Found::Nothing,
            _ => Found::Awaited,
        }
    }

    fn read_behind(&mut self, after: u64, at_most: usize, newest_from: u64) -> Found {
        let Some(stretch) = self.behind.iter().find(|stretch| stretch.leads_on(after)) else {
            self.want(after);
            return Found::Awaited;
        };
        let (slice, next) = (stretch.slice(after, at_most), stretch.to);
        if next < newest_from && !self.behind.iter().any(|stretch| stretch.leads_on(next)) {
            self.want(next);
        }
        Found::Slice(slice)
    }

    fn want(&mut self, after: u64) {
        if !self.wanted.contains(&after) && self.wanted.len() < WANTED_MAX {
            self.wanted.push_back(after);
        }
    }

    /// The position that is wanted for a reader that is behind; it stays wanted until its page comes.
    pub fn wanted(&self) -> Option<u64> {
        self.wanted.front().copied()
    }

    /// The page behind a wanted position.
    pub fn behind(&mut self, after: u64, page: LogPage) {
        self.wanted.retain(|wanted| *wanted != after);
        let mut stretch = Stretch::at(after);
        stretch.extend(page.into());
        self.behind.push_back(stretch);
        if self.behind.len() > BEHIND_MAX {
            self.behind.pop_front();
        }
    }

    /// Where the newest stretch goes on, and whether a page of it has come; `None` while nobody reads, or its room is full of what
    /// nobody has read.
    pub fn next(&mut self) -> Option<(u64, bool)> {
        let newest = self.newest.as_mut()?;
        newest.make_room(self.furthest).then_some((newest.to, self.is_heard))
    }

    /// The page behind the end of the newest stretch, unless it has begun anew meanwhile. Whether it says something.
    pub fn newest(&mut self, after: u64, page: LogPage) -> bool {
        let Some(newest) = self.newest.as_mut().filter(|newest| newest.to == after) else { return false };
        let says_something = page.up_to > after || !self.is_heard;
        newest.extend(page.into());
        self.is_heard = true;
        says_something
    }

    /// Nothing of what was fetched is used any more.
    pub fn forget(&mut self) {
        *self = Fetched { furthest: self.furthest, ..Fetched::default() };
    }
}
