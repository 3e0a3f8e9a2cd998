//! Proves stores at rest: what is kept equals what is folded afresh from the logs, the ledger is even, nothing is left open.
//!
//! It only reads, through the [`Reader`] port, so that stores of every kind are proved by the same words: those on a disk by
//! `nadul check`, those in memory by tests and the simulation. Memory is bounded: things are folded in slices of their ids,
//! with one pass over the log for each slice.
mod at_rest;
mod balance;
mod doubt;
mod journal;
mod listed;
mod marks;
mod merge;
mod report;
mod rows;
mod states;
mod uneven;
mod views;

pub use at_rest::Bounds;
pub use report::{Finding, Report, What};
pub use uneven::{UnevenAccount, uneven_accounts};

use crate::lives::{self, FoundStore};
use crate::port::store::{Reader, Result, StoreError, StoreOrigin};
use at_rest::{StoreAtRest, SystemAtRest};
use kernel::{Context, System};
use std::sync::Arc;

/// Proves all of a system's contexts against each other.
pub fn prove(system: &System, readers: &[(&Context, Arc<dyn Reader>)]) -> Report {
    prove_within(system, readers, Bounds::default())
}

pub fn prove_within(system: &System, readers: &[(&Context, Arc<dyn Reader>)], bounds: Bounds) -> Report {
    let mut report = Report::new(system.name, bounds.named);
    let mut stores = vec![];
    for (context, reader) in readers {
        match reader.head() {
            Ok(head) => stores.push(StoreAtRest { context, reader: reader.as_ref(), head }),
            Err(error) => report.unreadable(context.name, &error),
        }
    }
    let at_rest = SystemAtRest { system, stores, bounds };
    for store in &at_rest.stores {
        if let Err(error) = one(&at_rest, store, &mut report) {
            report.unreadable(store.context.name, &error);
        }
    }
    together(&at_rest, &mut report);
    report
}

/// What one context's store can be held to, with the logs it reads.
fn one(at_rest: &SystemAtRest<'_>, store: &StoreAtRest<'_>, report: &mut Report) -> Result<()> {
    for flaw in store.reader.verify()? {
        report.finding(What::Store, store.context.name, "store", flaw);
    }
    journal::prove(store, report)?;
    for kind in &store.context.kinds {
        states::prove(at_rest, store, kind, report)?;
    }
    for collection in &store.context.collections {
        listed::prove(store, collection, report)?;
    }
    for view in &store.context.views {
        views::prove(at_rest, store, view, report)?;
    }
    marks::prove(at_rest, store, report)?;
    doubt::prove(at_rest, store, report)
}

/// What only all contexts together can be held to.
fn together(at_rest: &SystemAtRest<'_>, report: &mut Report) {
    for context in &at_rest.system.contexts {
        if at_rest.store(context.name).is_none() && !report.has_unreadable(context.name) {
            report.unreadable(context.name, &StoreError::Failed("there is no store of it".into()));
        }
    }
    if report.readable()
        && let Err(error) = belong_together(at_rest, report).and_then(|()| balance::prove(at_rest, report))
    {
        report.unreadable(at_rest.system.name, &error);
    }
}

/// As the next start asks.
fn belong_together(at_rest: &SystemAtRest<'_>, report: &mut Report) -> Result<()> {
    let found = |store: &StoreAtRest<'_>| FoundStore::read(store.context.name, StoreOrigin::Here, store.reader);
    let found = at_rest.stores.iter().map(found).collect::<Result<Vec<_>>>()?;
    if let Err((context, error)) = lives::check(at_rest.system, &found) {
        report.finding(What::Life, context, "store", error.to_string());
    }
    Ok(())
}
