//! Whole stores in portions, so that memory stays bounded however long they are.
pub mod slice;
pub mod stream;
