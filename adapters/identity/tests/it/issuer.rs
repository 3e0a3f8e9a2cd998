//! An issuer over real HTTP whose documents a test changes, and the identity that believes it.
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use identity::{AccessMode, AccessSettings, Identity, NotBelieved, Opening, SignedIn};
use kernel::{Role, Timestamp};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use runtime::port::clock::{Clock, Moment, Now};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// Moved by the test alone.
#[derive(Default)]
pub struct TestClock(AtomicU64);

impl TestClock {
    pub fn pass(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn now_s(&self) -> u64 {
        1_800_000_000 + self.0.load(Ordering::SeqCst)
    }
}

impl Clock for TestClock {
    fn now(&self) -> Now {
        let (us, since) = (self.now_s() * 1_000_000, self.0.load(Ordering::SeqCst) * 1_000_000);
        Now { wall: Timestamp(us as i64), mono: Moment::from_us(since + 1) }
    }
}

/// What the issuer says.
#[derive(Clone, Default)]
pub struct Said {
    pub discovery: Value,
    pub keys: Value,
    /// Instead of both.
    pub status: Option<StatusCode>,
    pub leads_elsewhere: bool,
    /// How often the keys were asked for.
    pub asked: u64,
}

pub struct Issuer {
    pub url: String,
    pub said: Arc<Mutex<Said>>,
    pub clock: Arc<TestClock>,
}

impl Issuer {
    pub async fn open() -> Issuer {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let discovery = json!({"issuer": url, "jwks_uri": format!("{url}/keys")});
        let said = Arc::new(Mutex::new(Said { discovery, ..Said::default() }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery_of))
            .route("/keys", get(keys_of))
            .route("/elsewhere", get(elsewhere))
            .with_state(said.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Issuer { url, said, clock: Arc::default() }
    }

    /// Publishes these keys from now on, each under its name.
    pub fn publish(&self, keys: &[(&str, &Ed25519KeyPair)]) {
        let jwk = |(kid, key): &(&str, &Ed25519KeyPair)| json!({"kty": "OKP", "crv": "Ed25519", "kid": kid, "x": base64url(key.public_key().as_ref())});
        self.change(|said| said.keys = json!({"keys": keys.iter().map(jwk).collect::<Vec<_>>()}));
    }

    pub fn change(&self, change: impl FnOnce(&mut Said)) {
        change(&mut self.said.lock().expect("what it says"));
    }

    pub fn asked(&self) -> u64 {
        self.said.lock().expect("what it says").asked
    }

    pub fn settings(&self) -> AccessSettings {
        AccessSettings {
            mode: AccessMode::Oidc,
            issuer: self.url.clone(),
            audience: "nadul".into(),
            keys_max_age_s: 1_000_000, // no test lasts so long: whatever is asked is asked for a token
            ..AccessSettings::default()
        }
    }

    pub fn identity(&self, settings: &AccessSettings) -> Identity {
        let folder = tempfile::tempdir().expect("a folder");
        let opening = Opening {
            settings,
            public_url: "",
            is_tls: false,
            folder: folder.path(),
            roles: &[Role::new("customer", "")],
            clock: self.clock.clone(),
        };
        Identity::open(opening).expect("sound settings")
    }

    /// Good for an hour.
    pub fn token(&self, kid: &str, key: &Ed25519KeyPair) -> String {
        let header = json!({"alg": "EdDSA", "kid": kid});
        let claims = json!({"iss": self.url, "aud": "nadul", "sub": "kim", "exp": self.clock.now_s() + 3_600});
        let message =
            format!("{}.{}", base64url(header.to_string().as_bytes()), base64url(claims.to_string().as_bytes()));
        format!("{message}.{}", base64url(key.sign(message.as_bytes()).as_ref()))
    }
}

async fn discovery_of(State(said): State<Arc<Mutex<Said>>>) -> Response {
    let said = said.lock().expect("what it says").clone();
    match (said.status, said.leads_elsewhere) {
        (Some(status), _) => status.into_response(),
        (None, true) => Redirect::temporary("/elsewhere").into_response(),
        (None, false) => axum::Json(said.discovery).into_response(),
    }
}

async fn elsewhere(State(said): State<Arc<Mutex<Said>>>) -> Response {
    axum::Json(said.lock().expect("what it says").discovery.clone()).into_response()
}

async fn keys_of(State(said): State<Arc<Mutex<Said>>>) -> Response {
    let mut said = said.lock().expect("what it says");
    said.asked += 1;
    axum::Json(said.keys.clone()).into_response()
}

pub fn key() -> Ed25519KeyPair {
    let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("made");
    Ed25519KeyPair::from_pkcs8(key.as_ref()).expect("read")
}

pub async fn of(identity: &Identity, token: &str) -> Result<SignedIn, NotBelieved> {
    let value = format!("Bearer {token}").parse().expect("a header");
    let headers = HeaderMap::from_iter([(axum::http::header::AUTHORIZATION, value)]);
    identity.of(&headers).await.map(|signed_in| signed_in.expect("somebody"))
}

/// Until the first keys are there.
pub async fn ready(identity: &Identity) {
    let is_ready = async {
        while !identity.is_ready() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), is_ready).await.expect("it gets its keys");
}

fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
