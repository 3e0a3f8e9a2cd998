//! Relays and feeds against a real broker: what a subscriber sees on the topic and a context hears there, and what becomes of it when the broker or
//! the log fails.
mod away;
mod conformance;
mod heard;
mod order;
mod sign_in;
mod tls;
mod topic;
mod went_back;

mod log;
mod reader;
mod site;
