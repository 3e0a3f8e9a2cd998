//! What a client sends, read leniently and checked field by field; every wrong field is named at once.
use crate::blank::is_blank;
use crate::decimal::Decimal;
use crate::id::{Id, LARGEST, Won};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Limits on what a field may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormLimits {
    pub text_chars_max: usize,
}

/// A JSON object whose fields are still as they were written.
#[derive(Debug)]
pub struct Body<'a> {
    pub fields: BTreeMap<Cow<'a, str>, Cow<'a, RawValue>>,
    pub limits: FormLimits,
}

/// A field as its form declares it.
#[derive(Clone, Copy, Debug)]
pub struct FieldSchema {
    pub name: &'static str,
    /// The smallest number taken; 1 unless the form says otherwise.
    pub min: Option<i64>,
    /// Another name the field may come under. Both with different values is wrong.
    pub alias: Option<&'static str>,
    /// A text that names a person: a number's digits are taken for it.
    pub person: bool,
}

/// One field that can't be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidField {
    pub field: &'static str,
    pub why: Invalid,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalid {
    Missing,
    /// It should have been a text, a whole number, a decimal number, true or false.
    Type(&'static str),
    Range(RangeInclusive<i64>),
    /// It should have been above zero and at most this.
    Positive(i64),
    /// More decimals than can be kept exactly.
    Decimals(u32),
    /// More characters than this.
    Length(usize),
    /// U+0000 is in it.
    Character,
    /// Two names of the field came with different values.
    Contradiction(&'static str),
}

/// Written by `#[form]`.
pub trait Form: JsonSchema + Clone + Send + Sync + Sized + 'static {
    /// The field that says who sends it: where people sign in, it is theirs to fill in with nobody but themselves.
    const PERSON: Option<&'static str> = None;
    fn read(body: &Body<'_>) -> Result<Self, Vec<InvalidField>>;
}

/// For routes that read no body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(crate = "schemars")]
pub struct Nothing {}

impl Form for Nothing {
    fn read(_: &Body<'_>) -> Result<Self, Vec<InvalidField>> {
        Ok(Nothing {})
    }
}

/// A type a form's field can have: `String`, `u64`, `bool`, [`Won`], [`Id`], [`Decimal`], or one of them in an `Option` or a [`FieldEdit`].
/// Numbers are at least 1 where the field does not say `#[form(min = 0)]`. `raw` is `None` where the field is absent, or null and null says no more than absence.
#[diagnostic::on_unimplemented(
    message = "a field of a form can't be `{Self}`",
    label = "not a type a client can send",
    note = "take String, u64, bool, Won, Id or Decimal, or one of them in an Option or a FieldEdit"
)]
pub trait Field: Sized + PartialEq {
    /// Null says something of its own.
    const READS_NULL: bool = false;
    fn read(raw: Option<&str>, schema: &FieldSchema, limits: &FormLimits) -> Result<Self, Invalid>;
}

impl Body<'_> {
    /// An object without fields, for requests without a body.
    pub fn empty(limits: FormLimits) -> Body<'static> {
        Body { fields: BTreeMap::new(), limits }
    }

    pub fn field<F: Field>(&self, schema: &FieldSchema, invalid: &mut Vec<InvalidField>) -> Option<F> {
        match self.read(schema) {
            Ok(value) => Some(value),
            Err(why) => {
                invalid.push(InvalidField { field: schema.name, why });
                None
            }
        }
    }

    /// Under either of its names; under both, it has to be the same.
    fn read<F: Field>(&self, schema: &FieldSchema) -> Result<F, Invalid> {
        let get = |name: &str| self.fields.get(name).map(|raw| raw.get()).filter(|raw| F::READS_NULL || *raw != "null");
        let value = |raw| F::read(raw, schema, &self.limits);
        let (own, other) = (get(schema.name), schema.alias.and_then(get));
        match (own, other) {
            (Some(a), Some(b)) if blank(a) || blank(b) => value(Some(if blank(a) { b } else { a })),
            (Some(a), Some(b)) if value(Some(a))? != value(Some(b))? => {
                Err(Invalid::Contradiction(schema.alias.unwrap_or_default()))
            }
            (own, other) => value(own.or(other)),
        }
    }
}

/// A text that holds nothing.
fn blank(raw: &str) -> bool {
    raw.starts_with('"') && serde_json::from_str::<String>(raw).is_ok_and(|text| is_blank(&text))
}

/// The digits of a number, or of a text that holds one.
fn digits(raw: &str) -> Result<Cow<'_, str>, Invalid> {
    if raw.starts_with('"') {
        serde_json::from_str::<String>(raw).map(Cow::Owned).map_err(|_| Invalid::Missing)
    } else {
        Ok(raw.into())
    }
}

