//! Whatever is no good token is refused with 401, and does nothing.
use crate::broken::Counting;
use crate::questions::raw;
use crate::support::{Process, SYSTEM, new_keys, runtime};
use axum::{Extension, Router, routing::get};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp};
use remote::{GATEWAY, Guard, Issuer, KeyPaths, Keys, Signer, guarded, make_key_pair, serve};
use serde_json::{Value, json};
use std::fs;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

/// It speaks for every context.
const KEY: &str = "nadul.own";

/// A process of its own, its keys' files, and a runtime.
struct Tried {
    runtime: Runtime,
    process: Process,
    folder: tempfile::TempDir,
    keys: Arc<Keys>,
}

impl Tried {
    fn new() -> Tried {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = Arc::new(new_keys(folder.path(), KEY));
        Tried::with(runtime(), folder, keys)
    }

    fn with(runtime: Runtime, folder: tempfile::TempDir, keys: Arc<Keys>) -> Tried {
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let address = listener.local_addr().expect("an address");
        let who = get(|Extension(Issuer(issuer)): Extension<Issuer>| async move { issuer.to_string() });
        let guard = Arc::new(Guard::new(keys.clone(), SYSTEM, &["payment"]));
        let router = guarded(Router::new().route("/who", who), guard);
        runtime.spawn(serve(listener, router, CancellationToken::new()));
        let mut process = Process::start(&runtime, Arc::new(Counting::default()), &["payment"]);
        process.address = address;
        Tried { runtime, process, folder, keys }
    }

    fn ask(&self, headers: &str) -> String {
        let request = format!("GET /who HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
        raw(&self.runtime, &self.process, request.as_bytes())
    }

    fn is_good(&self, token: &str) -> bool {
        let answer = self.ask(&format!("authorization: Bearer {token}\r\n"));
        let is_refused = answer.starts_with("HTTP/1.1 401 ") && answer.contains("www-authenticate: Bearer");
        assert!(is_refused || answer.starts_with("HTTP/1.1 200 "), "{answer}");
        !is_refused
    }

    fn private_key(&self) -> EncodingKey {
        EncodingKey::from_ed_pem(&fs::read(self.folder.path().join(format!("{KEY}.pem"))).expect("read"))
            .expect("a key")
    }

    /// Signed by the key that is believed.
    fn signed(&self, claims: &Value) -> String {
        encode(&header(Algorithm::EdDSA, KEY), claims, &self.private_key()).expect("signed")
    }
}

fn header(algorithm: Algorithm, kid: &str) -> Header {
    Header { kid: Some(kid.into()), ..Header::new(algorithm) }
}

fn claims(audience: &str, expires_in_s: i64) -> Value {
    json!({"iss": "catch", "aud": audience, "exp": get_current_timestamp() as i64 + expires_in_s})
}

/// An attacker writes tokens by hand.
fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[test]
fn a_good_token_is_let_in_and_its_issuer_is_known() {
    let tried = Tried::new();
    let token = Signer::new(tried.keys.clone(), SYSTEM, "gateway").authorization("payment").expect("signed");
    for _ in 0..2 {
        let answer = tried.ask(&format!("authorization: {}\r\n", token.to_str().expect("text")));
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("gateway"), "{answer}");
    }
}

#[test]
fn no_token_two_tokens_and_garbage_are_refused() {
    let tried = Tried::new();
    let good = tried.signed(&claims("payment.taxi", 60));
    assert!(tried.is_good(&good));
    let twice = format!("authorization: Bearer {good}\r\nauthorization: Bearer {good}\r\n");
    for headers in ["", &twice, "authorization: Basic eDp5\r\n", "authorization: Bearer\r\n", "authorization: \r\n"] {
        assert!(tried.ask(headers).starts_with("HTTP/1.1 401 "), "{headers}");
    }
    for garbage in ["", ".", "..", "a.b.c", "....", &good[..good.len() - 1], &good[1..], &"x".repeat(5_000)] {
        assert!(!tried.is_good(garbage), "{garbage}");
    }
}

#[test]
fn a_token_whose_claims_were_changed_is_refused() {
    let tried = Tried::new();
    let good = tried.signed(&claims("payment.taxi", 60));
    let parts: Vec<&str> = good.split('.').collect();
    let other = base64url(claims("payment.taxi", 61).to_string());
    assert!(!tried.is_good(&format!("{}.{other}.{}", parts[0], parts[2])));
}

