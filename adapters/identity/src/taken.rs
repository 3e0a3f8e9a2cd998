//! Tokens that were taken lately: the same one comes with each request of a caller, and a signature is proven once.
use crate::keys::KeySet;
use crate::signed_in::SignedIn;
use lru::LruCache;
use ring::digest::{SHA256, digest};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// Callers at once, roughly; of more each is proven anew.
const TAKEN_MAX: NonZeroUsize = NonZeroUsize::new(10_000).expect("it is not zero");

/// By the digest of the whole token. Each is good under the very keys that have proven it: with others it is proven again.
pub struct TakenTokens(Mutex<LruCache<[u8; 32], (Weak<KeySet>, SignedIn)>>);

impl Default for TakenTokens {
    fn default() -> TakenTokens {
        TakenTokens(Mutex::new(LruCache::new(TAKEN_MAX)))
    }
}

impl TakenTokens {
    pub fn find(&self, token: &str, keys: &Arc<KeySet>) -> Option<SignedIn> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (proven_by, signed_in) = taken.get(&key(token))?;
        std::ptr::eq(proven_by.as_ptr(), Arc::as_ptr(keys)).then(|| signed_in.clone())
    }

    pub fn keep(&self, token: &str, keys: &Arc<KeySet>, signed_in: &SignedIn) {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.put(key(token), (Arc::downgrade(keys), signed_in.clone()));
    }
}

fn key(token: &str) -> [u8; 32] {
    let mut key = [0; 32];
    key.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
    key
}
