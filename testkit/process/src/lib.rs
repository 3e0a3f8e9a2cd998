//! The binary as its users meet it: a real process on a folder and a port of its own, asked over HTTP, and killed.
mod answer;
mod crowd;
mod live;
mod nadul;
mod rest;
mod served;
mod whole;

pub use answer::Answer;
pub use live::{Live, Sent};
pub use nadul::{Nadul, Said};
pub use served::{Door, PATIENCE, Served};
pub use whole::bare;
