//! `nadul sandbox`: how the outside payment provider of a running system behaves.
use crate::failure::Outcome;
use crate::folder::Folder;
use crate::operator::client::Client;
use crate::{cli, cli::Given, out, word::Word};
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
    #[arg(value_parser = cli::system())]
    system: String,
    /// What its payment provider does from now on
    #[arg(value_parser = modes())]
    mode: String,
}

fn modes() -> Word {
    Word { what: "mode", known: ProviderMode::ALL.map(ProviderMode::name).to_vec() }
}

pub fn run(given: &Given, arguments: &Arguments) -> Outcome {
    let Arguments { system, mode } = arguments;
    let process = Folder::of(given.data.as_deref())?.running()?;
    Client::of(&process).put(&format!("/{system}/sandbox/payment"), &json!({ "mode": mode }))?;
    out::say(&format!("{system}: payment {mode}\n"))
}
