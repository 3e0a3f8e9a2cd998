//! bookstore over HTTP, as its page tells it: a real process, a real disk, every line that a buyer, a seller or a courier can rely on.
mod books;
mod cancels;
mod courier;
mod doubt;
mod down;
mod events;
mod killed;
pub mod ledger;
mod messages;
mod orders;
mod races;
mod seller;
mod steps;
mod stock;
mod top_books;
mod views;
