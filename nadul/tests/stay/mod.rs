//! stay over HTTP, as its page tells it: a real process, a real disk, every line that a guest, a host or a rental can rely on.
mod cancels;
mod down;
mod events;
mod messages;
mod offers;
mod reservations;
mod reviews;
mod rules;
mod steps;
mod views;
