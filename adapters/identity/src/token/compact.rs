//! A signed token taken apart: three parts in strict base64url, and a header that names a key and an algorithm of ours. Nothing of it is believed yet.
use super::strict_json;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};

/// Longer ones are no tokens.
pub const TOKEN_BYTES_MAX: usize = 8_192;

pub struct CompactToken<'a> {
    pub algorithm: Algorithm,
    /// The key's name.
    pub kid: String,
    /// What is signed.
    pub message: &'a str,
    /// In base64url.
    pub signature: &'a str,
    payload: &'a str,
}

impl<'a> CompactToken<'a> {
    pub fn parse(token: &'a str) -> Option<CompactToken<'a>> {
        if token.len() > TOKEN_BYTES_MAX {
            return None;
        }
        let (message, signature) = token.rsplit_once('.')?;
        let (header, payload) = message.split_once('.')?;
        if payload.contains('.') || signature.is_empty() {
            return None; // encrypted ones have five parts
        }
        let header = strict_json::object(&URL_SAFE_NO_PAD.decode(header).ok()?)?;
        let (algorithm, kid) = (algorithm(&header)?, header.get("kid")?.as_str()?.to_string());
        is_ours(&header).then_some(CompactToken { algorithm, kid, message, signature, payload })
    }

    /// For whoever has proven the signature.
    pub fn claims(&self) -> Option<Map<String, Value>> {
        strict_json::object(&URL_SAFE_NO_PAD.decode(self.payload).ok()?)
    }
}

/// By the name that a header or a key has for it.
pub fn algorithm_named(name: &str) -> Option<Algorithm> {
    Some(match name {
        "RS256" => Algorithm::RS256,
        "ES256" => Algorithm::ES256,
        "EdDSA" => Algorithm::EdDSA,
        _ => return None,
    })
}

fn algorithm(header: &Map<String, Value>) -> Option<Algorithm> {
    algorithm_named(header.get("alg")?.as_str()?)
}

/// Whether it is a plain signed token of claims, without anything that has to be understood.
fn is_ours(header: &Map<String, Value>) -> bool {
    let is_type = |typ: &Value| matches!(typ.as_str(), Some("JWT" | "at+jwt"));
    header.get("typ").is_none_or(is_type)
        && !["crit", "cty", "enc", "zip"].iter().any(|name| header.contains_key(*name))
}
