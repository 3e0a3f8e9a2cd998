//! What a proof found, with the rows it is about.
use crate::port::store::StoreError;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Sorts of what can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The store's own checks: checksums, counts, indexes.
    Store,
    /// Positions missing from a log, or an event nobody can read.
    Log,
    /// A state that is not the fold of its events.
    State,
    /// A row that is not what its state, event or fold shows.
    Row,
    /// A consumer's position where its source has not been.
    Position,
    /// A consumer that has still events to read.
    Behind,
    /// An event that is parked.
    Parked,
    /// An event an operator has let go; what it should have done is missing since.
    Skipped,
    /// A call that is neither settled nor voided.
    Call,
    /// A context whose process ended without being stopped, or was at work when its store was copied.
    Ended,
    /// Sums kept in a head that are not those of the states.
    Ledger,
    /// An account of a conservation rule that is not zero.
    Uneven,
    /// Something is still held.
    Hold,
    /// A store that does not belong to the others: it went back in time, or it is of another life.
    Life,
    /// Written by another release; it changes with the next start.
    Release,
    /// It could not be read at all.
    Unreadable,
}

/// One thing that was found: where, and in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub what: What,
    pub context: String,
    /// The row, state or position: `payments/17`.
    pub place: String,
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.context, self.place, self.text)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub system: String,
    pub events: u64,
    pub states: u64,
    pub rows: u64,
    /// What is broken; not all of one sort are named.
    pub findings: Vec<Finding>,
    /// How many of each sort there are, named or not.
    pub counts: BTreeMap<What, u64>,
    /// What is not broken, but not at rest either.
    pub notes: Vec<Finding>,
    /// What could not be read, so that it is not proved.
    pub unreadable: Vec<Finding>,
    #[serde(skip)]
    named: usize,
}

impl Report {
    pub(super) fn new(system: &str, named: usize) -> Report {
        Report { system: system.to_string(), named, ..Report::default() }
    }

    /// Everything was read and nothing is broken; what the next start sets right by itself is not.
    pub fn clean(&self) -> bool {
        self.findings.is_empty() && self.readable()
    }

    /// Nothing is broken and nothing is on its way: no event unread, nothing held, no call in doubt.
    pub fn at_rest(&self) -> bool {
        let open = |note: &Finding| !matches!(note.what, What::Ended | What::Release | What::Skipped);
        self.clean() && !self.notes.iter().any(open)
    }

    pub fn readable(&self) -> bool {
        self.unreadable.is_empty()
    }

    pub(super) fn has_unreadable(&self, context: &str) -> bool {
        self.unreadable.iter().any(|finding| finding.context == context)
    }

    pub(super) fn finding(&mut self, what: What, context: &str, place: impl Into<String>, text: impl Into<String>) {
        let count = self.counts.entry(what).or_default();
        *count += 1;
        if *count <= self.named as u64 {
            self.findings.push(finding(what, context, place, text));
        }
    }

    pub(super) fn note(&mut self, what: What, context: &str, place: impl Into<String>, text: impl Into<String>) {
        if self.notes.len() < self.named {
            self.notes.push(finding(what, context, place, text));
        }
    }

    /// A context whose store could not be read, and why.
    pub fn unreadable(&mut self, context: &str, error: &StoreError) {
        self.unreadable.retain(|finding| finding.context != context);
        self.unreadable.push(finding(What::Unreadable, context, "store", error.to_string()));
    }
}

fn finding(what: What, context: &str, place: impl Into<String>, text: impl Into<String>) -> Finding {
    Finding { what, context: context.to_string(), place: place.into(), text: text.into() }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { system, events, states, rows, .. } = self;
        let verdict = match (self.readable(), self.clean()) {
            (false, _) => "could not be read in full",
            (true, false) => "is broken",
            (true, true) => "holds",
        };
        writeln!(f, "{system} {verdict}: {events} events, {states} states, {rows} rows")?;
        self.unreadable.iter().try_for_each(|finding| writeln!(f, "  unreadable  {finding}"))?;
        self.findings.iter().try_for_each(|finding| writeln!(f, "  broken      {finding}"))?;
        for (what, count) in self.counts.iter().filter(|(_, count)| **count > self.named as u64) {
            writeln!(f, "  broken      {} more of the sort {what:?}", count - self.named as u64)?;
        }
        self.notes.iter().try_for_each(|finding| writeln!(f, "  note        {finding}"))
    }
}
