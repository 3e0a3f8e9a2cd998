//! fruit as its page tells it, line by line, over HTTP on a real process and a real disk.
mod commands;
mod events;
mod messages;
mod steps;
mod views;