#[test]
fn a_token_of_a_key_that_is_not_believed_is_refused_whatever_name_it_gives_itself() {
    let tried = Tried::new();
    let elsewhere = tempfile::tempdir().expect("a folder");
    for name in [KEY, "nadul.other"] {
        let paths = KeyPaths {
            private_key: elsewhere.path().join(format!("{name}.pem")),
            public_keys: elsewhere.path().join("public"),
        };
        make_key_pair(&paths).expect("made");
        let forger = Signer::new(Arc::new(Keys::read(&paths).expect("read")), SYSTEM, "catch");
        let token = forger.authorization("payment").expect("signed");
        assert!(!tried.is_good(token.to_str().expect("text").trim_start_matches("Bearer ")), "{name}");
    }
}

#[test]
fn a_key_signs_only_for_the_contexts_in_its_name() {
    let (runtime, folder) = (runtime(), tempfile::tempdir().expect("a folder"));
    new_keys(folder.path(), "payment");
    let catch = Arc::new(new_keys(folder.path(), "catch")); // both public keys are in the folder that it was read from
    let asked = Tried::with(runtime, folder, catch.clone());
    let signed = |issuer| Signer::new(catch.clone(), SYSTEM, issuer).authorization("payment").expect("signed");
    let is_good = |issuer| asked.is_good(signed(issuer).to_str().expect("text").trim_start_matches("Bearer "));
    assert!(is_good("catch") && is_good(GATEWAY));
    assert!(!is_good("payment") && !is_good("pickup"));
}

#[test]
fn a_token_without_the_name_of_a_key_is_refused() {
    let tried = Tried::new();
    let nameless = encode(&Header::new(Algorithm::EdDSA), &claims("payment.taxi", 60), &tried.private_key());
    assert!(!tried.is_good(&nameless.expect("signed")));
}

#[test]
fn another_algorithm_is_refused() {
    let tried = Tried::new();
    // The public key as the secret of a symmetric algorithm: its text and its bytes are known to everyone.
    let public = fs::read(tried.folder.path().join(format!("public/{KEY}.pem"))).expect("read");
    // jsonwebtoken has only Ed25519 here, so the symmetric signature comes from ring.
    let unsigned = |algorithm: &str| {
        let header = base64url(json!({"alg": algorithm, "typ": "JWT", "kid": KEY}).to_string());
        format!("{header}.{}", base64url(claims("payment.taxi", 60).to_string()))
    };
    assert!(!tried.is_good(&format!("{}.", unsigned("none"))));
    for algorithm in ["HS256", "EdDSA"] {
        let message = unsigned(algorithm);
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &public);
        let signature = base64url(ring::hmac::sign(&key, message.as_bytes()).as_ref());
        assert!(!tried.is_good(&format!("{message}.{signature}")), "{algorithm}");
    }
}

#[test]
fn other_audiences_are_refused() {
    let tried = Tried::new();
    for audience in ["catch.taxi", "payment.stay", "payment", "", "payment.taxi.x"] {
        assert!(!tried.is_good(&tried.signed(&claims(audience, 60))), "{audience}");
    }
    let many = json!({"iss": "catch", "aud": ["payment.taxi", "catch.taxi"], "exp": get_current_timestamp() + 60});
    assert!(!tried.is_good(&tried.signed(&many)));
}

#[test]
fn times_are_kept_up_to_the_skew_of_clocks() {
    let tried = Tried::new();
    let is_good = |expires_in_s| tried.is_good(&tried.signed(&claims("payment.taxi", expires_in_s)));
    assert!(is_good(-25) && is_good(60) && is_good(85));
    assert!(!is_good(-35), "it has expired");
    assert!(!is_good(100), "no token is good for so long");
    for incomplete in [
        json!({"iss": "catch", "aud": "payment.taxi"}),
        json!({"iss": "catch", "aud": "payment.taxi", "exp": "never"}),
        json!({"aud": "payment.taxi", "exp": get_current_timestamp() + 60}),
        json!({"iss": "catch", "exp": get_current_timestamp() + 60}),
    ] {
        assert!(!tried.is_good(&tried.signed(&incomplete)), "{incomplete}");
    }
}

#[test]
fn a_verified_token_is_refused_once_it_has_expired() {
    let tried = Tried::new();
    let token = tried.signed(&claims("payment.taxi", -28));
    assert!(tried.is_good(&token), "its clock may be behind");
    crate::support::wait_until("it has expired for everyone", || !tried.is_good(&token));
}
