//! Proves stores at rest: what is kept equals what is folded afresh from the logs, the ledger is even, nothing is left open.
//!
//! It only reads, through the [`Reader`] port, so that stores of every kind are proved by the same words: those on a disk by
//! `nadul check`, those in memory by tests and the simulation. Memory is bounded: things are folded in slices of their ids,
//! with one pass over the log for each slice.
mod balance;
mod doubt;
mod journal;
mod listed;
mod marks;
mod merge;
mod report;
mod slice;
mod states;
mod stream;
mod views;

pub use report::{Finding, Report, What};

use crate::port::store::{Reader, Result, StoreError};
use kernel::{Context, Head, System};
use std::sync::Arc;

/// How a proof is bounded.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Values folded at once: each costs some hundred bytes of memory, fewer cost more passes over the logs.
    pub values_at_once: usize,
    /// Findings of one sort that are named; further ones are counted.
    pub named: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds { values_at_once: 100_000, named: 100 }
    }
}

/// Proves all of a system's contexts against each other.
pub fn prove(system: &System, readers: &[(&Context, Arc<dyn Reader>)]) -> Report {
    prove_within(system, readers, Bounds::default())
}

pub fn prove_within(system: &System, readers: &[(&Context, Arc<dyn Reader>)], bounds: Bounds) -> Report {
    let mut report = Report::new(system.name, bounds.named);
    let mut shelves = vec![];
    for (context, reader) in readers {
        match reader.head() {
            Ok(head) => shelves.push(Shelf { context, reader: reader.as_ref(), head }),
            Err(error) => report.unreadable(context.name, &error),
        }
    }
    let proof = Proof { system, shelves, bounds };
    for shelf in &proof.shelves {
        if let Err(error) = proof.one(shelf, &mut report) {
            report.unreadable(shelf.context.name, &error);
        }
    }
    proof.together(&mut report);
    report
}

/// One context and what is kept of it.
struct Shelf<'a> {
    context: &'a Context,
    reader: &'a dyn Reader,
    head: Head,
}

impl Shelf<'_> {
    /// Written by a release whose states had another shape: they are folded again when this one starts.
    fn reshaped(&self, kind: &kernel::Kind) -> bool {
        self.head.versions.get(kind.name).is_some_and(|version| *version != kind.version)
    }
}

struct Proof<'a> {
    system: &'a System,
    shelves: Vec<Shelf<'a>>,
    bounds: Bounds,
}

impl Proof<'_> {
    fn shelf(&self, context: &str) -> Option<&Shelf<'_>> {
        self.shelves.iter().find(|shelf| shelf.context.name == context)
    }

    fn source(&self, context: &str) -> Result<&Shelf<'_>> {
        self.shelf(context).ok_or_else(|| StoreError::Failed(format!("the store of {context} is needed and not there")))
    }

    /// What one context's store can be held to, with the logs it reads.
    fn one(&self, shelf: &Shelf<'_>, report: &mut Report) -> Result<()> {
        for flaw in shelf.reader.verify()? {
            report.finding(What::Store, shelf.context.name, "store", flaw);
        }
        journal::prove(shelf, report)?;
        for kind in &shelf.context.kinds {
            states::prove(self, shelf, kind, report)?;
        }
        for collection in &shelf.context.collections {
            listed::prove(shelf, collection, report)?;
        }
        for view in &shelf.context.views {
            views::prove(self, shelf, view, report)?;
        }
        marks::prove(self, shelf, report)?;
        doubt::prove(self, shelf, report)
    }

    /// What only all contexts together can be held to.
    fn together(&self, report: &mut Report) {
        for context in &self.system.contexts {
            if self.shelf(context.name).is_none() && !report.has_unreadable(context.name) {
                report.unreadable(context.name, &StoreError::Failed("there is no store of it".into()));
            }
        }
        if report.readable()
            && let Err(error) = balance::prove(self, report)
        {
            report.unreadable(self.system.name, &error);
        }
    }
}
