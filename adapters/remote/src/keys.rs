//! The key that a process signs with, and the keys that it believes, each known by the name of its file.
use std::fmt;
use std::path::{Path, PathBuf};

/// Where a process finds its keys.
#[derive(Clone, Debug)]
pub struct KeyPaths {
    /// PEM, PKCS8, Ed25519. The file's name without its ending is the key's name.
    pub private_key: PathBuf,
    /// A folder of public keys, `NAME.pem`: whose tokens this process believes.
    pub public_keys: PathBuf,
}

/// Keys that were read.
pub struct Keys {}

/// Keys that can't be read or written, and which.
#[derive(Debug)]
pub struct KeyError {
    path: PathBuf,
    reason: String,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for KeyError {}

impl KeyError {
    fn new(path: &Path, reason: impl fmt::Display) -> KeyError {
        KeyError { path: path.to_path_buf(), reason: reason.to_string() }
    }
}

impl Keys {
    pub fn read(paths: &KeyPaths) -> Result<Keys, KeyError> {
        Err(KeyError::new(&paths.private_key, "not yet"))
    }
}

/// Makes a key pair: the private key where it is said, the public one into the folder under the same name.
pub fn make_key_pair(paths: &KeyPaths) -> Result<(), KeyError> {
    Err(KeyError::new(&paths.private_key, "not yet"))
}
