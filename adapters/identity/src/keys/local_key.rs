//! The key of a data folder: signs tokens for whoever can read the folder, and proves them.
use super::KeySet;
use crate::private_file;
use crate::signed_in::is_subject;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use kernel::Timestamp;
use rcgen::{KeyPair, PKCS_ED25519};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

const FILE: &str = "access.key";
/// For whom its tokens are.
pub const AUDIENCE: &str = "nadul";
/// There is one key a folder.
const KID: &str = "access";

/// A private key that never leaves its folder, and the issuer that it signs for.
pub struct LocalKey {
    issuer: Arc<str>,
    private: EncodingKey,
    keys: Arc<KeySet>,
}

/// Who a token is for.
#[derive(Clone, Debug)]
pub struct Bearing<'a> {
    pub subject: &'a str,
    pub roles: &'a [String],
    pub life_s: u64,
}

impl LocalKey {
    /// The folder's key, made where it is missing.
    ///
    /// # Errors
    /// A file that can't be read or written, or that holds no Ed25519 key; said with its name.
    pub fn open(folder: &Path) -> Result<LocalKey, String> {
        signatures::install();
        let path = folder.join(FILE);
        let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let make =
            || KeyPair::generate_for(&PKCS_ED25519).map(|pair| pair.serialize_pem()).map_err(|error| named(&error));
        let pem = private_file::read_or_make(&path, make)?;
        let private = EncodingKey::from_ed_pem(pem.as_bytes()).map_err(|error| named(&error))?;
        let public = signatures::public_key(&private).map_err(|error| named(&error))?;
        let folder = folder.canonicalize().map_err(|error| named(&error))?;
        let issuer = format!("file://{}", folder.display()).into();
        Ok(LocalKey { issuer, private, keys: Arc::new(KeySet::of_one(KID, Algorithm::EdDSA, public)) })
    }

    /// Whether a folder has one.
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).exists()
    }

    pub(crate) fn issuer(&self) -> &Arc<str> {
        &self.issuer
    }

    pub(crate) fn keys(&self) -> &Arc<KeySet> {
        &self.keys
    }

    /// # Errors
    /// The subject can't be anybody's.
    pub fn sign(&self, bearing: &Bearing<'_>, now: Timestamp) -> Result<String, String> {
        if !is_subject(bearing.subject) {
            return Err(
                "a subject is a name of 1 to 255 characters that shows something and has no control character".into()
            );
        }
        let (iat, iss) = (now.0.div_euclid(1_000_000), &*self.issuer);
        let claims = json!({
            "iss": iss, "aud": AUDIENCE, "sub": bearing.subject, "roles": bearing.roles,
            "iat": iat, "exp": iat.saturating_add_unsigned(bearing.life_s),
        });
        let header = Header { kid: Some(KID.into()), ..Header::new(Algorithm::EdDSA) };
        encode(&header, &claims, &self.private).map_err(|error| error.to_string())
    }
}
