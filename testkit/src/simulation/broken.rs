//! What a lifetime must not do.
use runtime::port::store::StoreError;
use std::fmt;

/// A check that failed, and on what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub check: &'static str,
    pub what: String,
}

pub type Lived<T = ()> = Result<T, Broken>;

pub fn broken<T>(check: &'static str, what: impl Into<String>) -> Lived<T> {
    Err(Broken { check, what: what.into() })
}

pub fn ensure(holds: bool, check: &'static str, what: impl FnOnce() -> String) -> Lived {
    if holds { Ok(()) } else { broken(check, what()) }
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Broken {
        Broken { check: "store", what: error.to_string() }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.check, self.what)
    }
}
