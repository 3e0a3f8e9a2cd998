//! What tests of every part stand on: given/when/then for rules, a whole system from one seed, one suite for every store.
//!
//! **To add a store:** implement `runtime::port::store::Store`, and in its `tests/` call [`conformance!`] with a function
//! that makes an empty [`conformance::Place`].
pub mod conformance;
pub mod exchange;
pub mod golden;
pub mod rules;
pub mod simulation;
