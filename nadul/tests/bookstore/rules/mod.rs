//! The rules of its page that are its own.
mod doubt;
mod races;
mod stock;
