//! One of a few known words on the command line: completed by shells, and with the nearest one told for a mistyped one.
use crate::{catalogue, nearest};
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};
use std::ffi::OsStr;

/// What it names, and the names there are.
#[derive(Clone)]
pub struct KnownName {
    /// What such a word names: "system".
    pub what: &'static str,
    pub known: Vec<&'static str>,
}

impl KnownName {
    /// A system of this binary.
    pub fn system() -> KnownName {
        KnownName { what: "system", known: catalogue::names() }
    }
}

impl TypedValueParser for KnownName {
    type Value = String;

    fn parse_ref(&self, command: &Command, _: Option<&Arg>, typed: &OsStr) -> Result<String, Error> {
        let typed = typed.to_string_lossy();
        if self.known.contains(&typed.as_ref()) {
            return Ok(typed.into_owned());
        }
        let hint = nearest::hint(&typed, self.known.iter().copied());
        let text = format!("there is no {} {typed}{hint} (there are: {})\n", self.what, self.known.join(", "));
        Err(Error::raw(ErrorKind::InvalidValue, text).with_cmd(command))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.known.iter().copied().map(PossibleValue::new)))
    }
}
