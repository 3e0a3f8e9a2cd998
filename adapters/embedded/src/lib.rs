//! A system at work in this process: a thread a context, each on its own store, joined by mailboxes. [`Host`] has all contexts of a
//! system; [`replicated`] is one process of several.
mod announcer;
mod bell;
mod clock;
mod delays;
mod feed;
mod host;
mod log;
mod network;
mod opening;
mod relay;
pub mod replicated;
mod sandbox;
mod slot;
mod snapshots;
mod stores;
mod tail;
mod uneven;

pub use clock::SystemClock;
pub use host::Host;
pub use opening::{HasStore, OnCommit, OpenStore, SystemOpening};
