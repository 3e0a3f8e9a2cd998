//! One file a command.
pub mod backup;
pub mod bench;
pub mod board;
pub mod check;
pub mod completion;
pub mod log;
pub mod parked;
pub mod run;
pub mod sandbox;
pub mod settings;
pub mod stop;
pub mod systems;

use crate::cli::{Cli, Command};
use crate::failure::Outcome;

pub fn run(cli: Cli) -> Outcome {
    let Cli { given, command } = cli;
    match command {
        Command::Run(arguments) => run::run(&given, &arguments),
        Command::Systems(arguments) => systems::run(&given, &arguments),
        Command::Settings(arguments) => settings::run(&given, &arguments),
        Command::Board(arguments) => board::run(&given, &arguments),
        Command::Log(arguments) => log::run(&given, &arguments),
        Command::Check(arguments) => check::run(&given, &arguments),
        Command::Backup(arguments) => backup::run(&given, &arguments),
        Command::Stop(arguments) => stop::run(&given, &arguments, false),
        Command::Start(arguments) => stop::run(&given, &arguments, true),
        Command::Sandbox(arguments) => sandbox::run(&given, &arguments),
        Command::Parked(arguments) => parked::run(&given, &arguments),
        Command::Bench(arguments) => bench::run(&given, &arguments),
        Command::Completion(arguments) => completion::run(&arguments),
    }
}
