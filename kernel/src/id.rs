//! Ids and money.
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// The largest whole number every JSON client reads exactly: 2^53 − 1.
pub(crate) const LARGEST: i64 = (1 << 53) - 1;

/// A positive whole number, given in order by its owner and never given twice. 0 stands for "none yet" and is never given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(pub u64);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whole won, from 0 to 2^53 − 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Won(pub i64);

impl Won {
    pub const ZERO: Won = Won(0);
    /// The most that can be paid.
    pub const MAX: Won = Won(LARGEST);

    /// `None` where the sum is more than can be paid.
    pub fn plus(self, other: Won) -> Option<Won> {
        self.0.checked_add(other.0).filter(|sum| *sum <= LARGEST).map(Won)
    }

    /// `None` where the product is more than can be paid.
    pub fn times(self, count: u64) -> Option<Won> {
        let count = i64::try_from(count).ok()?;
        self.0.checked_mul(count).filter(|product| *product <= LARGEST).map(Won)
    }
}

impl fmt::Display for Won {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

pub(crate) fn whole_number(generator: &SchemaGenerator, min: i64) -> Schema {
    if generator.contract().is_deserialize() {
        json_schema!({ "anyOf": [
            { "type": "integer", "minimum": min, "maximum": LARGEST },
            { "type": "string", "pattern": "^-?[0-9]+$" },
        ]})
    } else {
        json_schema!({ "type": "integer", "minimum": min, "maximum": LARGEST })
    }
}

impl JsonSchema for Id {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        whole_number(generator, 1)
    }
}

impl JsonSchema for Won {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Won".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = whole_number(generator, 0);
        schema.insert("description".into(), "Whole won.".into());
        schema
    }
}

/// A text as a narrow index key: 64 bits of its hash. Two texts may share one, so a reader compares the texts as well.
pub fn text_key(text: &str) -> i64 {
    xxhash_rust::xxh3::xxh3_64(text.as_bytes()) as i64
}

/// Two keys as one: 64 bits of their hash, in this order. Stores keep it, so it never changes. Two pairs may share one.
pub fn pair_key(one: i64, other: i64) -> i64 {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&one.to_le_bytes());
    bytes[8..].copy_from_slice(&other.to_le_bytes());
    xxhash_rust::xxh3::xxh3_64(&bytes) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_pair_stays_as_stores_have_kept_it() {
        assert_eq!(pair_key(text_key("kim"), 1), 7_277_611_188_615_323_564);
        assert_ne!(pair_key(1, 2), pair_key(2, 1));
    }
}
