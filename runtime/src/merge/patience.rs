//! How long a topic is waited for, before a source's log is read instead.
use crate::port::clock::Moment;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergeTimes {
    /// With later messages of a source here and the next one missing.
    pub gap_ms: u64,
    /// For what a source is known to have published.
    pub fallback_ms: u64,
}

impl Default for MergeTimes {
    fn default() -> MergeTimes {
        MergeTimes { gap_ms: 250, fallback_ms: 2000 }
    }
}

/// What a reader at the end of what has come waits for.
#[derive(Clone, Copy, Default)]
pub(super) struct Patience {
    /// Later messages wait, and nothing comes behind this position.
    gap: Option<Wait>,
    /// The source has published up to here. A topic that brings one event after the other, always later, is too late as well.
    due: Option<Wait>,
}

#[derive(Clone, Copy)]
struct Wait {
    position: u64,
    since: Moment,
}

impl Wait {
    fn is_over(self, now: Moment, ms: u64) -> bool {
        now.ms_since(self.since) >= ms
    }
}

impl Patience {
    /// A reader stands at `after`.
    pub fn look(&mut self, after: u64, is_gap: bool, published: u64, now: Moment) {
        let begun = |position| Wait { position, since: now };
        let (gap, due) = (self.gap.filter(|gap| gap.position == after), self.due.filter(|due| due.position > after));
        self.gap = is_gap.then(|| gap.unwrap_or(begun(after)));
        self.due = (published > after).then(|| due.unwrap_or(begun(published)));
    }

    pub fn waits(&self) -> bool {
        self.gap.is_some() || self.due.is_some()
    }

    pub fn is_over(&self, now: Moment, times: MergeTimes) -> bool {
        self.gap.is_some_and(|gap| gap.is_over(now, times.gap_ms))
            || self.due.is_some_and(|due| due.is_over(now, times.fallback_ms))
    }
}
