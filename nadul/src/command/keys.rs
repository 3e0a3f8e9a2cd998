//! `nadul keys`: a pair of keys for the processes of a system, and certificates to try TLS out with.
use crate::command_error::{CommandError, CommandResult};
use crate::known_name::KnownName;
use crate::{catalogue, global::Global, out, stores};
use clap::Args;
use remote::{KeyError, KeyPaths, TrialPaths};
use std::path::PathBuf;

const EXAMPLES: &str = "Every process signs what it asks of others with its private key, and answers those whose public key it has. The name says whom
a key speaks for: words between dots, each a context, or nadul for all of them; other words only tell keys apart. On one machine all
processes may share nadul.pem; elsewhere give each context a pair of its own, and every folder of public keys all public ones.

Examples:
  nadul keys keys                       keys/nadul.pem and keys/public/nadul.pem, which speak for every context
  nadul keys keys --name catch.2026-11  a pair that speaks for catch alone
  nadul keys keys --tls taxi            also a root certificate, and a certificate for all contexts of taxi, to try TLS out";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The folder; made where it is missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What the pair is called: the contexts that it speaks for, or nadul for all
    #[arg(long, default_value = "nadul")]
    name: String,
    /// Certificates for the contexts of this system as well; in earnest take those of an authority of yours
    #[arg(long, value_name = "SYSTEM", value_parser = KnownName::system())]
    tls: Option<String>,
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let Arguments { folder, name, tls } = arguments;
    let named =
        |error: std::io::Error| CommandError::unreadable(format!("{} can't be made: {error}", folder.display()));
    let paths = KeyPaths { private_key: folder.join(format!("{name}.pem")), public_keys: folder.join("public") };
    std::fs::create_dir_all(&paths.public_keys).map_err(named)?;
    remote::make_key_pair(&paths).map_err(|error| not_made(&error))?;
    let mut made = vec![("private_key", paths.private_key), ("public_keys", paths.public_keys)];
    if let Some(system) = tls {
        let paths = TrialPaths {
            root: folder.join("root-certificate.pem"),
            certificate: folder.join("certificate.pem"),
            private_key: folder.join("certificate-key.pem"),
        };
        let system = stores::build(catalogue::find(system)?, &global.settings()?)?;
        let contexts: Vec<&str> = system.contexts.iter().map(|context| context.name).collect();
        remote::make_trial_certificate(&paths, &contexts, system.name).map_err(|error| not_made(&error))?;
        made.push(("root_certificate", paths.root));
        made.extend([("certificate", paths.certificate), ("certificate_key", paths.private_key)]);
    }
    out::print(&made.iter().map(|(name, path)| format!("cluster.{name}={}\n", path.display())).collect::<String>())
}

fn not_made(error: &KeyError) -> CommandError {
    CommandError::unreadable(error.to_string())
}
