//! A context at work: a state machine without I/O, the ports it stands on, and the loop that drives it.
pub mod host;
pub mod limits;
pub mod machine;
pub mod message;
pub mod proof;
pub mod store;
pub mod upstream;
