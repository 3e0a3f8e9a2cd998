//! bookstore over HTTP, as its page tells it: a real process, a real disk, every line that a buyer, a seller or a courier can rely on.
mod books;
mod cancels;
mod contexts;
mod courier;
mod doubt;
mod events;
mod faults;
mod ledger;
mod messages;
mod orders;
mod races;
mod seller;
mod shop;
mod stock;
mod top_books;
mod views;
