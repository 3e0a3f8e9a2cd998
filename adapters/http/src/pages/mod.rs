//! The pages people use: their files, who somebody is to them, and one live connection for all that a page shows.
pub(crate) mod assets;
mod file;
pub(crate) mod files;
pub(crate) mod live;
pub(crate) mod me;
pub(crate) mod shell;
