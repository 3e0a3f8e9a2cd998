//! `nadul completion`: a script that completes commands, systems and flags in a shell.
use crate::{command_error::CommandResult, out};
use clap::{Args, Command};
use clap_complete::Shell;

const EXAMPLES: &str = "Examples:
  nadul completion bash > ~/.local/share/bash-completion/completions/nadul
  nadul completion zsh > ~/.zfunc/_nadul
  nadul completion fish > ~/.config/fish/completions/nadul.fish";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Which shell
    shell: Shell,
}

/// `cli` is the whole command line.
pub fn run(arguments: &Arguments, mut cli: Command) -> CommandResult {
    let mut script = vec![];
    clap_complete::generate(arguments.shell, &mut cli, "nadul", &mut script);
    out::print_as_it_is(&String::from_utf8_lossy(&script))
}
