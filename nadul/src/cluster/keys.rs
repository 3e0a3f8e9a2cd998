//! The keys that processes of a system know each other by.
use super::settings::ClusterSettings;
use crate::command_error::{CommandError, CommandResult};
use remote::{KeyPaths, Keys};
use std::sync::Arc;

pub fn read(set: &ClusterSettings) -> CommandResult<Arc<Keys>> {
    if set.private_key.is_empty() || set.public_keys.is_empty() {
        return Err(CommandError::unreadable(
            "cluster.private_key and cluster.public_keys are not set: make a pair with nadul keys FOLDER, then name FOLDER/nadul.pem and FOLDER/public",
        ));
    }
    let paths = KeyPaths { private_key: set.private_key.as_str().into(), public_keys: set.public_keys.as_str().into() };
    let keys = Keys::read(&paths);
    keys.map(Arc::new)
        .map_err(|error| CommandError::unreadable(format!("cluster.private_key, cluster.public_keys: {error}")))
}
