//! What came of trying a rule.
use kernel::RefusalReason;

/// A store's error is not among these: it ends the whole step.
#[derive(Debug)]
pub enum Attempt<T> {
    Done(T),
    Refused(&'static RefusalReason),
    /// The rule broke, or something that it needs can't be read.
    Fault(String),
}

impl<T> Attempt<T> {
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Attempt<U> {
        match self {
            Attempt::Done(value) => Attempt::Done(change(value)),
            Attempt::Refused(reason) => Attempt::Refused(reason),
            Attempt::Fault(what) => Attempt::Fault(what),
        }
    }

    pub fn from_rule(found: Result<T, &'static RefusalReason>) -> Attempt<T> {
        found.map_or_else(Attempt::Refused, Attempt::Done)
    }
}
