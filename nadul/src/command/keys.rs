//! `nadul keys`: a pair of keys for the processes of a system.
use crate::command_error::{CommandError, CommandResult};
use crate::out;
use clap::Args;
use remote::KeyPaths;
use std::path::PathBuf;

const EXAMPLES: &str = "Every process signs what it asks of others with its private key, and answers those whose public key it has. On one machine
all may share one pair; elsewhere give each process a pair of its own, and every folder of public keys all public ones.

Examples:
  nadul keys keys                 makes keys/nadul.pem and keys/public/nadul.pem
  nadul keys keys --name catch-1  under another name";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The folder; made where it is missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What the pair is called
    #[arg(long, default_value = "nadul")]
    name: String,
}

pub fn run(arguments: &Arguments) -> CommandResult {
    let Arguments { folder, name } = arguments;
    let named =
        |error: std::io::Error| CommandError::unreadable(format!("{} can't be made: {error}", folder.display()));
    let paths = KeyPaths { private_key: folder.join(format!("{name}.pem")), public_keys: folder.join("public") };
    std::fs::create_dir_all(&paths.public_keys).map_err(named)?;
    remote::make_key_pair(&paths).map_err(|error| CommandError::unreadable(error.to_string()))?;
    out::print(&format!(
        "cluster.private_key={}\ncluster.public_keys={}\n",
        paths.private_key.display(),
        paths.public_keys.display()
    ))
}
