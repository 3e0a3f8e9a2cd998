//! The command line: its commands, their help and their examples. A command declares its own arguments.
use crate::command;
use crate::global::Global;
use clap::builder::{Styles, styling::AnsiColor};
use clap::{Parser, Subcommand};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "Examples:
  nadul run                              all systems on http://127.0.0.1:8088
  nadul run taxi                         one system, every context on its own port too
  nadul run --set runtime.drain_ms=5000  with a setting changed
  nadul settings taxi                    what can be set, and what is set by whom
  nadul check                            prove what is stored, while nothing runs";

/// Five systems for customers who pay first and are served later, on a kernel that cannot lose money or events.
#[derive(Parser)]
#[command(name = "nadul", version, after_help = EXAMPLES, styles = STYLES, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Run systems in this process, until it is told to stop
    Run(command::run::Arguments),
    /// Run contexts of a system in one process of several
    Serve(command::serve::Arguments),
    /// Run the one address for clients before such processes
    Gateway(command::gateway::Arguments),
    /// Show who owns what, who stands by, and how far everybody has come
    Status(command::status::Arguments),
    /// Make the keys that such processes know each other by
    Keys(command::keys::Arguments),
    /// List the systems this binary holds
    Systems(command::systems::Arguments),
    /// Show what can be set, its value and who set it
    Settings(command::settings::Arguments),
    /// Draw a system's event-storming board
    Board(command::board::Arguments),
    /// Read what happened, also while it happens
    Log(command::log::Arguments),
    /// Prove what is stored, while nothing runs
    Check(command::check::Arguments),
    /// Copy all stores, while they are at work or at rest
    Backup(command::backup::Arguments),
    /// Tell the stores of a system that the image of their disk was restored
    Restored(command::restored::Arguments),
    /// Stop one context of a running process, as if it were down
    Stop(command::stop::Arguments),
    /// Start it again
    Start(command::stop::Arguments),
    /// Say how the payment provider of a running system behaves
    Sandbox(command::sandbox::Arguments),
    /// List what a running system has set aside; try it again, or skip it
    Parked(command::parked::Arguments),
    /// Print a token of this data folder, for mode local
    Token(command::token::Arguments),
    /// Measure a system under load on this machine
    Bench(command::bench::Arguments),
    /// Write a completion script for a shell
    Completion(command::completion::Arguments),
}
