//! bookstore over HTTP, as its page tells it: a real process, a real disk, every line that a buyer, a seller or a courier can rely on.
mod commands;
pub mod ledger;
mod rules;
mod steps;
mod views;
