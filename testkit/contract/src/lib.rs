//! A contract then and now: what its users lose or gain, in sentences, and whether that was decided on.
//!
//! By hand, as of the tools there are the ones that judge OpenAPI 3.1 are no packages of Rust, Node.js or Java, those
//! that are stop at 3.0, and the one for AsyncAPI does not look into payloads.
mod asyncapi;
mod bounds;
mod breaks;
mod context;
mod judge;
mod openapi;
mod place;
mod schema;
mod sides;
mod words;

pub use asyncapi::asyncapi;
pub use breaks::{Breaks, Release};
pub use context::of_context;
pub use openapi::openapi;

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    pub breaks: bool,
    pub sentence: String,
}

/// The sentences of those that break, or of those that do not.
pub fn sentences(differences: &[Difference], breaking: bool) -> Vec<&str> {
    differences.iter().filter(|one| one.breaks == breaking).map(|one| one.sentence.as_str()).collect()
}
