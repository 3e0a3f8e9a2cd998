//! Tokens: who asks, and whom; signed, and good for a minute.
mod guard;
mod layer;
mod signer;

pub use guard::Guard;
pub use layer::guarded;
pub use signer::Signer;

pub(crate) use layer::Audience;

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Who passes requests on and asks where a context is: any process may, in the name of no context.
pub const GATEWAY: &str = "gateway";

/// Who sends a request, as its token proves: a context of the system, or [`GATEWAY`]. In the request's extensions behind a guard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer(pub Arc<str>);

/// How long a token is good.
const LIFE_S: u64 = 60;

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    /// `CONTEXT.SYSTEM`.
    aud: String,
    exp: u64,
}

/// Whom a token is for.
fn audience(context: &str, system: &str) -> String {
    format!("{context}.{system}")
}
