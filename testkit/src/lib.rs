//! How Nadul is tested: given/when/then for rules, a whole system from one seed, one suite for every store.
pub mod rules;
pub mod simulation;
