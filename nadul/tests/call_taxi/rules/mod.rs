//! The rules of its page that are its own.
mod fares;
mod logging;
