//! Tokens: taken apart, proven, and checked; in this order, and each by a file of its own.
pub mod bearer;
pub mod claims;
pub mod compact;
pub mod roles;
mod strict_json;

#[cfg(test)]
mod tests;

pub use claims::{CheckedClaims, ClaimRules};
pub use compact::CompactToken;

use crate::keys::KeySet;
use crate::not_believed::NotBelieved;
use kernel::Timestamp;

/// Proves and checks a token that was taken apart.
pub fn check(
    token: &CompactToken<'_>,
    keys: &KeySet,
    rules: &ClaimRules,
    now: Timestamp,
) -> Result<CheckedClaims, NotBelieved> {
    let is_proven = keys.prove(token);
    let claims = is_proven.then(|| token.claims()).flatten().ok_or(NotBelieved::Unproven)?;
    rules.check(&claims, now)
}
