//! Stores at rest, as a proof reads them.
use crate::port::store::{Reader, Result, StoreError};
use kernel::{Context, Head, Kind, System};

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

/// One context and what is kept of it.
pub struct StoreAtRest<'a> {
    pub context: &'a Context,
    pub reader: &'a dyn Reader,
    pub head: Head,
}

impl StoreAtRest<'_> {
    /// Written by a release whose states had another shape: they are folded again when this one starts.
    pub fn reshaped(&self, kind: &Kind) -> bool {
        let is_other = |version: &u32| *version != kind.version;
        self.head.versions.get(kind.name).is_some_and(is_other) || self.head.refolding.contains_key(kind.name)
    }
}

pub struct SystemAtRest<'a> {
    pub system: &'a System,
    pub stores: Vec<StoreAtRest<'a>>,
    pub bounds: Bounds,
}

impl SystemAtRest<'_> {
    pub fn store(&self, context: &str) -> Option<&StoreAtRest<'_>> {
        self.stores.iter().find(|store| store.context.name == context)
    }

    pub fn source(&self, context: &str) -> Result<&StoreAtRest<'_>> {
        self.store(context).ok_or_else(|| StoreError::Failed(format!("the store of {context} is needed and not there")))
    }
}
