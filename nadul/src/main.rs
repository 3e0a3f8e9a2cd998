//! nadul: five systems for customers who pay first and are served later, in one binary.
mod catalogue;
mod cli;
mod command;
mod failure;
mod log_settings;
mod nearest;
mod out;
mod settings;

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
