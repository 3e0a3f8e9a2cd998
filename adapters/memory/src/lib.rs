//! The store port in memory: plain maps, as durable as the [`Disk`] they lie on. For simulation and tests.
mod apply;
mod disk;
mod fence;
mod reader;
mod store;
mod table;

pub use disk::Disk;
pub use fence::SentGroup;
pub use store::Memory;
