//! The life of a store: another one each time a copy of it begins to work, so that nothing of a lost life is taken for a part of the present one.
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::{Builder, Uuid};

/// What entity tags, stream ids and positions belong to. All zeros: the store has not begun one yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Life(Uuid);

impl Life {
    /// A life of its own, made of random bits that the caller has.
    pub fn random(bits: u128) -> Life {
        Life(Builder::from_random_bytes(bits.to_be_bytes()).into_uuid())
    }

    /// Its first 48 bits: enough to tell the few lives of one store apart.
    pub fn mark(self) -> u64 {
        (self.0.as_u128() >> 80) as u64
    }

    pub fn has_begun(self) -> bool {
        !self.0.is_nil()
    }
}

impl std::str::FromStr for Life {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Life, uuid::Error> {
        text.parse().map(Life)
    }
}

impl fmt::Display for Life {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
