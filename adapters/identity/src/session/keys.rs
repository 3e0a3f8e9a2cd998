//! The keys that encrypt what browsers keep: of a file that all processes share, or of this data folder.
use crate::private_file;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cookie::{Cookie, CookieJar, Key};
use ring::rand::{SecureRandom, SystemRandom};
use std::path::Path;

const FILE: &str = "session.key";
/// Bytes of a key.
const KEY_BYTES: usize = 32;

/// The first one encrypts, all decrypt.
pub struct SessionKeys(Vec<Key>);

impl SessionKeys {
    pub fn of(keys: &[[u8; KEY_BYTES]]) -> SessionKeys {
        SessionKeys(keys.iter().map(|key| Key::derive_from(key)).collect())
    }

    /// # Errors
    /// A file that can't be read, or a line that is no key; said with its name.
    pub fn read(path: &Path) -> Result<SessionKeys, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        SessionKeys::parse(&text).map_err(|fault| format!("{}: {fault}", path.display()))
    }

    /// The folder's own, made where it is missing.
    ///
    /// # Errors
    /// It can't be read or written, or is no key.
    pub fn of_folder(folder: &Path) -> Result<SessionKeys, String> {
        let path = folder.join(FILE);
        let text = private_file::read_or_make(&path, make)?;
        SessionKeys::parse(&text).map_err(|fault| format!("{}: {fault}", path.display()))
    }

    fn parse(text: &str) -> Result<SessionKeys, String> {
        let lines =
            text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())).filter(|(_, line)| !line.is_empty());
        let key = |(at, line): (usize, &str)| {
            let bytes = STANDARD.decode(line).ok().and_then(|bytes| <[u8; KEY_BYTES]>::try_from(bytes).ok());
            bytes.ok_or_else(|| {
                format!("line {at} is not {KEY_BYTES} bytes in base64: make one with openssl rand -base64 {KEY_BYTES}")
            })
        };
        let keys = lines.map(key).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() { Err("there is no key in it".into()) } else { Ok(SessionKeys::of(&keys)) }
    }

    /// For one name of a cookie: under another one it can't be read.
    pub fn seal(&self, name: &str, text: &str) -> String {
        let mut jar = CookieJar::new();
        jar.private_mut(&self.0[0]).add(Cookie::new(name.to_string(), text.to_string()));
        jar.get(name).map(|cookie| cookie.value().to_string()).unwrap_or_default()
    }

    pub fn open(&self, name: &str, value: &str) -> Option<String> {
        let jar = CookieJar::new();
        let cookie = || Cookie::new(name.to_string(), value.to_string());
        self.0.iter().find_map(|key| jar.private(key).decrypt(cookie())).map(|cookie| cookie.value().to_string())
    }
}

fn make() -> Result<String, String> {
    let mut key = [0; KEY_BYTES];
    SystemRandom::new().fill(&mut key).map_err(|_| "this machine gives no random bytes")?;
    Ok(STANDARD.encode(key) + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_a_line_each_or_the_wrong_line_is_named() {
        let (one, other) = (STANDARD.encode([1; 32]), STANDARD.encode([2; 32]));
        assert_eq!(SessionKeys::parse(&format!("{one}\n\n {other}\r\n")).map(|keys| keys.0.len()), Ok(2));
        for (wrong, said) in [
            (format!("{one}\n{}", STANDARD.encode([3; 31])), "line 2 "),
            ("x".into(), "line 1 "),
            ("\n".into(), "no key"),
        ] {
            assert!(SessionKeys::parse(&wrong).err().is_some_and(|fault| fault.contains(said)), "{wrong}");
        }
    }

    #[test]
    fn the_key_of_a_folder_is_made_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let sealed = SessionKeys::of_folder(folder.path()).expect("made").seal("nadul", "kim");
        let again = SessionKeys::of_folder(folder.path()).expect("read");
        assert_eq!(again.open("nadul", &sealed).as_deref(), Some("kim"));
    }
}
