//! The keys of a provider as this process has them: asked for now and then, at once for a token with an unknown one, and used for a while when nobody answers.
use super::KeySet;
use super::provider::{self, Discovery};
use crate::not_believed::NotBelieved;
use crate::provider_client::ProviderClient;
use crate::settings::AccessSettings;
use crate::token::CompactToken;
use runtime::port::clock::{Clock, Moment};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::sleep;

const HOUR_MS: u64 = 3_600_000;

pub struct IssuerKeys {
    issuer: String,
    client: ProviderClient,
    clock: Arc<dyn Clock>,
    max_age: Duration,
    pause_ms: u64,
    stale_ms: u64,
    known: Mutex<Known>,
    /// One question at a time.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Known {
    provider: Option<KnownIssuer>,
    answered: Moment,
    asked: Option<Moment>,
    /// Why the last question had no answer.
    failed: Option<String>,
}

/// As it last answered.
#[derive(Clone)]
pub struct KnownIssuer {
    pub discovery: Arc<Discovery>,
    pub keys: Arc<KeySet>,
}

impl IssuerKeys {
    pub fn new(settings: &AccessSettings, client: ProviderClient, clock: Arc<dyn Clock>) -> IssuerKeys {
        IssuerKeys {
            issuer: settings.issuer.clone(),
            client,
            clock,
            max_age: Duration::from_secs(settings.keys_max_age_s),
            pause_ms: settings.keys_pause_s.saturating_mul(1_000),
            stale_ms: settings.keys_stale_hours.saturating_mul(HOUR_MS),
            known: Mutex::default(),
            asking: tokio::sync::Mutex::default(),
        }
    }

    /// Asks again and again, for as long as somebody uses the keys.
    pub fn keep(self: &Arc<Self>) {
        let keys = Arc::downgrade(self);
        tokio::spawn(async move {
            while let Some(keys) = keys.upgrade() {
                let is_answered = keys.ask().await;
                let pause = if is_answered { keys.max_age } else { Duration::from_millis(keys.pause_ms) };
                drop(keys);
                sleep(pause).await;
            }
        });
    }

    /// # Errors
    /// None has ever come, or the last ones are too old.
    pub fn now(&self) -> Result<KnownIssuer, NotBelieved> {
        let known = self.known();
        let is_fresh = self.clock.now().mono.ms_since(known.answered) < self.stale_ms;
        let provider = known.provider.as_ref().filter(|_| is_fresh);
        provider.cloned().ok_or(NotBelieved::Unavailable { retry_after_ms: self.pause_ms })
    }

    /// The keys for a token: asked for anew where its key is not known, unless somebody has asked lately.
    pub async fn for_token(self: &Arc<Self>, token: &CompactToken<'_>) -> Result<Arc<KeySet>, NotBelieved> {
        let KnownIssuer { keys, .. } = self.now()?;
        if keys.knows(token) {
            return Ok(keys);
        }
        let asking = self.clone();
        // a client that goes away ends no question that others wait for
        let _ended = tokio::spawn(async move { asking.ask_unless_asked().await }).await;
        Ok(self.now()?.keys)
    }

    async fn ask_unless_asked(&self) {
        let _one = self.asking.lock().await;
        let is_due = self.known().asked.is_none_or(|asked| self.clock.now().mono.ms_since(asked) >= self.pause_ms);
        if is_due {
            self.ask_once().await;
        }
    }

    async fn ask(&self) -> bool {
        let _one = self.asking.lock().await;
        self.ask_once().await
    }

    async fn ask_once(&self) -> bool {
        self.known().asked = Some(self.clock.now().mono);
        let answer = provider::ask(&self.client, &self.issuer).await;
        let now = self.clock.now().mono;
        let mut known = self.known();
        match answer {
            Ok((discovery, keys)) => {
                if known.failed.take().is_some() || known.provider.is_none() {
                    tracing::info!("the issuer has told its keys");
                }
                known.provider = Some(KnownIssuer { discovery: Arc::new(discovery), keys: Arc::new(keys) });
                known.answered = now;
                true
            }
            Err(failed) => {
                let reason = failed.to_string();
                if known.failed.as_ref() != Some(&reason) {
                    tracing::warn!(reason, "the issuer does not tell its keys");
                }
                known.failed = Some(reason);
                false
            }
        }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
