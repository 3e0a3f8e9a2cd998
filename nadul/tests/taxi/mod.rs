//! taxi over HTTP, as its page tells it: a real process, a real disk, every line that a customer or a driver can rely on.
mod commands;
mod rules;
mod steps;
mod views;
