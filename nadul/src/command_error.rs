//! Why a command could not do what it was asked, for people, and the exit code that says so to scripts.
use kernel::{Context, System};
use runtime::port::store::StoreError;
use std::fmt;

/// Ends the process with `code`; an empty text says nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandError {
    pub text: String,
    pub code: u8,
}

pub type CommandResult<T = ()> = Result<T, CommandError>;

impl CommandError {
    pub fn new(text: impl Into<String>) -> CommandError {
        CommandError { text: text.into(), code: 1 }
    }

    /// What was asked for can't be read or isn't there.
    pub fn unreadable(text: impl Into<String>) -> CommandError {
        CommandError { text: text.into(), code: 2 }
    }

    /// Everything is said already.
    pub fn silent(code: u8) -> CommandError {
        CommandError { text: String::new(), code }
    }

    /// A store's own words, which say what to do as well.
    pub fn store(system: &System, context: &Context, error: &StoreError) -> CommandError {
        CommandError::unreadable(format!("{}/{}: {error}", system.name, context.name))
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for CommandError {}
