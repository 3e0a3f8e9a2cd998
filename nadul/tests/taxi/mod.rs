//! taxi as its users meet it: every line of its contract, asked of a real process on a real disk.
mod commands;
mod events;
mod picking;
mod policies;
mod rules;
mod steps;
mod views;
