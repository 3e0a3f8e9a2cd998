//! One file a command.
pub mod board;
pub mod completion;
pub mod settings;
pub mod systems;

use crate::cli::{Cli, Command};
use crate::failure::Outcome;

pub fn run(cli: Cli) -> Outcome {
    let Cli { given, command } = cli;
    match command {
        Command::Systems(arguments) => systems::run(&given, &arguments),
        Command::Settings(arguments) => settings::run(&given, &arguments),
        Command::Board(arguments) => board::run(&given, &arguments),
        Command::Completion(arguments) => completion::run(&arguments),
    }
}
