//! The binary as its users meet it: real processes, their output and their exit codes.
mod bench;
mod board;
mod check;
mod files;
mod log;
mod mistakes;
mod operator;
mod output;
mod read_only;
mod run;
mod settings;
mod tls;
