//! nadul: five systems for customers who pay first and are served later, in one binary.
mod catalogue;
mod cli;
mod command;
mod failure;
mod folder;
mod listen;
mod log_line;
mod log_settings;
mod nearest;
mod operator;
mod out;
mod place;
mod settings;
mod sqlite_settings;
mod stores;
mod word;

use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match command::run(cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.text.is_empty() {
                eprintln!("nadul: {failure}");
            }
            ExitCode::from(failure.code)
        }
    }
}
