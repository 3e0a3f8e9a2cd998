//! Who asks this process, by its settings: opened once for all its ports; and the tokens that its own commands send.
use crate::catalogue;
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use crate::settings::Resolved;
use embedded::SystemClock;
use http_edge::settings::HttpSettings;
use identity::{AccessMode, AccessSettings, Bearing, Identity, LocalKey, Opening};
use kernel::{OPERATOR, Role, Settings, System};
use std::path::Path;
use std::sync::Arc;

/// What an operator's commands send in mode `oidc`.
pub const TOKEN_VARIABLE: &str = "NADUL_TOKEN";
/// How long a command is taken for the operator.
const COMMAND_LIFE_S: u64 = 300;

/// Within the runtime of the ports. Keys are made in the data folder where nobody else gives them.
pub fn open(settings: &Resolved, data: Option<&Path>, systems: &[&System]) -> CommandResult<Arc<Identity>> {
    let access = AccessSettings::read(&settings.group("access"));
    let http = HttpSettings::read(&settings.group("http"));
    if access.mode == AccessMode::Open {
        return Ok(Arc::default());
    }
    let folder = Folder::named(data)?;
    let roles: Vec<Role> = systems.iter().flat_map(|system| system.roles()).collect();
    let opening = Opening {
        settings: &access,
        public_url: http.public_url.as_str(),
        is_tls: http.has_tls(),
        folder: folder.path(),
        roles: &roles,
        clock: Arc::new(SystemClock::new()),
    };
    Identity::open(opening).map(Arc::new).map_err(CommandError::unreadable)
}

/// A token of this data folder, for whoever can read it.
pub fn sign(folder: &Folder, bearing: &Bearing<'_>) -> CommandResult<String> {
    let key = LocalKey::open(folder.path()).map_err(CommandError::unreadable)?;
    key.sign(bearing, SystemClock::wall()).map_err(CommandError::unreadable)
}

/// What a command of an operator sends, if anything, to the process that has the data folder or to the one at another address.
pub fn of_operator(settings: &Resolved, data: Option<&Path>, is_elsewhere: bool) -> CommandResult<Option<String>> {
    match AccessSettings::read(&settings.group("access")).mode {
        AccessMode::Oidc => Ok(std::env::var(TOKEN_VARIABLE).ok().filter(|token| !token.is_empty())),
        AccessMode::Open if is_elsewhere => Ok(None),
        // the process may have been given its mode in a way that this command was not
        AccessMode::Open if !LocalKey::is_in(Folder::named(data)?.path()) => Ok(None),
        AccessMode::Open | AccessMode::Local => {
            let roles = [OPERATOR.name.to_string()];
            let bearing = Bearing { subject: OPERATOR.name, roles: &roles, life_s: COMMAND_LIFE_S };
            sign(&Folder::named(data)?, &bearing).map(Some)
        }
    }
}

/// Every role that a system of this binary knows, each once.
pub fn known_roles() -> Vec<&'static str> {
    let built = catalogue::ALL.iter().map(|entry| (entry.build)(&Settings::defaults(entry.settings)));
    let mut roles: Vec<_> = built.flat_map(|system| system.roles()).map(|role| role.name).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}
