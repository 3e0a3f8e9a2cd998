//! `nadul stop` and `nadul start`: one context of a running process, as if it were down; the others go on.
use crate::command_error::CommandResult;
use crate::operator::client::Asked;
use crate::{context_path, context_path::ContextPath, global::Global, out, stores};
use clap::Args;
use serde_json::json;

#[derive(Args)]
#[command(
    after_help = "Only of a process of nadul run: contexts of nadul serve are stopped by ending their processes.\n\nExamples:\n  nadul stop taxi/pickup\n  nadul start taxi/pickup"
)]
pub struct Arguments {
    /// Which context of which system
    #[arg(value_name = "SYSTEM/CONTEXT", value_parser = context_path::parse)]
    path: ContextPath,
    #[command(flatten)]
    asked: Asked,
}

pub fn run(global: &Global, arguments: &Arguments, running: bool) -> CommandResult {
    let system = stores::build(arguments.path.system, &global.settings()?)?;
    let context = arguments.path.context(&system)?;
    let path = format!("/{}/sandbox/contexts/{}", system.name, context.name);
    arguments.asked.client(global)?.put(&path, &json!({ "running": running }))?;
    out::print(&format!("{}/{} {}\n", system.name, context.name, if running { "runs" } else { "is stopped" }))
}