/// Digits with an optional minus.
fn is_whole(digits: &str) -> bool {
    let plain = digits.strip_prefix('-').unwrap_or(digits);
    !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit())
}

fn whole(raw: Option<&str>, range: RangeInclusive<i64>) -> Result<i64, Invalid> {
    const WANTED: Invalid = Invalid::Type("whole number");
    let raw = raw.ok_or(Invalid::Missing)?;
    let digits = digits(raw)?;
    if is_blank(&digits) {
        return Err(Invalid::Missing);
    }
    if !is_whole(&digits) {
        return Err(WANTED);
    }
    digits.parse().ok().filter(|number| range.contains(number)).ok_or(Invalid::Range(range))
}

impl Field for Won {
    fn read(raw: Option<&str>, schema: &FieldSchema, _: &FormLimits) -> Result<Self, Invalid> {
        whole(raw, schema.min.unwrap_or(1)..=LARGEST).map(Won)
    }
}

impl Field for Id {
    fn read(raw: Option<&str>, _: &FieldSchema, _: &FormLimits) -> Result<Self, Invalid> {
        whole(raw, 1..=LARGEST).map(|id| Id(id.unsigned_abs()))
    }
}

impl Field for u64 {
    fn read(raw: Option<&str>, schema: &FieldSchema, _: &FormLimits) -> Result<Self, Invalid> {
        whole(raw, schema.min.unwrap_or(1)..=LARGEST).map(i64::unsigned_abs)
    }
}

impl Field for Decimal {
    fn read(raw: Option<&str>, _: &FieldSchema, _: &FormLimits) -> Result<Self, Invalid> {
        let digits = digits(raw.ok_or(Invalid::Missing)?)?;
        if is_blank(&digits) {
            return Err(Invalid::Missing);
        }
        Decimal::read(&digits)
    }
}

impl Field for String {
    fn read(raw: Option<&str>, schema: &FieldSchema, limits: &FormLimits) -> Result<Self, Invalid> {
        let raw = raw.ok_or(Invalid::Missing)?;
        let text: String = match schema.person && is_whole(raw) {
            true => raw.to_string(),
            false => serde_json::from_str(raw).map_err(|_| Invalid::Type("text"))?,
        };
        if is_blank(&text) {
            return Err(Invalid::Missing);
        }
        if text.contains('\0') {
            return Err(Invalid::Character);
        }
        if text.chars().count() > limits.text_chars_max {
            return Err(Invalid::Length(limits.text_chars_max));
        }
        Ok(text)
    }
}

impl Field for bool {
    fn read(raw: Option<&str>, _: &FieldSchema, _: &FormLimits) -> Result<Self, Invalid> {
        match raw.ok_or(Invalid::Missing)? {
            "true" | "\"true\"" => Ok(true),
            "false" | "\"false\"" => Ok(false),
            _ => Err(Invalid::Type("true or false")),
        }
    }
}

/// What a change says of a value that need not be there: absent or blank leaves it, null takes it away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldEdit<T> {
    #[default]
    Keep,
    Clear,
    Set(T),
}

impl<T> FieldEdit<T> {
    pub fn apply(self, old: Option<T>) -> Option<T> {
        match self {
            FieldEdit::Keep => old,
            FieldEdit::Clear => None,
            FieldEdit::Set(new) => Some(new),
        }
    }
}

impl<F: Field> Field for FieldEdit<F> {
    const READS_NULL: bool = true;
    fn read(raw: Option<&str>, schema: &FieldSchema, limits: &FormLimits) -> Result<Self, Invalid> {
        match (raw, F::read(raw, schema, limits)) {
            (Some("null"), _) => Ok(FieldEdit::Clear),
            (_, Err(Invalid::Missing)) => Ok(FieldEdit::Keep),
            (_, other) => other.map(FieldEdit::Set),
        }
    }
}

/// Described as an optional field that may be null.
impl<T: JsonSchema> JsonSchema for FieldEdit<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        <Option<T>>::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <Option<T>>::json_schema(generator)
    }
    fn _schemars_private_is_option() -> bool {
        true
    }
}

/// Absent, null or blank is `None`.
impl<F: Field> Field for Option<F> {
    fn read(raw: Option<&str>, schema: &FieldSchema, limits: &FormLimits) -> Result<Self, Invalid> {
        match F::read(raw, schema, limits) {
            Err(Invalid::Missing) => Ok(None),
            other => other.map(Some),
        }
    }
}

#[cfg(test)]
mod tests;
