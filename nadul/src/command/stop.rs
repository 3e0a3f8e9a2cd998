//! `nadul stop` and `nadul start`: one context of a running process, as if it were down; the others go on.
use crate::failure::Outcome;
use crate::folder::Folder;
use crate::operator::client::Client;
use crate::{cli::Given, out, place, place::Place, stores};
use clap::Args;
use serde_json::json;

#[derive(Args)]
#[command(after_help = "Examples:\n  nadul stop taxi/pickup\n  nadul start taxi/pickup")]
pub struct Arguments {
    /// Which context of which system
    #[arg(value_name = "SYSTEM/CONTEXT", value_parser = place::parse)]
    place: Place,
}

pub fn run(given: &Given, arguments: &Arguments, running: bool) -> Outcome {
    let system = stores::build(arguments.place.system, &given.settings()?);
    let context = arguments.place.context(&system)?;
    let process = Folder::of(given.data.as_deref())?.running()?;
    let path = format!("/{}/sandbox/contexts/{}", system.name, context.name);
    Client::of(&process).put(&path, &json!({ "running": running }))?;
    out::say(&format!("{}/{} {}\n", system.name, context.name, if running { "runs" } else { "is stopped" }))
}
