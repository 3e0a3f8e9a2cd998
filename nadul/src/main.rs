//! nadul: five systems for customers who pay first and are served later, in one binary.
mod callers;
mod catalogue;
mod chosen_contexts;
mod cli;
mod cluster;
mod command;
mod command_error;
mod context_path;
mod dispatch;
mod folder;
mod global;
mod identities;
mod kafka_brokers;
mod kafka_settings;
mod known_name;
mod listen;
mod log_line;
mod log_settings;
mod memory_stores;
mod nearest;
mod operator;
mod out;
mod page_files;
mod postgres_databases;
mod postgres_settings;
mod postgres_stores;
mod private_files;
mod process;
mod settings;
mod sqlite_settings;
mod store_owner;
mod stores;

use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    private_files::make_for_own_account();
    match dispatch::run(cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.text.is_empty() {
                out::note(&format!("nadul: {failure}"));
            }
            ExitCode::from(failure.code)
        }
    }
}
