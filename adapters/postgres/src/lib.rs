//! The store port on Postgres: one schema a context, one transaction and one round trip a group, one owner at a time.
//!
//! Who may write is decided by the data alone. Each group appends a row to `groups` behind the newest one that its owner
//! knows; the version is the primary key, so that of two owners one is refused. Clock, lease and heartbeat only decide
//! who tries. An owner claims a store by such a row too, before it reads anything.
//!
//! A process opens a store and owns it while it runs ([`open`]), or stands by it as one of several replicas ([`standby`]).
mod address;
mod answers;
mod batch;
mod boot_time;
mod cache;
mod calls;
mod catalog;
mod changes;
mod claim;
mod connection;
mod counts;
mod creation;
mod dump;
mod fault;
mod fence;
mod groups;
mod heartbeat;
mod highest_id;
mod identity;
mod index;
mod layout;
mod lease;
mod lift;
mod log;
mod number;
mod opening;
mod options;
mod owned;
mod owners;
mod page;
mod pairs;
mod parked;
mod place;
mod pool;
mod read;
mod reader;
mod removed_rows;
mod replicas;
mod resolve;
mod restored;
mod rows;
mod schema_name;
mod session;
mod standby;
mod statement;
mod states;
mod store;
mod stored_table;
mod text;
mod tls;
mod verify;

pub use address::ServerAddress;
pub use dump::Dump;
pub use options::PostgresOptions;
pub use read::{has, read, read_still};
pub use restored::restored;
pub use standby::standby;
pub use store::{Postgres, open};
pub use tls::ServerTls;
