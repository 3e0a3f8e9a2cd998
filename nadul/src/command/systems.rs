//! `nadul systems`: what this binary holds.
use crate::{catalogue, command_error::CommandResult, global::Global, out};
use clap::Args;
use kernel::System;
use serde_json::json;

#[derive(Args)]
#[command(after_help = "Examples:\n  nadul systems\n  nadul systems --json | jq '.[].contexts[].port'")]
pub struct Arguments {
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let settings = global.settings()?;
    let systems: Vec<System> = catalogue::ALL.iter().map(|entry| (entry.build)(&settings.group(entry.name))).collect();
    if arguments.json {
        return out::json(&systems.iter().map(value).collect::<Vec<_>>());
    }
    let row = |system: &System| {
        let contexts: Vec<&str> = system.contexts.iter().map(|context| context.name).collect();
        vec![system.name.to_string(), system.about.to_string(), contexts.join(" · ")]
    };
    out::print(&out::table(&systems.iter().map(row).collect::<Vec<_>>()))
}

fn value(system: &System) -> serde_json::Value {
    let contexts: Vec<_> =
        system.contexts.iter().map(|context| json!({"name": context.name, "port": context.port})).collect();
    json!({"name": system.name, "about": system.about, "topic": system.topic, "contexts": contexts})
}
