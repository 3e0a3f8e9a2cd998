//! Why a rule says no: a stable code, a status and what people are told. One value a cause; its page is written from it.

/// One language's texts of a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    /// One sentence: what happened.
    pub happened: &'static str,
    /// One sentence: what to do now.
    pub advice: &'static str,
}

/// A cause that never changes its code. `status` is the HTTP status it is told with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    pub code: &'static str,
    pub status: u16,
    /// Not decided yet: the command is tried again when the thing has changed, until its deadline.
    pub waits: bool,
    pub en: Texts,
    pub ko: Texts,
}

/// Written by `#[refusal]`: the reasons of one module.
pub trait RefusalSet: Copy + std::fmt::Debug + Send + Sync + 'static {
    const ALL: &'static [&'static Reason];
    fn reason(self) -> &'static Reason;
}

/// For rules that never refuse.
impl RefusalSet for std::convert::Infallible {
    const ALL: &'static [&'static Reason] = &[];
    fn reason(self) -> &'static Reason {
        match self {}
    }
}

impl From<std::convert::Infallible> for &'static Reason {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
