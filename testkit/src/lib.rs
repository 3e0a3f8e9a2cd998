//! What tests of every part stand on: given/when/then for rules, a whole system from one seed, one suite for every adapter of a port.
//!
//! **To add a store:** implement `runtime::port::store::Store`, and in its `tests/` call [`conformance!`] with a function
//! that makes an empty [`conformance::Place`].
//! **To add a feed, or a way between contexts:** implement `Feed` or `Peers` of `runtime::port`, and call [`feed_conformance!`] or [`peers_conformance!`].
pub mod conformance;
pub mod exchange;
pub mod golden;
pub mod people;
pub mod rules;
pub mod simulation;
