//! call-taxi as its page tells it, line by line, over HTTP on a real process and a real disk.
mod cancelling;
mod commands;
mod doubt;
mod down;
mod events;
mod fares;
mod killed;
mod messages;
mod pay_fail;
mod races;
mod rank;
mod rules;
mod view;
