//! `nadul sandbox`: how the outside payment provider of a running system behaves.
use crate::command_error::CommandResult;
use crate::operator::client::Asked;
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
  nadul sandbox taxi approve
  nadul sandbox taxi slow --at http://127.0.0.1:8088  of many processes: until the provider's context changes its owner";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Which system
    #[arg(value_parser = KnownName::system())]
    system: String,
    /// What its payment provider does from now on
    #[arg(value_parser = modes())]
    mode: String,
    #[command(flatten)]
    asked: Asked,
}

fn modes() -> KnownName {
    KnownName { what: "mode", known: ProviderMode::ALL.map(ProviderMode::name).to_vec() }
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let Arguments { system, mode, asked } = arguments;
    asked.client(global)?.put(&format!("/{system}/sandbox/payment"), &json!({ "mode": mode }))?;
    out::print(&format!("{system}: payment {mode}\n"))
}
