//! What a token costs that was never seen before, and one that was: `cargo run --release --example cold_token`. Keys are made as the tests do.
#[allow(dead_code, reason = "of the tests' keys, only a few things are needed")]
#[path = "../src/token/tests/signing.rs"]
mod signing;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::{Json, Router, routing::get};
use identity::{AccessMode, AccessSettings, Identity, Opening};
use kernel::{Role, Timestamp};
use runtime::port::clock::{Clock, Moment, Now};
use serde_json::{Value, json};
use signing::{Algorithm, TestKey};
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

const TOKENS: u32 = 2_000;
const NOW_S: u64 = 1_800_000_000;

struct StillClock;

impl Clock for StillClock {
    fn now(&self) -> Now {
        Now { wall: Timestamp(NOW_S as i64 * 1_000_000), mono: Moment::from_us(1) }
    }
}

/// An issuer over HTTP that has these keys.
async fn issuer(keys: Value) -> std::io::Result<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let discovery = json!({"issuer": url, "jwks_uri": format!("{url}/keys")});
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(move || std::future::ready(Json(discovery.clone()))))
        .route("/keys", get(move || std::future::ready(Json(keys.clone()))));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

fn headers(key: &TestKey, issuer: &str, nth: u32) -> HeaderMap {
    let header = json!({"alg": key.name(), "kid": key.name()});
    let claims = json!({"iss": issuer, "aud": "nadul", "sub": format!("user{nth}"), "roles": ["customer"], "exp": NOW_S + 3_600});
    let bearer = format!("Bearer {}", key.token(&header, &claims));
    bearer.parse().into_iter().map(|value| (AUTHORIZATION, value)).collect()
}

/// Microseconds of each.
async fn measure(identity: &Identity, all: &[HeaderMap]) -> f64 {
    let mut took = Duration::ZERO;
    for headers in all {
        let began = Instant::now();
        let known = identity.of(headers).await;
        took += began.elapsed();
        assert!(matches!(known, Ok(Some(_))), "it is taken");
    }
    took.as_secs_f64() * 1e6 / all.len() as f64
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = Algorithm::ALL.map(TestKey::new);
    let jwks: Vec<Value> = keys.iter().map(|key| key.jwk(key.name())).collect();
    let url = issuer(json!({ "keys": jwks })).await?;
    let settings = AccessSettings {
        mode: AccessMode::Oidc,
        issuer: url.clone(),
        audience: "nadul".into(),
        ..AccessSettings::default()
    };
    let folder = tempfile::tempdir()?;
    let identity = Identity::open(Opening {
        settings: &settings,
        public_url: "",
        is_tls: false,
        folder: folder.path(),
        roles: &[Role::new("customer", "")],
        clock: Arc::new(StillClock),
    })?;
    while !identity.is_ready() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    for key in &keys {
        let all: Vec<HeaderMap> = (0..TOKENS).map(|nth| headers(key, &url, nth)).collect();
        let cold = measure(&identity, &all).await;
        let again = vec![all[all.len() - 1].clone(); TOKENS as usize];
        let cached = measure(&identity, &again).await;
        writeln!(std::io::stdout(), "{}: {cold:.1} µs never seen, {cached:.1} µs seen before", key.name())?;
    }
    Ok(())
}
