//! One process of several: how it finds the others, what it says to them, and what it answers them.
pub mod addresses;
pub mod credentials;
pub mod directory;
pub mod edge;
pub mod elsewhere;
pub mod heads;
pub mod inside;
pub mod internal_port;
pub mod measures;
pub mod polled;
pub mod process;
pub mod settings;
pub mod sole_standby;
pub mod statuses;
