//! Why a rule says no: a stable code, its class and what people are told. One value a cause; its page is written from it.

/// One language's texts of a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    /// One sentence: what happened.
    pub happened: &'static str,
    /// One sentence: what to do now.
    pub advice: &'static str,
}

/// What kind of no a reason is. An edge maps each class to a status of its protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReasonClass {
    /// The request cannot be taken as it is.
    Invalid,
    /// An outside party declined.
    Declined,
    /// The caller may not do this.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// The present state of the thing does not allow it.
    NotAllowedNow,
    /// The thing has changed since the caller read it.
    Stale,
    /// The key of a repeatable request was used for another request.
    KeyReused,
    /// It cannot be decided at the moment; the same request may succeed later.
    Unavailable,
}

/// A cause that never changes its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusalReason {
    pub code: &'static str,
    pub class: ReasonClass,
    /// Not decided yet: the command is tried again when the thing has changed, until its deadline.
    pub waits: bool,
    pub en: Texts,
    pub ko: Texts,
}

/// Written by `#[refusal]`: the reasons of one module.
pub trait RefusalSet: Copy + std::fmt::Debug + Send + Sync + 'static {
    const ALL: &'static [&'static RefusalReason];
    fn reason(self) -> &'static RefusalReason;
}

/// For rules that never refuse.
impl RefusalSet for std::convert::Infallible {
    const ALL: &'static [&'static RefusalReason] = &[];
    fn reason(self) -> &'static RefusalReason {
        match self {}
    }
}

impl From<std::convert::Infallible> for &'static RefusalReason {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
