//! The key that a process signs with, and the keys that it believes, each known by the name of its file: it says whom the key speaks for.
mod make;

pub use make::make_key_pair;
pub(crate) use make::write_new;

use certificates::CertificateError;
use jsonwebtoken::{DecodingKey, EncodingKey};
use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Where a process finds its keys.
#[derive(Clone, Debug)]
pub struct KeyPaths {
    /// PEM, PKCS8, Ed25519. The file's name without its ending is the key's name: words between dots. A key speaks for each context that is
    /// one of them, or for all contexts if `nadul` is; other words only tell keys apart.
    pub private_key: PathBuf,
    /// A folder of public keys, `NAME.pem`: whose tokens this process believes.
    pub public_keys: PathBuf,
}

impl KeyPaths {
    /// Where the public key of the private one lies.
    fn own_public_key(&self) -> Result<PathBuf, KeyError> {
        Ok(self.public_keys.join(format!("{}.{ENDING}", name(&self.private_key)?)))
    }
}

/// The ending of a key's file.
const ENDING: &str = "pem";
/// In the name of a key that speaks for every context.
const EVERY_CONTEXT: &str = "nadul";

/// Keys that were read.
pub struct Keys {
    /// Of the private key.
    pub(crate) name: String,
    pub(crate) private: EncodingKey,
    /// By name.
    pub(crate) believed: HashMap<String, DecodingKey>,
}

/// Keys or certificates that can't be read or written, and which.
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

impl From<CertificateError> for KeyError {
    fn from(CertificateError { path, reason }: CertificateError) -> KeyError {
        KeyError { path, reason }
    }
}

impl KeyError {
    pub(crate) fn at(path: &Path) -> impl FnOnce(&dyn fmt::Display) -> KeyError {
        |reason| KeyError { path: path.to_path_buf(), reason: reason.to_string() }
    }
}

impl Keys {
    /// # Errors
    /// A file that can't be read, that holds no Ed25519 key, or a folder that holds no key at all.
    pub fn read(paths: &KeyPaths) -> Result<Keys, KeyError> {
        signatures::install();
        let path = &paths.private_key;
        let private = EncodingKey::from_ed_pem(&read(path)?).map_err(|error| KeyError::at(path)(&error))?;
        signatures::public_key(&private).map_err(|error| KeyError::at(path)(&error))?;
        Ok(Keys { name: name(path)?, private, believed: believed(&paths.public_keys)? })
    }

    /// Whether others believe what is signed with the private key in the name of a context.
    pub fn speak_for(&self, context: &str) -> bool {
        speaks_for(&self.name, context)
    }
}

/// Whether a key of this name may sign in the name of a context.
pub(crate) fn speaks_for(key: &str, context: &str) -> bool {
    key.split('.').any(|word| word == context || word == EVERY_CONTEXT)
}

fn believed(folder: &Path) -> Result<HashMap<String, DecodingKey>, KeyError> {
    let mut keys = HashMap::new();
    for entry in fs::read_dir(folder).map_err(|error| KeyError::at(folder)(&error))? {
        let path = entry.map_err(|error| KeyError::at(folder)(&error))?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) {
            let key = DecodingKey::from_ed_pem(&read(&path)?).map_err(|error| KeyError::at(&path)(&error))?;
            keys.insert(name(&path)?, key);
        }
    }
    if keys.is_empty() {
        return Err(KeyError::at(folder)(&"no public key (NAME.pem) is in this folder"));
    }
    Ok(keys)
}

fn read(path: &Path) -> Result<Vec<u8>, KeyError> {
    fs::read(path).map_err(|error| KeyError::at(path)(&error))
}

fn name(path: &Path) -> Result<String, KeyError> {
    let name = path.file_stem().and_then(|name| name.to_str());
    name.map(str::to_string).ok_or_else(|| KeyError::at(path)(&"a key's file needs a name in UTF-8"))
}

#[cfg(test)]
mod tests;
