//! `nadul completion`: a script that completes commands, systems and flags in a shell.
use crate::{cli::Cli, failure::Outcome, out};
use clap::{Args, CommandFactory};
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

pub fn run(arguments: &Arguments) -> Outcome {
    let mut script = vec![];
    clap_complete::generate(arguments.shell, &mut Cli::command(), "nadul", &mut script);
    out::say(&String::from_utf8_lossy(&script))
}
