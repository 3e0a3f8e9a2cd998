//! Keys of every accepted kind, as a provider has them, and whatever they are made to sign.
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
    RsaPublicKeyComponents,
};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Rsa,
    Ec,
    Ed,
}

impl Algorithm {
    pub const ALL: [Algorithm; 3] = [Algorithm::Rsa, Algorithm::Ec, Algorithm::Ed];
}

pub enum TestKey {
    Rsa(Box<RsaKeyPair>),
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
}

impl TestKey {
    pub fn new(algorithm: Algorithm) -> TestKey {
        let random = SystemRandom::new();
        match algorithm {
            Algorithm::Rsa => TestKey::Rsa(Box::new(RsaKeyPair::from_pkcs8(rsa_2048()).expect("a key of openssl"))),
            Algorithm::Ec => {
                let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("made");
                TestKey::Ec(
                    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.as_ref(), &random).expect("read"),
                )
            }
            Algorithm::Ed => {
                let key = Ed25519KeyPair::generate_pkcs8(&random).expect("made");
                TestKey::Ed(Ed25519KeyPair::from_pkcs8(key.as_ref()).expect("read"))
            }
        }
    }

    pub fn name(&self) -> &'static str {
        match self {
            TestKey::Rsa(_) => "RS256",
            TestKey::Ec(_) => "ES256",
            TestKey::Ed(_) => "EdDSA",
        }
    }

    pub fn jwk(&self, kid: &str) -> Value {
        match self {
            TestKey::Rsa(pair) => {
                let RsaPublicKeyComponents { n, e } = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public());
                json!({"kty": "RSA", "kid": kid, "n": base64url(&n), "e": base64url(&e)})
            }
            TestKey::Ec(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                json!({"kty": "EC", "crv": "P-256", "kid": kid, "x": base64url(x), "y": base64url(y)})
            }
            TestKey::Ed(pair) => {
                json!({"kty": "OKP", "crv": "Ed25519", "kid": kid, "x": base64url(pair.public_key().as_ref())})
            }
        }
    }

    /// What everybody knows of it.
    fn public(&self) -> Vec<u8> {
        match self {
            TestKey::Rsa(pair) => pair.public().as_ref().to_vec(),
            TestKey::Ec(pair) => pair.public_key().as_ref().to_vec(),
            TestKey::Ed(pair) => pair.public_key().as_ref().to_vec(),
        }
    }

    pub fn token(&self, header: &Value, claims: &Value) -> String {
        self.token_of(&header.to_string(), &claims.to_string())
    }

    pub fn token_of(&self, header: &str, claims: &str) -> String {
        let message = message(header, claims);
        format!("{message}.{}", base64url(&self.sign(message.as_bytes())))
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            TestKey::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).expect("signed");
                signature
            }
            TestKey::Ec(pair) => pair.sign(&random, message).expect("signed").as_ref().to_vec(),
            TestKey::Ed(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }
}

/// Signed with the public key as if it were a secret.
pub fn with_hmac(key: &TestKey, name: &str, header: &Value, claims: &Value) -> String {
    use ring::hmac::{HMAC_SHA256, HMAC_SHA384, HMAC_SHA512, Key, sign};
    let algorithm = [("HS256", HMAC_SHA256), ("HS384", HMAC_SHA384), ("HS512", HMAC_SHA512)];
    let (_, algorithm) = algorithm.into_iter().find(|(known, _)| *known == name).expect("one of them");
    let message = message(&header.to_string(), &claims.to_string());
    let signature = sign(&Key::new(algorithm, &key.public()), message.as_bytes());
    format!("{message}.{}", base64url(signature.as_ref()))
}

/// A key of 1,024 bits, which ring neither makes nor signs with.
pub struct WeakRsa {
    folder: tempfile::TempDir,
}

impl WeakRsa {
    pub fn new() -> WeakRsa {
        let folder = tempfile::tempdir().expect("a folder");
        let key = openssl(&["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"], b"");
        std::fs::write(folder.path().join("key.pem"), key).expect("written");
        WeakRsa { folder }
    }

    fn path(&self) -> String {
        self.folder.path().join("key.pem").display().to_string()
    }

    pub fn jwk(&self, kid: &str) -> Value {
        let said = String::from_utf8(openssl(&["rsa", "-in", &self.path(), "-noout", "-modulus"], b"")).expect("text");
        let digits = said.trim().trim_start_matches("Modulus=");
        let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).expect("digits");
        let modulus: Vec<u8> = (0..digits.len()).step_by(2).map(byte).collect();
        json!({"kty": "RSA", "kid": kid, "n": base64url(&modulus), "e": "AQAB"})
    }

    pub fn token(&self, header: &Value, claims: &Value) -> String {
        let message = message(&header.to_string(), &claims.to_string());
        let signature = openssl(&["dgst", "-sha256", "-sign", &self.path()], message.as_bytes());
        format!("{message}.{}", base64url(&signature))
    }
}

fn message(header: &str, claims: &str) -> String {
    format!("{}.{}", base64url(header.as_bytes()), base64url(claims.as_bytes()))
}

/// One for all tests, as it takes a while to make.
fn rsa_2048() -> &'static [u8] {
    static KEY: OnceLock<Vec<u8>> = OnceLock::new();
    KEY.get_or_init(|| {
        let pem = openssl(&["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], b"");
        openssl(&["pkcs8", "-topk8", "-nocrypt", "-outform", "DER"], &pem)
    })
}

fn openssl(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut command = Command::new("openssl");
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("openssl runs");
    child.stdin.take().expect("piped").write_all(input).expect("it reads");
    let done = child.wait_with_output().expect("it ends");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}
