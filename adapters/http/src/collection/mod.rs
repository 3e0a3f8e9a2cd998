//! Reading a collection: listed page by page, one row by its id, or live.
pub(crate) mod collection_ref;
pub(crate) mod filter;
pub(crate) mod list;
pub(crate) mod list_query;
pub(crate) mod live;
pub(crate) mod row;
mod scan;
pub(crate) mod wait;
