//! `nadul token`: a token of this data folder, for mode `local`.
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use crate::known_name::KnownName;
use crate::{global::Global, identities, out};
use clap::Args;
use identity::{AccessMode, AccessSettings, Bearing};

const EXAMPLES: &str =
    "A process in mode local takes it: NADUL_ACCESS_MODE=local nadul run. It works while nothing runs, too.

Examples:
  nadul token --subject kim --role customer
  nadul token --subject lee --role driver --role operator --hours 1
  curl -H \"authorization: Bearer $(nadul token --subject kim --role customer)\" http://127.0.0.1:8088/taxi/catches";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Who it is for: any name
    #[arg(long)]
    subject: String,
    /// A role that it has; may be repeated
    #[arg(long = "role", value_name = "ROLE", value_parser = KnownName { what: "role", known: identities::known_roles() })]
    roles: Vec<String>,
    /// How long it is good
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u64).range(1..=8_760))]
    hours: u64,
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let Arguments { subject, roles, hours } = arguments;
    if AccessSettings::read(&global.settings()?.group("access")).mode == AccessMode::Oidc {
        return Err(CommandError::unreadable(
            "access.mode is oidc: ask the provider for a token, not this data folder",
        ));
    }
    let folder = Folder::named(global.data.as_deref())?;
    let token = identities::sign(&folder, &Bearing { subject, roles, life_s: hours * 3_600 })?;
    out::print_as_it_is(&format!("{token}\n"))
}
