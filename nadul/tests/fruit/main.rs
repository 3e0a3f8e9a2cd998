//! fruit as its page tells it, line by line, over HTTP on a real process and a real disk.
mod commands;
mod doubt;
mod down;
mod events;
mod killed;
mod messages;
mod payment;
mod races;
mod shop;
mod view;
