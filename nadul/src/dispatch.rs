//! Runs the command that the command line names.
use crate::cli::{Cli, Command};
use crate::command::{
    backup, bench, board, check, completion, gateway, keys, log, parked, restored, run, sandbox, serve, settings,
    status, stop, systems, token,
};
use crate::command_error::CommandResult;

use clap::CommandFactory;

pub fn run(cli: Cli) -> CommandResult {
    let Cli { global, command } = cli;
    match command {
        Command::Run(arguments) => run::run(&global, &arguments),
        Command::Serve(arguments) => serve::run(&global, &arguments),
        Command::Gateway(arguments) => gateway::run(&global, &arguments),
        Command::Status(arguments) => status::run(&global, &arguments),
        Command::Keys(arguments) => keys::run(&global, &arguments),
        Command::Systems(arguments) => systems::run(&global, &arguments),
        Command::Settings(arguments) => settings::run(&global, &arguments),
        Command::Board(arguments) => board::run(&global, &arguments),
        Command::Log(arguments) => log::run(&global, &arguments),
        Command::Check(arguments) => check::run(&global, &arguments),
        Command::Backup(arguments) => backup::run(&global, &arguments),
        Command::Restored(arguments) => restored::run(&global, &arguments),
        Command::Stop(arguments) => stop::run(&global, &arguments, false),
        Command::Start(arguments) => stop::run(&global, &arguments, true),
        Command::Sandbox(arguments) => sandbox::run(&global, &arguments),
        Command::Parked(arguments) => parked::run(&global, &arguments),
        Command::Token(arguments) => token::run(&global, &arguments),
        Command::Bench(arguments) => bench::run(&global, &arguments),
        Command::Completion(arguments) => completion::run(&arguments, Cli::command()),
    }
}
