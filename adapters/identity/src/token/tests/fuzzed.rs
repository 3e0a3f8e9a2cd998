//! Whatever is sent as a token or a cookie, it is refused in order, and only what was signed is taken.
use super::{Bench, NOW, claims};
use crate::session::cookies;
use crate::session::{CookieRules, SessionKeys, Sessions};
use crate::signed_in::Issuers;
use crate::token::bearer::{self, Bearer};
use crate::token::tests::signing::Algorithm;
use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, COOKIE, HeaderValue};
use proptest::prelude::*;
use std::sync::Arc;

/// A million of each takes a minute: NADUL_FUZZ=1000000.
fn cases() -> ProptestConfig {
    let cases = std::env::var("NADUL_FUZZ").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2_000);
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// A token that is good but for one change.
fn changed(token: &str, at: usize, byte: u8, what: u8) -> Vec<u8> {
    let mut bytes = token.as_bytes().to_vec();
    let at = at % bytes.len();
    match what % 3 {
        0 => bytes[at] = byte,
        1 => bytes.insert(at, byte),
        _ => drop(bytes.remove(at)),
    }
    bytes
}

fn authorization(value: &[u8]) -> Option<HeaderMap> {
    let value = HeaderValue::from_bytes(value).ok()?;
    Some(HeaderMap::from_iter([(AUTHORIZATION, value)]))
}

fn sessions() -> Sessions {
    let known: Arc<[Arc<str>]> = Arc::new([]);
    Sessions::new(
        (SessionKeys::of(&[[1; 32]]), CookieRules::new(false)),
        ("local", Issuers::only("file:///x")),
        8,
        known,
    )
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_token_makes_a_panic_and_no_changed_one_is_taken(
        at in any::<usize>(), byte in any::<u8>(), what in any::<u8>(), text in "\\PC{0,40}|[A-Za-z0-9_.=-]{0,80}"
    ) {
        thread_local!(static BENCH: (Bench, String) = {
            let bench = Bench::new(Algorithm::Ed);
            let token = bench.key.token(&bench.header(), &claims());
            (bench, token)
        });
        BENCH.with(|(bench, good)| {
            for sent in [changed(good, at, byte, what), text.clone().into_bytes()] {
                let Some(headers) = authorization(&[b"Bearer ", sent.as_slice()].concat()) else { continue };
                if let Bearer::Token(token) = bearer::read(&headers) {
                    prop_assert!(bench.check(token).is_err() || token == good, "{token}");
                }
            }
            Ok(())
        })?;
        if let Some(headers) = authorization(text.as_bytes()) {
            let _read = bearer::read(&headers);
        }
    }

    #[test]
    fn no_cookie_makes_a_panic_and_no_changed_one_is_taken(
        at in any::<usize>(), byte in any::<u8>(), what in any::<u8>(), text in "\\PC{0,40}|[ -~]{0,80}"
    ) {
        thread_local!(static SESSIONS: (Sessions, String) = {
            let sessions = sessions();
            let set = sessions.begin("kim", &[], NOW).expect("it fits");
            let value = set.split(';').next().expect("a pair").to_string();
            (sessions, value)
        });
        SESSIONS.with(|(sessions, good)| {
            let lines = [changed(good, at, byte, what), format!("nadul={text}").into_bytes(), text.into_bytes()];
            for line in lines {
                let Ok(value) = HeaderValue::from_bytes(&line) else { continue };
                let headers = HeaderMap::from_iter([(COOKIE, value)]);
                if let cookies::GivenCookie::Value(value) = cookies::find(&headers, "nadul") {
                    let is_good = good.split_once('=').is_some_and(|(_, good)| good == value);
                    prop_assert!(sessions.read(&value, NOW).is_err() || is_good, "{value}");
                }
            }
            Ok(())
        })?;
    }
}
