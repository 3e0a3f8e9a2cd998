//! Arguments that every command takes: where settings come from and where the data lies.
use crate::command_error::CommandResult;
use crate::settings::{Resolved, Sources};
use clap::Args;
use std::path::PathBuf;

/// Given before or behind any command.
#[derive(Args, Clone)]
pub struct Global {
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

impl Global {
    pub fn settings(&self) -> CommandResult<Resolved> {
        Resolved::from(&self.sources())
    }

    pub fn sources(&self) -> Sources {
        Sources { file: self.config.clone(), environment: std::env::vars_os().collect(), flags: self.set.clone() }
    }
}
