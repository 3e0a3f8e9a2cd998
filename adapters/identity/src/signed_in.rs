//! Somebody whose token or session was taken.
use kernel::{Caller, Person, Timestamp, is_blank};
use ring::digest::{SHA256, digest};
use std::sync::Arc;

/// Most characters of a subject.
const SUBJECT_CHARS_MAX: usize = 255;

#[derive(Clone, Debug)]
pub struct SignedIn {
    pub caller: Arc<Caller>,
    /// When the token or the session ends, leeway included.
    pub until: Timestamp,
    pub by: Evidence,
}

/// What proves who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A program sends it on purpose.
    Token,
    /// A browser sends it with every request, whichever page asks.
    Session,
}

/// Who says who somebody is.
#[derive(Clone, Debug)]
pub struct Issuers {
    pub now: Arc<str>,
    /// Whose people are those of today's.
    pub former: Vec<String>,
}

#[cfg(test)]
impl Issuers {
    pub fn only(now: &str) -> Issuers {
        Issuers { now: now.into(), former: vec![] }
    }
}

/// By issuer and subject, to the letter.
pub fn person(issuer: &str, subject: &str) -> Person {
    Person::from_digests(digest_of(&[issuer]), digest_of(&[issuer, subject]))
}

/// The beginning of a SHA-256 of the texts with a zero byte between them.
pub(crate) fn digest_of<const BYTES: usize>(texts: &[&str]) -> [u8; BYTES] {
    let digest = digest(&SHA256, texts.join("\0").as_bytes());
    let mut beginning = [0; BYTES];
    beginning.copy_from_slice(&digest.as_ref()[..BYTES]);
    beginning
}

/// Whether a text can be somebody's name: it shows something, controls nothing and is not too long.
pub fn is_subject(text: &str) -> bool {
    text.chars().count() <= SUBJECT_CHARS_MAX && !is_blank(text) && !text.chars().any(char::is_control)
}

/// `issuers`: today's, and those before it.
pub(crate) fn caller(issuers: &Issuers, subject: &str, roles: Vec<Arc<str>>) -> Arc<Caller> {
    let Issuers { now, former } = issuers;
    let former = former.iter().map(|issuer| person(issuer, subject)).collect();
    Arc::new(Caller { issuer: now.clone(), subject: subject.into(), roles, person: person(now, subject), former })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuer_and_subject_are_told_apart_to_the_letter() {
        assert_ne!(person("https://a", "b"), person("https://a/", "b"));
        assert_ne!(person("a", "bc"), person("ab", "c"));
        assert_ne!(person("a", "Kim"), person("a", "kim"));
        assert_ne!(person("a", "\u{e9}"), person("a", "e\u{301}"), "no normal forms");
        assert_eq!(person("a", "kim").issuer(), person("a", "lee").issuer());
        assert_ne!(person("a", "kim").issuer(), person("b", "kim").issuer());
    }

    #[test]
    fn a_subject_shows_something_and_controls_nothing() {
        for good in ["k", "김", " k ", "auth0|5f", &"가".repeat(255)] {
            assert!(is_subject(good), "{good}");
        }
        for bad in ["", " ", "\u{200b}", "a\nb", "a\0", "\u{85}", &"a".repeat(256)] {
            assert!(!is_subject(bad), "{bad:?}");
        }
    }
}
