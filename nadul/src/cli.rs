//! The command line: its words, their help and their examples.
use crate::settings::{Resolved, Sources};
use crate::{catalogue, failure::Outcome, word::Word};
use clap::builder::{Styles, styling::AnsiColor};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

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
    pub given: Given,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command may be given.
#[derive(Args, Clone)]
pub struct Given {
    /// Read settings from this file instead of nadul.toml in the working directory
    #[arg(long, global = true, value_name = "FILE", help_heading = "Settings")]
    pub config: Option<PathBuf>,
    /// Change one setting: group.name=value (see nadul settings); may be repeated
    #[arg(long, global = true, value_name = "GROUP.NAME=VALUE", help_heading = "Settings")]
    pub set: Vec<String>,
    /// The data folder; by default in the user's data folder
    #[arg(long, global = true, value_name = "DIR", help_heading = "Settings")]
    pub data: Option<PathBuf>,
}

impl Given {
    pub fn settings(&self) -> Outcome<Resolved> {
        let environment = std::env::vars_os().collect();
        Resolved::from(&Sources { file: self.config.clone(), environment, flags: self.set.clone() })
    }
}

#[derive(Subcommand)]
pub enum Command {
    /// Run systems in this process, until it is told to stop
    Run(crate::command::run::Arguments),
    /// List the systems this binary holds
    Systems(crate::command::systems::Arguments),
    /// Show what can be set, its value and who set it
    Settings(crate::command::settings::Arguments),
    /// Draw a system's event-storming board
    Board(crate::command::board::Arguments),
    /// Read what happened, also while it happens
    Log(crate::command::log::Arguments),
    /// Prove what is stored, while nothing runs
    Check(crate::command::check::Arguments),
    /// Copy all stores, while they are at work or at rest
    Backup(crate::command::backup::Arguments),
    /// Stop one context of a running process, as if it were down
    Stop(crate::command::stop::Arguments),
    /// Start it again
    Start(crate::command::stop::Arguments),
    /// Say how the payment provider of a running system behaves
    Sandbox(crate::command::sandbox::Arguments),
    /// List what a running system has set aside; try it again, or skip it
    Parked(crate::command::parked::Arguments),
    /// Measure a system under load on this machine
    Bench(crate::command::bench::Arguments),
    /// Write a completion script for a shell
    Completion(crate::command::completion::Arguments),
}

/// A system's name, checked and completed by the command line itself.
pub fn system() -> Word {
    Word { what: "system", known: catalogue::names() }
}
