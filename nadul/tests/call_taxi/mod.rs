//! call-taxi as its page tells it, line by line, over HTTP on a real process and a real disk.
mod cancelling;
mod commands;
mod events;
mod fares;
mod messages;
mod pay_fail;
mod rules;
mod steps;
mod views;
