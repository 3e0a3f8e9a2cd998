//! taxi as its users meet it: every line of its contract, asked of a real process on a real disk.
mod commands;
mod conservation;
mod events;
mod hailing;
mod picking;
mod policies;
mod ports;
mod rules;
mod views;
