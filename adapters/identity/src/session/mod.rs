//! Sessions of pages: all there is of one lies encrypted in one cookie of the browser, and nothing on the server.
pub mod cookies;
mod keys;

pub use cookies::CookieRules;
pub use keys::SessionKeys;

use crate::not_believed::NotBelieved;
use crate::signed_in::{self, Evidence, Issuers, SignedIn, digest_of};
use crate::token::roles::known_among;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Who signed in, as the cookie holds it.
#[derive(Serialize, Deserialize)]
struct Session {
    /// A digest of the mode and the issuer: of others it is refused.
    of: String,
    sub: String,
    roles: Vec<String>,
    until: Timestamp,
}

/// Makes sessions and knows them again.
pub struct Sessions {
    keys: SessionKeys,
    cookies: CookieRules,
    issuers: Issuers,
    of: String,
    life_ms: u64,
    known_roles: Arc<[Arc<str>]>,
}

impl Sessions {
    /// `mode` tells sessions of one issuer apart that were made under other rules.
    pub fn new(
        (keys, cookies): (SessionKeys, CookieRules),
        (mode, issuers): (&str, Issuers),
        life_hours: u64,
        known_roles: Arc<[Arc<str>]>,
    ) -> Sessions {
        let of = digest_of::<16>(&[mode, &issuers.now]).iter().map(|byte| format!("{byte:02x}")).collect();
        let life_ms = life_hours.saturating_mul(3_600_000);
        Sessions { keys, cookies, issuers, of, life_ms, known_roles }
    }

    pub fn cookies(&self) -> &CookieRules {
        &self.cookies
    }

    /// The value of a `Set-Cookie`. `None`: the cookie would be larger than browsers take.
    pub fn begin(&self, subject: &str, roles: &[Arc<str>], now: Timestamp) -> Option<String> {
        let roles = roles.iter().map(|role| role.to_string()).collect();
        let session = Session { of: self.of.clone(), sub: subject.into(), roles, until: now.plus_ms(self.life_ms) };
        let value = self.keys.seal(self.cookies.session(), &serde_json::to_string(&session).ok()?);
        self.cookies.set(self.cookies.session(), value, self.life_ms / 1_000)
    }

    pub fn end(&self) -> String {
        self.cookies.delete(self.cookies.session())
    }

    /// Whose session a cookie is.
    pub fn read(&self, value: &str, now: Timestamp) -> Result<SignedIn, NotBelieved> {
        let text = self.keys.open(self.cookies.session(), value).ok_or(NotBelieved::Unproven)?;
        let session: Session = serde_json::from_str(&text).map_err(|_| NotBelieved::Unproven)?;
        if session.of != self.of {
            return Err(NotBelieved::ForOthers);
        }
        if now >= session.until {
            return Err(NotBelieved::Expired);
        }
        let caller = signed_in::caller(&self.issuers, &session.sub, known_among(&session.roles, &self.known_roles));
        Ok(SignedIn { caller, until: session.until, by: Evidence::Session })
    }

    /// Encrypts something else that a browser keeps for a while.
    pub(crate) fn seal(&self, name: &str, text: &str) -> String {
        self.keys.seal(name, text)
    }

    pub(crate) fn open(&self, name: &str, value: &str) -> Option<String> {
        self.keys.open(name, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

    fn sessions(key: u8, mode: &str, issuer: &str) -> Sessions {
        let keys = SessionKeys::of(&[[key; 32], [7; 32]]);
        let known: Arc<[Arc<str>]> = ["customer", "driver"].map(Arc::from).into();
        Sessions::new((keys, CookieRules::new(true)), (mode, Issuers::only(issuer)), 8, known)
    }

    fn value(set_cookie: &str) -> String {
        let (_, value) = set_cookie.split_once('=').expect("a cookie");
        value.split(';').next().expect("a value").to_string()
    }

    #[test]
    fn a_session_is_read_until_its_end_and_by_its_own_keys_alone() {
        let ours = sessions(1, "oidc", "https://id.example");
        let set = ours.begin("김 \"민수\"", &["driver".into(), "host".into()], NOW).expect("it fits");
        assert!(set.starts_with("__Host-nadul=") && set.len() < 4_096);
        assert!(set.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=28800"), "{set}");
        let cookie = value(&set);
        let read = ours.read(&cookie, NOW).expect("it is ours");
        assert_eq!((&*read.caller.subject, read.caller.roles.join(" ").as_str()), ("김 \"민수\"", "driver"));
        assert_eq!(read.until, NOW.plus_ms(8 * 3_600_000));
        assert_eq!(ours.read(&cookie, read.until).err(), Some(NotBelieved::Expired));
        assert_eq!(sessions(2, "oidc", "https://id.example").read(&cookie, NOW).err(), Some(NotBelieved::Unproven));
        assert_eq!(sessions(1, "local", "https://id.example").read(&cookie, NOW).err(), Some(NotBelieved::ForOthers));
        assert_eq!(sessions(1, "oidc", "https://id.example/").read(&cookie, NOW).err(), Some(NotBelieved::ForOthers));
        let old = sessions(7, "oidc", "https://id.example").begin("kim", &[], NOW).expect("it fits");
        assert!(ours.read(&value(&old), NOW).is_ok(), "all keys of the list decrypt");
    }

    #[test]
    fn the_largest_session_fits_into_a_cookie() {
        let subject = "\u{10ffff}".repeat(255);
        let set = sessions(1, "oidc", "https://id.example").begin(&subject, &["customer".into(), "driver".into()], NOW);
        assert!(set.is_some_and(|set| set.len() < 4_096));
    }

    #[test]
    fn a_cookie_under_another_name_or_changed_anywhere_is_not_read() {
        let ours = sessions(1, "oidc", "https://id.example");
        let cookie = value(&ours.begin("kim", &[], NOW).expect("it fits"));
        assert_eq!(ours.open("__Host-nadul-sign-in", &cookie), None);
        for at in 0..cookie.len() {
            let mut changed = cookie.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("base64");
            assert_eq!(ours.read(&changed, NOW).err(), Some(NotBelieved::Unproven), "{at}");
        }
    }
}
