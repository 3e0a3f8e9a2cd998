//! The `[cluster]` settings that are addresses, looked at before anything is made.
use super::settings::ClusterSettings;
use crate::command_error::{CommandError, CommandResult};
use crate::settings::Resolved;
use axum::http::Uri;

/// The `[cluster]` settings, whose addresses are well.
pub fn read(settings: &Resolved) -> CommandResult<ClusterSettings> {
    let set = ClusterSettings::read(&settings.group("cluster"));
    set.seeds.iter().try_for_each(|seed| check("cluster.seeds", seed, set.scheme()))?;
    if !set.url.is_empty() {
        check("cluster.url", &set.url, set.scheme())?;
    } else if set.address.is_unspecified() {
        return Err(CommandError::unreadable(format!(
            "cluster.address is {}, which other processes can't ask: set cluster.url to the address of this machine, such as {}://10.0.0.7:{}",
            set.address,
            set.scheme(),
            set.port
        )));
    }
    Ok(set)
}

/// Behind an address comes nothing: the paths are ours.
fn check(setting: &str, text: &str, scheme: &str) -> CommandResult {
    let is_base = |uri: &Uri| uri.scheme_str() == Some(scheme) && uri.authority().is_some() && uri.path() == "/";
    match text.parse::<Uri>() {
        Ok(uri) if is_base(&uri) && uri.query().is_none() => Ok(()),
        _ => Err(CommandError::unreadable(format!(
            "{setting}: {text:?} is no address of a process{}; write it as {scheme}://HOST:PORT, such as {scheme}://127.0.0.1:9088",
            if scheme == "https" { " that is asked under TLS, as cluster.root_certificate is set" } else { "" }
        ))),
    }
}
