//! Relays against a real broker: what a subscriber sees on the topic, and what becomes of it when the broker or the log fails.
mod away;
mod order;
mod sign_in;
mod topic;
mod went_back;

mod log;
mod site;
