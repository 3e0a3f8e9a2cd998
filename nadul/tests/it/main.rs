//! The binary as its users meet it: real processes, their output and their exit codes.
mod board;
mod mistakes;
mod nadul;
mod settings;
