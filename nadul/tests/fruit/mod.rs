//! fruit over HTTP, as its page tells it: a real process, a real disk, every line that a customer or a courier can rely on.
mod commands;
mod steps;
