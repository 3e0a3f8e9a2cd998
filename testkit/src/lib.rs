//! What tests of every part stand on.
//!
//! **To add a store:** implement `runtime::store::Store`, and in its `tests/` call [`conformance!`] with a function
//! that makes an empty [`conformance::Place`].
pub mod conformance;
