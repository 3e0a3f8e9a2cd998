//! `nadul board`: a system's event-storming board, drawn from its value.
use crate::command_error::CommandResult;
use crate::known_name::KnownName;
use crate::{catalogue, global::Global, out, stores};
use clap::{Args, ValueEnum};
use identity::{AccessMode, AccessSettings};

const EXAMPLES: &str = "Examples:
  nadul board taxi
  nadul board taxi --format mermaid > taxi.mmd
  nadul board taxi --format json | jq '.arrows'";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Which system
    #[arg(value_parser = KnownName::system())]
    system: String,
    /// How it is drawn
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Mermaid,
    Json,
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let settings = global.settings()?;
    let entry = catalogue::find(&arguments.system)?;
    let system = stores::build(entry, &settings)?;
    let signs_in = AccessSettings::read(&settings.group("access")).mode != AccessMode::Open;
    let board = if signs_in { ::board::draw_with_people(&system) } else { ::board::draw(&system) };
    match arguments.format {
        Format::Text => out::print(&board.text()),
        Format::Mermaid => out::print_as_it_is(&board.mermaid()),
        Format::Json => out::json(&board),
    }
}
