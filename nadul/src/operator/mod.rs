//! The operator's ways to a running process: its loopback HTTP endpoints, and a socket in its data folder for what must not be on a port.
pub mod backup;
pub mod client;
pub mod socket;
