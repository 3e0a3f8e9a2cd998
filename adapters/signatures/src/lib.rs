//! Signatures of tokens: Ed25519, ES256 and RS256 of ring, as jsonwebtoken calls them. A process has one such table for all its tokens, so it is here
//! and nowhere else; which algorithms a token may have is said by whoever checks it.
//!
//! **Invariant:** there is no HMAC and no `none`; only Ed25519 signs.
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind, EncodingKey};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, Ed25519KeyPair, KeyPair, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey, VerificationAlgorithm,
};
use signature::{Error, Signer, Verifier};

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| Ok(Box::new(signer(*algorithm, key)?)),
    verifier_factory: |algorithm, key| Ok(Box::new(verifier(*algorithm, key)?)),
    key_utils: KeyUtils::new_unimplemented(), // for the making of keys as JSON
};

/// Before the first token of the process.
pub fn install() {
    let _installed_already = PROVIDER.install_default();
}

/// The public key that goes with a private one.
///
/// # Errors
/// It is no Ed25519 key, so nothing can be signed with it.
pub fn public_key(key: &EncodingKey) -> Result<DecodingKey> {
    let Pair(pair) = signer(Algorithm::EdDSA, key)?;
    Ok(DecodingKey::from_ed_der(pair.public_key().as_ref()))
}

fn signer(algorithm: Algorithm, key: &EncodingKey) -> Result<Pair> {
    match (algorithm, key.family()) {
        (Algorithm::EdDSA, AlgorithmFamily::Ed) => {
            // Files of other tools hold the private key alone.
            let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(key.as_bytes());
            Ok(Pair(pair.map_err(|_| ErrorKind::InvalidEddsaKey)?))
        }
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

fn verifier(algorithm: Algorithm, key: &DecodingKey) -> Result<Public> {
    let kind = match (algorithm, key.family(), key.kind()) {
        (Algorithm::EdDSA, AlgorithmFamily::Ed, DecodingKeyKind::SecretOrDer(key)) => {
            Kind::Point(&ED25519, key.clone())
        }
        (Algorithm::ES256, AlgorithmFamily::Ec, DecodingKeyKind::SecretOrDer(key)) => {
            Kind::Point(&ECDSA_P256_SHA256_FIXED, key.clone())
        }
        (Algorithm::RS256, AlgorithmFamily::Rsa, DecodingKeyKind::RsaModulusExponent { n, e }) => {
            Kind::Rsa(RsaPublicKeyComponents { n: n.clone(), e: e.clone() })
        }
        _ => return Err(ErrorKind::InvalidAlgorithm.into()),
    };
    Ok(Public { algorithm, kind })
}

struct Pair(Ed25519KeyPair);

impl Signer<Vec<u8>> for Pair {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        Ok(self.0.sign(message).as_ref().to_vec())
    }
}

impl JwtSigner for Pair {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

struct Public {
    algorithm: Algorithm,
    kind: Kind,
}

enum Kind {
    Point(&'static dyn VerificationAlgorithm, Vec<u8>),
    /// Of 2,048 bits or more.
    Rsa(RsaPublicKeyComponents<Vec<u8>>),
}

impl Verifier<Vec<u8>> for Public {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        let verified = match &self.kind {
            Kind::Point(algorithm, key) => UnparsedPublicKey::new(*algorithm, key).verify(message, signature),
            Kind::Rsa(key) => key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature),
        };
        verified.map_err(|_| Error::new())
    }
}

impl JwtVerifier for Public {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}
