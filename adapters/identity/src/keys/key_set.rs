//! The keys that an issuer publishes, as far as they can prove a token: others are passed over, so that a new kind of key shuts nobody out.
use crate::token::CompactToken;
use crate::token::compact::algorithm_named;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde_json::{Map, Value};

#[derive(Debug, Default)]
pub struct KeySet(Vec<NamedKey>);

#[derive(Debug)]
struct NamedKey {
    kid: String,
    algorithm: Algorithm,
    key: DecodingKey,
}

impl KeySet {
    pub fn of_one(kid: &str, algorithm: Algorithm, key: DecodingKey) -> KeySet {
        KeySet(vec![NamedKey { kid: kid.to_string(), algorithm, key }])
    }

    /// From a document of an issuer; `None` where it is none.
    pub fn read(document: &Value) -> Option<KeySet> {
        let keys = document.get("keys")?.as_array()?;
        Some(KeySet(keys.iter().filter_map(|key| NamedKey::read(key.as_object()?)).collect()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn knows(&self, token: &CompactToken<'_>) -> bool {
        self.fitting(token).next().is_some()
    }

    /// Whether a key of the token's name and algorithm has signed it.
    pub fn prove(&self, token: &CompactToken<'_>) -> bool {
        let CompactToken { algorithm, message, signature, .. } = token;
        let has_signed = |key: &NamedKey| crypto::verify(signature, message.as_bytes(), &key.key, *algorithm);
        self.fitting(token).any(|key| has_signed(key).unwrap_or(false))
    }

    fn fitting<'a>(&'a self, token: &CompactToken<'a>) -> impl Iterator<Item = &'a NamedKey> {
        let (kid, algorithm) = (token.kid.clone(), token.algorithm);
        self.0.iter().filter(move |key| key.kid == kid && key.algorithm == algorithm)
    }
}

impl NamedKey {
    /// `None`: no key that proves tokens of ours.
    fn read(key: &Map<String, Value>) -> Option<NamedKey> {
        let text = |name: &str| key.get(name).and_then(Value::as_str);
        let (algorithm, read) = match (text("kty")?, text("crv")) {
            ("RSA", _) => (Algorithm::RS256, DecodingKey::from_rsa_components(text("n")?, text("e")?)),
            ("EC", Some("P-256")) => (Algorithm::ES256, DecodingKey::from_ec_components(text("x")?, text("y")?)),
            ("OKP", Some("Ed25519")) => (Algorithm::EdDSA, DecodingKey::from_ed_components(text("x")?)),
            _ => return None,
        };
        let is_for_it = |name: &Value| name.as_str().and_then(algorithm_named) == Some(algorithm);
        let may_verify =
            |operations: &Value| operations.as_array().is_some_and(|all| all.iter().any(|one| one == "verify"));
        let fits = key.get("alg").is_none_or(is_for_it)
            && key.get("use").is_none_or(|used| used == "sig")
            && key.get("key_ops").is_none_or(may_verify);
        let kid = text("kid")?.to_string();
        fits.then_some(NamedKey { kid, algorithm, key: read.ok()? })
    }
}
