//! What a browser keeps while somebody is away at a provider, encrypted: how they are known again when they come back.
use crate::session::{Sessions, cookies};
use hyper::HeaderMap;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

const LIFE_S: u64 = 600;

#[derive(Serialize, Deserialize)]
pub struct UnderWay {
    pub state: String,
    pub nonce: String,
    /// The secret behind the challenge of PKCE.
    pub verifier: String,
    pub return_to: String,
    until: Timestamp,
}

impl UnderWay {
    pub fn new(state: String, nonce: String, verifier: String, return_to: String, now: Timestamp) -> UnderWay {
        UnderWay { state, nonce, verifier, return_to, until: now.plus_ms(LIFE_S * 1_000) }
    }

    /// The value of a `Set-Cookie`; `None` where it would be too large.
    pub fn cookie(&self, sessions: &Sessions) -> Option<String> {
        let (rules, text) = (sessions.cookies(), serde_json::to_string(self).ok()?);
        rules.set(rules.sign_in(), sessions.seal(rules.sign_in(), &text), LIFE_S)
    }

    /// What the browser of somebody who comes back has kept, unless it took too long.
    pub fn read(headers: &HeaderMap, sessions: &Sessions, now: Timestamp) -> Option<UnderWay> {
        let name = sessions.cookies().sign_in();
        let cookies::GivenCookie::Value(value) = cookies::find(headers, name) else { return None };
        let under_way: UnderWay = serde_json::from_str(&sessions.open(name, &value)?).ok()?;
        (now < under_way.until).then_some(under_way)
    }
}
