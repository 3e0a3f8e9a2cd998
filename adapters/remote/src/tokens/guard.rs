//! Knows good tokens: signed by a key that is believed of who says to ask, for a context of this process, and not too old.
use super::{Claims, GATEWAY, LIFE_S, audience};
use crate::keys::{Keys, speaks_for};
use jsonwebtoken::{Algorithm, Validation, decode, decode_header, get_current_timestamp};
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

/// How far the clocks of two machines may be apart.
const SKEW_S: u64 = 30;
/// Tokens that were verified lately: one for each process that asks and each context that is asked.
const VERIFIED_MAX: NonZeroUsize = NonZeroUsize::new(1_024).expect("it is not zero");
/// Longer ones are no tokens of ours.
const TOKEN_BYTES_MAX: usize = 2_048;

/// Knows good tokens for the contexts that a process works for.
pub struct Guard {
    keys: Arc<Keys>,
    validation: Validation,
    /// The contexts of this process, by the audience of their tokens.
    contexts: Vec<(String, Arc<str>)>,
    /// By the whole token, so that no other one is taken for it.
    verified: Mutex<LruCache<Box<str>, Verified>>,
}

/// What a good token says.
#[derive(Clone)]
pub(super) struct Verified {
    pub issuer: Arc<str>,
    /// The context that is asked.
    pub context: Arc<str>,
    until: u64,
}

impl Guard {
    /// `contexts`: those of this process, whose names tokens must be made for.
    pub fn new(keys: Arc<Keys>, system: &str, contexts: &[&str]) -> Guard {
        let contexts: Vec<(String, Arc<str>)> =
            contexts.iter().map(|context| (audience(context, system), Arc::from(*context))).collect();
        let audiences: Vec<&String> = contexts.iter().map(|(audience, _)| audience).collect();
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.leeway = SKEW_S;
        validation.set_required_spec_claims(&["exp", "aud", "iss"]);
        validation.set_audience(&audiences);
        Guard { keys, validation, contexts, verified: Mutex::new(LruCache::new(VERIFIED_MAX)) }
    }

    /// # Errors
    /// Why it is not a good token, for a log: who sent it learns only that it is not.
    pub(super) fn verify(&self, token: &str) -> Result<Verified, String> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err("it is too long".into());
        }
        let now = get_current_timestamp();
        if let Some(verified) = self.verified().get(token) {
            let is_good = now <= verified.until + SKEW_S;
            return if is_good { Ok(verified.clone()) } else { Err("it has expired".into()) };
        }
        let verified = self.verify_new(token, now)?;
        self.verified().put(token.into(), verified.clone());
        Ok(verified)
    }

    fn verify_new(&self, token: &str, now: u64) -> Result<Verified, String> {
        let header = decode_header(token).map_err(|error| error.to_string())?;
        let name = header.kid.ok_or("it names no key")?;
        let key = self.keys.believed.get(&name).ok_or_else(|| format!("no key {name:?} is believed"))?;
        let Claims { iss, aud, exp } = decode(token, key, &self.validation).map_err(|error| error.to_string())?.claims;
        if iss != GATEWAY && !speaks_for(&name, &iss) {
            return Err(format!("the key {name:?} does not speak for {iss:?}"));
        }
        if exp > now + LIFE_S + SKEW_S {
            return Err("it is good for longer than any token may be".into());
        }
        let context = self.contexts.iter().find(|(audience, _)| *audience == aud).map(|(_, context)| context.clone());
        Ok(Verified { issuer: iss.into(), context: context.ok_or("it is for another context")?, until: exp })
    }

    fn verified(&self) -> std::sync::MutexGuard<'_, LruCache<Box<str>, Verified>> {
        self.verified.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
