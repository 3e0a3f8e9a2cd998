//! A Postgres server for tests: started from the binaries of this machine, and gone with the process that started it.
//!
//! `NADUL_TEST_POSTGRES=postgres://…` names a server to be used instead, as a user who may make databases.
mod binaries;
mod database;
mod dump;
mod server;

pub use database::{Database, TestSession};
pub use dump::DumpFile;
pub use server::{Paused, PostgresServer};
