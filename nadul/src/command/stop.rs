//! `nadul stop` and `nadul start`: one context of a running process, as if it were down; the others go on.
use crate::command_error::CommandResult;
use crate::folder::Folder;
use crate::operator::client::Client;
use crate::{context_path, context_path::ContextPath, global::Global, out, stores};
use clap::Args;
use serde_json::json;

#[derive(Args)]
#[command(after_help = "Examples:\n  nadul stop taxi/pickup\n  nadul start taxi/pickup")]
pub struct Arguments {
    /// Which context of which system
    #[arg(value_name = "SYSTEM/CONTEXT", value_parser = context_path::parse)]
    path: ContextPath,
}

pub fn run(global: &Global, arguments: &Arguments, running: bool) -> CommandResult {
    let system = stores::build(arguments.path.system, &global.settings()?);
    let context = arguments.path.context(&system)?;
    let process = Folder::named(global.data.as_deref())?.running()?;
    let path = format!("/{}/sandbox/contexts/{}", system.name, context.name);
    Client::to(&process).put(&path, &json!({ "running": running }))?;
    out::print(&format!("{}/{} {}\n", system.name, context.name, if running { "runs" } else { "is stopped" }))
}
