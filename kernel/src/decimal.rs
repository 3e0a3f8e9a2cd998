//! Exact decimals with at most four digits behind the point.
use crate::form::Invalid;
use crate::id::{LARGEST, Won};
use rust_decimal::prelude::ToPrimitive;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A number > 0 and at most 2^53 − 1 with at most four decimals, written as a JSON number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(rust_decimal::Decimal);

impl Decimal {
    pub const SCALE: u32 = 4;

    /// Digits with an optional minus and point, no exponent.
    pub(crate) fn read(text: &str) -> Result<Decimal, Invalid> {
        let shape = |text: &str| {
            let plain = text.strip_prefix('-').unwrap_or(text);
            let (whole, rest) = plain.split_once('.').unwrap_or((plain, "0"));
            [whole, rest].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        };
        if !shape(text) {
            return Err(Invalid::Type("decimal number"));
        }
        let behind = text.split_once('.').map_or("", |(_, behind)| behind).trim_end_matches('0');
        if behind.len() > Self::SCALE as usize {
            return Err(Invalid::Decimals(Self::SCALE));
        }
        let short = text.split_once('.').map_or(text.to_string(), |(whole, _)| format!("{whole}.{behind}0"));
        let range = || Invalid::Positive(LARGEST);
        let value: rust_decimal::Decimal = short.parse().map_err(|_| range())?;
        let fits = value > rust_decimal::Decimal::ZERO && value <= LARGEST.into();
        if fits { Ok(Decimal(value.normalize())) } else { Err(range()) }
    }

    /// This many times an amount, exactly; `None` where that is not whole won, or more than can be paid.
    pub fn times(self, amount: Won) -> Option<Won> {
        let product = self.0.checked_mul(amount.0.into())?;
        product.is_integer().then(|| product.to_i64()).flatten().filter(|won| *won <= LARGEST).map(Won)
    }

    /// In ten-thousandths.
    pub fn ten_thousandths(self) -> i64 {
        (self.0 * rust_decimal::Decimal::from(10_000)).to_i64().unwrap_or(i64::MAX)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.to_i64().filter(|_| self.0.is_integer()) {
            Some(whole) => serializer.serialize_i64(whole),
            None => rust_decimal::serde::float::serialize(&self.0, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        rust_decimal::serde::float::deserialize(deserializer)
            .map(|value| Decimal(value.round_dp(Self::SCALE).normalize()))
    }
}

impl JsonSchema for Decimal {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Decimal".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        if generator.contract().is_deserialize() {
            return json_schema!({ "anyOf": [
                { "type": "number", "exclusiveMinimum": 0, "maximum": LARGEST },
                { "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$" },
            ]});
        }
        json_schema!({ "type": "number", "exclusiveMinimum": 0, "maximum": LARGEST })
    }
}

#[cfg(test)]
mod tests;
