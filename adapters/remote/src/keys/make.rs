//! Making a key pair: once for the processes of one machine, or one for each service.
use super::{KeyError, KeyPaths};
use rcgen::{KeyPair, PKCS_ED25519};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Makes a key pair: the private key where it is said, the public one into the folder under the same name.
///
/// # Errors
/// A file that can't be written, or is there already: a key that is in use is never replaced.
pub fn make_key_pair(paths: &KeyPaths) -> Result<(), KeyError> {
    let public_key = paths.own_public_key()?;
    let pair = KeyPair::generate_for(&PKCS_ED25519).map_err(|error| KeyError::at(&paths.private_key)(&error))?;
    write_new(&paths.private_key, &pair.serialize_pem())?;
    write_new(&public_key, &pair.public_key_pem())
}

pub(crate) fn write_new(path: &Path, text: &str) -> Result<(), KeyError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| KeyError::at(folder)(&error))?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600); // nobody else reads a private key
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| KeyError::at(path)(&error))
}
