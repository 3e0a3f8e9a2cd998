//! `nadul sandbox`: how the outside payment provider of a running system behaves.
use crate::command_error::CommandResult;
use crate::folder::Folder;
use crate::operator::client::Client;
use crate::{global::Global, known_name::KnownName, out};
use clap::Args;
use runtime::port::work::ProviderMode;
use serde_json::json;

const EXAMPLES: &str = "approve   says yes (as it starts)
decline   says no: 402
slow      answers within its time limit, but late in it
late      does what it is asked, and answers when nobody waits any more
down      does not answer

Examples:
  nadul sandbox taxi decline
  nadul sandbox taxi approve";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Which system
    #[arg(value_parser = KnownName::system())]
    system: String,
    /// What its payment provider does from now on
    #[arg(value_parser = modes())]
    mode: String,
}

fn modes() -> KnownName {
    KnownName { what: "mode", known: ProviderMode::ALL.map(ProviderMode::name).to_vec() }
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let Arguments { system, mode } = arguments;
    let process = Folder::named(global.data.as_deref())?.running()?;
    Client::to(&process).put(&format!("/{system}/sandbox/payment"), &json!({ "mode": mode }))?;
    out::print(&format!("{system}: payment {mode}\n"))
}
