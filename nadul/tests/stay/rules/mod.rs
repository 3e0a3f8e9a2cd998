//! The rules of its page that are its own.
mod cancels;
mod crowds;
mod down;
