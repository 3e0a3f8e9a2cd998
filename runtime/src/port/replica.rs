//! The port to a context's replicas: one owns its store and writes, the others read it and stand by.
//!
//! Who may write is decided by the store's fence alone (see [`Store::apply`](crate::port::store::Store::apply) and
//! [`StoreError::Conflict`](crate::port::store::StoreError::Conflict)); what is said here decides only who tries.
use crate::port::store::{Reader, Result, Store};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One process of a context's, as the others see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replica {
    /// Another one for each start of a process.
    pub id: String,
    /// The base of its internal address: `http://10.0.0.7:9088`.
    pub url: String,
    /// The release that it runs; a higher number is a newer one.
    pub release: u64,
    pub state: ReplicaState,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReplicaState {
    /// It can't answer yet.
    #[default]
    Starting,
    /// It reads the store, and can own it.
    Ready,
    /// It answers still, and is about to go.
    Leaving,
}

/// Who owns a context, and who is there, as its store says it at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    /// Grows with each claim.
    pub epoch: u64,
    /// Who claimed it last and has not given it back. It may be gone: see `is_free`.
    pub owner: Option<Replica>,
    /// Nobody holds it, or it was given to the replica that asks: that one may claim it at once.
    pub is_free: bool,
    /// Whom the owner has given it to.
    pub heir: Option<String>,
    /// The replicas that were heard of lately, the owner among them.
    pub replicas: Vec<Replica>,
    /// How far the clock of who asks is ahead of the store's, by which the replicas know each other's times; 0 where both have one clock.
    #[serde(skip)]
    pub clock_ahead_ms: i64,
}

/// A context's store as one replica stands by it, whether it owns the store or not. One thread has it.
pub trait Standby: Send {
    /// Says that this replica is there and in which state, and hears who else is.
    fn look(&mut self, state: ReplicaState) -> Result<Ownership>;

    /// What is durable, read without owning it. An error: the store is not made yet, or this release can't read it.
    fn reader(&self) -> Result<Arc<dyn Reader>>;

    /// Owns the store from here on: whatever an owner before still writes comes too late.
    ///
    /// # Errors
    /// `Busy`: another replica owns it and is alive, or it is another one's turn. Nobody is waited for.
    fn claim(&mut self) -> Result<Box<dyn Store>>;

    /// The owner gives the store back, after its last group and once it is dropped: to the heir where there is one, who may claim it
    /// at once and others a second later. A store that is dropped and not given back is held until its owner has not been heard of
    /// for long enough.
    fn release(&mut self, heir: Option<&str>) -> Result<()>;

    /// This replica goes: the others forget it at once.
    fn leave(&mut self) -> Result<()>;
}
