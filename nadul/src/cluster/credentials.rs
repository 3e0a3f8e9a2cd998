//! What a process proves itself with to the others of its system, and what it believes of them: keys, and certificates where TLS is set.
use super::settings::ClusterSettings;
use crate::command_error::{CommandError, CommandResult};
use remote::{BelievedCertificates, KeyError, KeyPaths, Keys, OwnCertificate};
use std::path::Path;
use std::sync::Arc;

/// Read before anything is made.
pub struct Credentials {
    pub keys: Arc<Keys>,
    /// `None`: other processes are asked without TLS.
    pub believed: Option<BelievedCertificates>,
    /// Of the internal port.
    pub own: Option<OwnCertificate>,
}

impl Credentials {
    /// Of a process that asks others and has no internal port.
    pub fn to_ask(set: &ClusterSettings) -> CommandResult<Credentials> {
        let believed = match set.root_certificate.as_str() {
            "" => None,
            file => Some(BelievedCertificates::read(Path::new(file)).map_err(wrong)?),
        };
        Ok(Credentials { keys: Arc::new(keys(set)?), believed, own: None })
    }

    /// Of a process that works for these contexts.
    pub fn to_serve(set: &ClusterSettings, contexts: &[&str], system: &str) -> CommandResult<Credentials> {
        let own = certificate(set, contexts, system)?;
        let credentials = Credentials { own, ..Credentials::to_ask(set)? };
        match contexts.iter().find(|context| !credentials.keys.speak_for(context)) {
            None => Ok(credentials),
            Some(context) => Err(CommandError::unreadable(format!(
                "cluster.private_key {} does not speak for {context}: a key speaks for the contexts in its file's name, such as {context}.pem, \
                 {}.pem or nadul.pem for all; make one with nadul keys FOLDER --name {context}",
                set.private_key,
                contexts.join("."),
            ))),
        }
    }
}

fn keys(set: &ClusterSettings) -> CommandResult<Keys> {
    if set.private_key.is_empty() || set.public_keys.is_empty() {
        return Err(CommandError::unreadable(
            "cluster.private_key and cluster.public_keys are not set: make a pair with nadul keys FOLDER, then name FOLDER/nadul.pem and FOLDER/public",
        ));
    }
    let paths = KeyPaths { private_key: set.private_key.as_str().into(), public_keys: set.public_keys.as_str().into() };
    Keys::read(&paths)
        .map_err(|error| CommandError::unreadable(format!("cluster.private_key, cluster.public_keys: {error}")))
}

/// `None`: TLS is not set.
fn certificate(set: &ClusterSettings, contexts: &[&str], system: &str) -> CommandResult<Option<OwnCertificate>> {
    let files = [
        ("root_certificate", &set.root_certificate),
        ("certificate", &set.certificate),
        ("certificate_key", &set.certificate_key),
    ];
    let (named, missing): (Vec<_>, Vec<_>) = files.iter().partition(|(_, file)| !file.is_empty());
    match (named.first(), missing.first()) {
        (None, _) => return Ok(None),
        (Some((named, _)), Some((missing, _))) => {
            return Err(CommandError::unreadable(format!(
                "cluster.{named} is set and cluster.{missing} is not: for TLS between processes set all three of root_certificate, certificate and certificate_key"
            )));
        }
        (Some(_), None) => {}
    }
    let own = OwnCertificate::read(Path::new(&set.certificate), Path::new(&set.certificate_key)).map_err(wrong)?;
    contexts.iter().try_for_each(|context| own.expect_name(context, system)).map_err(wrong)?;
    Ok(Some(own))
}

fn wrong(error: KeyError) -> CommandError {
    CommandError::unreadable(format!("cluster.root_certificate, cluster.certificate, cluster.certificate_key: {error}"))
}
