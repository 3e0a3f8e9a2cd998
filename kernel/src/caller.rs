//! Somebody who is signed in, and to whom things belong.
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Who asks: issuer and subject together say who it is. No token and no session comes this far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    #[serde(rename = "iss")]
    pub issuer: Arc<str>,
    #[serde(rename = "sub")]
    pub subject: Arc<str>,
    /// As a provider of identities gives them; each system knows some of them.
    pub roles: Vec<Arc<str>>,
    pub person: Person,
    /// The same one, as issuers before this one have called them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub former: Vec<Person>,
}

/// By the digest alone: equal callers have equal ones.
impl Hash for Caller {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.person.hash(state);
    }
}

impl Caller {
    /// All that things may remember them by.
    pub fn persons(&self) -> impl Iterator<Item = Person> {
        std::iter::once(self.person).chain(self.former.iter().copied())
    }

    pub fn has(&self, role: &str) -> bool {
        self.roles.iter().any(|given| **given == *role)
    }
}

/// Somebody as things remember whose they are: a digest of issuer and subject, behind a mark of the issuer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person(u128);

impl Person {
    /// By a digest of the issuer, and one of issuer and subject.
    pub fn from_digests(issuer: [u8; 4], subject: [u8; 12]) -> Person {
        let mut both = [0; 16];
        both[..4].copy_from_slice(&issuer);
        both[4..].copy_from_slice(&subject);
        Person(u128::from_be_bytes(both))
    }

    /// Tells the few issuers of a system's people apart.
    pub fn issuer(self) -> u32 {
        (self.0 >> 96) as u32
    }

    /// The key under which stores find what belongs to somebody; that of nobody is 0.
    pub fn key(self) -> i64 {
        match self.0 as i64 {
            0 => 1,
            key => key,
        }
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Person({self})")
    }
}

impl Serialize for Person {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Person {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Person, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let known = text.len() == 32 && text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        let digits = known.then(|| u128::from_str_radix(&text, 16).ok()).flatten();
        digits.map(Person).ok_or_else(|| de::Error::custom("a person is written as 32 hexadecimal digits"))
    }
}

/// No JSON begins with it.
const MARK: char = '@';

/// Whose a thing is. Nobody's where it was made while nobody had to sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Owners {
    /// Who made the first event of its request.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub owner: Option<Person>,
    /// Who takes part in it beside its owner: the driver of a match, the guest of a room, the host of a booked one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub partner: Option<Person>,
}

/// What somebody is to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    Owner,
    Partner,
}

impl Relation {
    pub const ALL: [Relation; 2] = [Relation::Owner, Relation::Partner];
}

impl Owners {
    pub fn is_nobody(&self) -> bool {
        *self == Owners::default()
    }

    pub fn of(&self, part: Relation) -> Option<Person> {
        match part {
            Relation::Owner => self.owner,
            Relation::Partner => self.partner,
        }
    }

    /// A thing's state as a store keeps it: with its owners before it where it has any.
    pub fn mark(&self, state: String) -> Arc<str> {
        if self.is_nobody() {
            return state.into();
        }
        let owners = serde_json::to_string(self).unwrap_or_default(); // texts can always be written
        format!("{MARK}{owners}{state}").into()
    }

    /// A kept state and whose it is.
    ///
    /// # Errors
    /// Whose it is can't be read.
    pub fn unmark(kept: &str) -> serde_json::Result<(Owners, &str)> {
        let Some(marked) = kept.strip_prefix(MARK) else { return Ok((Owners::default(), kept)) };
        let mut values = serde_json::Deserializer::from_str(marked).into_iter::<Owners>();
        let owners = values.next().transpose()?.ok_or_else(|| de::Error::custom("a state without its owners"))?;
        Ok((owners, &marked[values.byte_offset()..]))
    }

    /// The key of each part, as rows are found by them; 0: nobody.
    pub fn keys(&self) -> [i64; 2] {
        Relation::ALL.map(|part| self.of(part).map_or(0, Person::key))
    }
}

/// Who asked for an event and whose it is, as a log keeps it: the same for all that one person causes with what is theirs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signature {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub who: Option<Arc<Caller>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub owner: Option<Person>,
    #[serde(skip_serializing_if = "Owners::is_nobody", default)]
    pub of: Owners,
}

impl Signature {
    /// As JSON.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() // texts and lists of them can always be written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_written_and_read_again() {
        let person = Person::from_digests(*b"\0\x01if", *b"twelve bytes");
        let text = serde_json::to_string(&person).expect("plain data");
        assert_eq!(serde_json::from_str::<Person>(&text).expect("as written"), person);
        for wrong in ["\"\"", "\"12\"", "\"+0000000000000000000000000000001\"", "7"] {
            assert!(serde_json::from_str::<Person>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_state_is_kept_with_its_owners_and_nobodys_as_it_is() {
        let owners = Owners { owner: Some(Person::from_digests([7; 4], [7; 12])), partner: None };
        for of in [owners, Owners { partner: owners.owner, owner: None }, Owners::default()] {
            let kept = of.mark("{\"Open\":{}}".into());
            assert_eq!(Owners::unmark(&kept).expect("as marked"), (of, "{\"Open\":{}}"));
        }
        assert_eq!(&*Owners::default().mark("{}".into()), "{}");
        for spoiled in ["@", "@{\"owner\":7}{}", "@{}x".get(..2).unwrap_or_default()] {
            assert!(Owners::unmark(spoiled).is_err(), "{spoiled}");
        }
    }

    #[test]
    fn nobodys_key_is_no_persons() {
        assert_ne!(Person::from_digests([7; 4], [0; 12]).key(), 0);
    }
}
