//! Makes the tokens of one context, or of the gateway: one for each context that is asked, used again until shortly before it ends.
use super::{Claims, LIFE_S, audience};
use crate::keys::Keys;
use axum::http::HeaderValue;
use jsonwebtoken::{Algorithm, Header, encode, get_current_timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A token is not used in its last seconds, as the other clock may be ahead.
const LAST_S: u64 = 20;
/// Contexts of a system, at most: what is asked for by name stays bounded.
const KEPT_MAX: usize = 1_000;

/// Signs for one context of a system, or for its gateway.
pub struct Signer {
    keys: Arc<Keys>,
    system: String,
    issuer: String,
    /// By context that is asked, and when it ends.
    kept: Mutex<HashMap<String, (HeaderValue, u64)>>,
}

impl Signer {
    pub fn new(keys: Arc<Keys>, system: &str, issuer: &str) -> Signer {
        Signer { keys, system: system.into(), issuer: issuer.into(), kept: Mutex::default() }
    }

    pub(crate) fn system(&self) -> &str {
        &self.system
    }

    /// The `Authorization` of a request to a context.
    ///
    /// # Errors
    /// The key can't sign.
    pub fn authorization(&self, context: &str) -> Result<HeaderValue, String> {
        let now = get_current_timestamp();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((header, until)) = kept.get(context)
            && now + LAST_S < *until
        {
            return Ok(header.clone());
        }
        let header = self.sign(context, now + LIFE_S)?;
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(context.to_string(), (header.clone(), now + LIFE_S));
        Ok(header)
    }

    fn sign(&self, context: &str, exp: u64) -> Result<HeaderValue, String> {
        let header = Header { kid: Some(self.keys.name.clone()), ..Header::new(Algorithm::EdDSA) };
        let claims = Claims { iss: self.issuer.clone(), aud: audience(context, &self.system), exp };
        let token = encode(&header, &claims, &self.keys.private).map_err(|error| error.to_string())?;
        let mut value = HeaderValue::try_from(format!("Bearer {token}")).map_err(|error| error.to_string())?;
        value.set_sensitive(true);
        Ok(value)
    }
}
