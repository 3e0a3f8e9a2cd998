//! Why a token or a session is not taken.

/// Nothing of the token is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotBelieved {
    /// No more is said before a signature is proven.
    Unproven,
    Expired,
    NotYetValid,
    /// Another issuer, or for another audience.
    ForOthers,
    /// No subject that can be taken.
    Subject,
    /// Nothing can be proven: there are no keys of the issuer.
    Unavailable {
        retry_after_ms: u64,
    },
}

impl NotBelieved {
    /// Whether it may be somebody who tries tokens out: not what has merely expired, and not what is our own lack of keys.
    pub fn is_failure(self) -> bool {
        !matches!(self, NotBelieved::Expired | NotBelieved::Unavailable { .. })
    }
}
