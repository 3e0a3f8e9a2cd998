//! What a context at work stands on, each port named for its promise. One crate of `adapters/` keeps each promise with one technology.
//!
//! What crosses a port can cross a wire: refusals travel by their stable code, deadlines as the time that is left, and a message says which
//! version of the protocol it speaks.
pub mod broker;
pub mod clock;
pub mod directory;
pub mod feed;
pub mod peers;
pub mod replica;
pub mod store;
pub mod work;
