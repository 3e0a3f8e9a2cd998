//! A context at work: a state machine without I/O, the ports it stands on, and the loop that drives it.
pub mod driver;
pub mod error;
pub mod follow;
pub mod limits;
pub mod lives;
pub mod machine;
pub mod merge;
pub mod message;
pub mod port;
mod portions;
pub mod proof;
pub mod request;
pub mod stretch;
pub mod upstream;
