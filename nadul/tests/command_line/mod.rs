//! The binary as its users meet it: real processes, their output and their exit codes.
mod board;
mod check;
mod log;
mod mistakes;
mod operator;
mod output;
mod run;
mod settings;
