//! Why a command could not do what it was asked, for people, and the exit code that says so to scripts.
use runtime::store::StoreError;
use std::fmt;

/// Ends the process with `code`; an empty text says nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub text: String,
    pub code: u8,
}

pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub fn new(text: impl Into<String>) -> Failure {
        Failure { text: text.into(), code: 1 }
    }

    /// What was asked for can't be read or isn't there.
    pub fn unreadable(text: impl Into<String>) -> Failure {
        Failure { text: text.into(), code: 2 }
    }

    /// Everything is said already.
    pub fn silent(code: u8) -> Failure {
        Failure { text: String::new(), code }
    }

    /// A store's own words, and what to do about them.
    pub fn store(what: &str, error: &StoreError) -> Failure {
        let advice = match error {
            StoreError::Full(_) => " Free some disk, then try again.",
            StoreError::Corrupt(_) => " Restore a backup (nadul backup makes them).",
            StoreError::Foreign(_) => " Choose another folder with --data.",
            StoreError::Newer(_) => " Run the newer release.",
            StoreError::Busy(_) => " Stop the other process, or choose another folder with --data.",
            StoreError::Conflict | StoreError::Failed(_) => "",
        };
        let said = error.to_string();
        Failure::unreadable(format!("{what}: {}.{advice}", said.trim_end_matches('.')))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
