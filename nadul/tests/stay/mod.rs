//! stay over HTTP, as its page tells it: a real process, a real disk, every line that a guest, a host or a rental can rely on.
mod commands;
mod messages;
mod rules;
mod steps;
mod views;
