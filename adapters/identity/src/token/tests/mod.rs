//! Tokens that are taken, and those of forgers and of mistaken providers, which are not.
mod fuzzed;
mod signing;

use crate::keys::KeySet;
use crate::not_believed::NotBelieved;
use crate::token::{self, CheckedClaims, ClaimRules, CompactToken};
use kernel::Timestamp;
use serde_json::{Value, json};
use signing::{Algorithm, TestKey, base64url};
use std::sync::Arc;

const NOW_S: i64 = 1_800_000_000;
const NOW: Timestamp = Timestamp(NOW_S * 1_000_000);
const ISSUER: &str = "https://id.example/realms/nadul";

fn rules() -> ClaimRules {
    ClaimRules {
        issuer: ISSUER.into(),
        audience: "nadul".into(),
        subject_claim: "sub".into(),
        roles_claim: "roles".into(),
        leeway_s: 30,
        known_roles: ["customer", "driver"].map(Arc::from).into(),
    }
}

fn claims() -> Value {
    json!({"iss": ISSUER, "aud": "nadul", "sub": "kim", "roles": ["customer"], "iat": NOW_S, "exp": NOW_S + 60})
}

/// The same with some fields in another way; null: without.
fn with(mut object: Value, fields: &Value) -> Value {
    for (name, value) in fields.as_object().expect("fields") {
        match value {
            Value::Null => drop(object.as_object_mut().expect("an object").remove(name)),
            value => object[name] = value.clone(),
        }
    }
    object
}

fn header(algorithm: &str) -> Value {
    json!({"alg": algorithm, "typ": "JWT", "kid": "k1"})
}

fn check_with(token: &str, keys: &Value, rules: &ClaimRules, now: Timestamp) -> Result<CheckedClaims, NotBelieved> {
    signatures::install();
    let keys = KeySet::read(keys).expect("a set of keys");
    let parsed = CompactToken::parse(token).ok_or(NotBelieved::Unproven)?;
    token::check(&parsed, &keys, rules, now)
}

/// One key, known as k1, and tokens under it.
struct Bench {
    key: TestKey,
    keys: Value,
}

impl Bench {
    fn new(algorithm: Algorithm) -> Bench {
        let key = TestKey::new(algorithm);
        let keys = json!({"keys": [key.jwk("k1")]});
        Bench { key, keys }
    }

    fn header(&self) -> Value {
        header(self.key.name())
    }

    fn check(&self, token: &str) -> Result<CheckedClaims, NotBelieved> {
        check_with(token, &self.keys, &rules(), NOW)
    }

    fn checked(&self, claims: &Value) -> Result<CheckedClaims, NotBelieved> {
        self.check(&self.key.token(&self.header(), claims))
    }
}

#[test]
fn every_accepted_algorithm_is_taken() {
    for algorithm in Algorithm::ALL {
        let bench = Bench::new(algorithm);
        let taken = bench.checked(&claims()).unwrap_or_else(|why| panic!("{algorithm:?}: {why:?}"));
        assert_eq!((taken.subject.as_str(), taken.roles.join(" ").as_str()), ("kim", "customer"));
        assert_eq!(taken.until, Timestamp((NOW_S + 90) * 1_000_000));
    }
}

#[test]
fn a_header_that_is_not_a_plain_signed_tokens_is_refused() {
    let bench = Bench::new(Algorithm::Ed);
    let taken = [
        json!({"typ": null}),
        json!({"typ": "at+jwt"}),
        json!({"x5c": ["x"], "jku": "https://evil.example", "jwk": {"kty": "OKP"}}),
    ];
    for fields in taken {
        let token = bench.key.token(&with(bench.header(), &fields), &claims());
        assert!(bench.check(&token).is_ok(), "{fields}");
    }
    let refused = [
        json!({"kid": null}),
        json!({"kid": "k2"}),
        json!({"kid": 1}),
        json!({"alg": "none"}),
        json!({"alg": "HS256"}),
        json!({"alg": "RS256"}),
        json!({"alg": "eddsa"}),
        json!({"alg": null}),
        json!({"alg": ["EdDSA"]}),
        json!({"typ": "dpop+jwt"}),
        json!({"typ": "logout+jwt"}),
        json!({"typ": 1}),
        json!({"crit": ["exp"], "exp": 1}),
        json!({"crit": []}),
        json!({"cty": "JWT"}),
        json!({"enc": "A256GCM"}),
        json!({"zip": "DEF"}),
    ];
    for fields in refused {
        let token = bench.key.token(&with(bench.header(), &fields), &claims());
        assert_eq!(bench.check(&token).err(), Some(NotBelieved::Unproven), "{fields}");
    }
}

#[test]
fn a_token_that_is_written_otherwise_or_changed_is_refused() {
    let bench = Bench::new(Algorithm::Ed);
    let token = bench.key.token(&bench.header(), &claims());
    let (message, signature) = token.rsplit_once('.').expect("three parts");
    let (head, payload) = message.split_once('.').expect("three parts");
    let other = base64url(with(claims(), &json!({"sub": "lee"})).to_string().as_bytes());
    let unsigned = base64url(header("none").to_string().as_bytes());
    let last = if signature.ends_with('A') { "B" } else { "A" };
    let twice = [
        bench.key.token_of(r#"{"alg":"EdDSA","kid":"k1","kid":"k1"}"#, &claims().to_string()),
        bench.key.token_of(r#"{"alg":"none","alg":"EdDSA","kid":"k1"}"#, &claims().to_string()),
        bench.key.token_of(&bench.header().to_string(), &claims().to_string().replacen('{', r#"{"sub":"lee","#, 1)),
        bench
            .key
            .token_of(&bench.header().to_string(), &claims().to_string().replacen('{', r#"{"\u0061ud":"nadul","#, 1)),
        bench
            .key
            .token_of(&bench.header().to_string(), &claims().to_string().replacen('{', r#"{"a":{"b":1,"b":1},"#, 1)),
        bench.key.token_of(&bench.header().to_string(), "[]"),
        bench.key.token_of("[]", &claims().to_string()),
    ];
    let refused = [
        format!("{head}.{other}.{signature}"),
        format!("{unsigned}.{payload}."),
        format!("{unsigned}.{payload}.{signature}"),
        format!("{message}."),
        message.to_string(),
        format!("{token}=="),
        format!("{token}."),
        format!(".{token}"),
        format!("{token}.{signature}.{signature}"),
        format!("{message}.{}{last}", &signature[..signature.len() - 1]),
        format!("{head}=.{payload}.{signature}"),
        format!("{head}.{payload} .{signature}"),
        token.replace('.', " "),
        token.to_uppercase(),
        String::new(),
        "..".into(),
        "a.b.c".into(),
    ];
    for token in refused.iter().chain(&twice) {
        assert_eq!(bench.check(token).err(), Some(NotBelieved::Unproven), "{token}");
    }
    let long = with(claims(), &json!({"more": "x".repeat(8_192)}));
    assert_eq!(bench.checked(&long).err(), Some(NotBelieved::Unproven), "too long");
}

#[test]
fn a_secret_that_everybody_knows_signs_nothing() {
    for algorithm in Algorithm::ALL {
        let bench = Bench::new(algorithm);
        for name in ["HS256", "HS384", "HS512"] {
            let token = signing::with_hmac(&bench.key, name, &with(bench.header(), &json!({"alg": name})), &claims());
            assert_eq!(bench.check(&token).err(), Some(NotBelieved::Unproven), "{algorithm:?} {name}");
        }
    }
}

#[test]
fn a_key_proves_only_what_it_is_for() {
    for algorithm in Algorithm::ALL {
        let bench = Bench::new(algorithm);
        let token = bench.key.token(&bench.header(), &claims());
        let under = |fields: Value| {
            let keys = json!({"keys": [with(bench.key.jwk("k1"), &fields)]});
            check_with(&token, &keys, &rules(), NOW).map(drop)
        };
        for fields in [
            json!({"alg": bench.key.name()}),
            json!({"use": "sig", "key_ops": ["sign", "verify"]}),
            json!({"alg": null, "use": null, "x5t": "x"}),
        ] {
            assert_eq!(under(fields.clone()), Ok(()), "{algorithm:?} {fields}");
        }
        let other = if algorithm == Algorithm::Rsa { "PS256" } else { "ES384" };
        for fields in [
            json!({"alg": other}),
            json!({"alg": 1}),
            json!({"use": "enc"}),
            json!({"key_ops": ["sign"]}),
            json!({"key_ops": "verify"}),
            json!({"kid": null}),
            json!({"kid": "k2"}),
            json!({"kty": "oct", "k": "AAAA"}),
        ] {
            assert_eq!(under(fields.clone()), Err(NotBelieved::Unproven), "{algorithm:?} {fields}");
        }
    }
    for (algorithm, crv) in
        [(Algorithm::Ec, "P-384"), (Algorithm::Ec, "secp256k1"), (Algorithm::Ed, "Ed448"), (Algorithm::Ed, "X25519")]
    {
        let bench = Bench::new(algorithm);
        let keys = json!({"keys": [with(bench.key.jwk("k1"), &json!({"crv": crv}))]});
        let token = bench.key.token(&bench.header(), &claims());
        assert!(check_with(&token, &keys, &rules(), NOW).is_err(), "{crv}");
    }
}

#[test]
fn an_rsa_key_has_2048_bits_at_least() {
    let weak = signing::WeakRsa::new();
    let token = weak.token(&header("RS256"), &claims());
    assert_eq!(
        check_with(&token, &json!({"keys": [weak.jwk("k1")]}), &rules(), NOW).err(),
        Some(NotBelieved::Unproven)
    );
}

#[test]
fn a_key_of_another_kind_in_the_set_shuts_nobody_out() {
    let bench = Bench::new(Algorithm::Ed);
    let token = bench.key.token(&bench.header(), &claims());
    let others =
        [json!({"kty": "AKP", "kid": "k1"}), json!(7), json!({"kty": "RSA", "kid": "k1", "n": "!", "e": "AQAB"})];
    let keys: Vec<Value> =
        others.into_iter().chain([TestKey::new(Algorithm::Ed).jwk("k1"), bench.key.jwk("k1")]).collect();
    assert!(check_with(&token, &json!({"keys": keys}), &rules(), NOW).is_ok());
    for none in [json!({"keys": {}}), json!([]), json!({})] {
        assert!(KeySet::read(&none).is_none(), "{none}");
    }
}

#[test]
fn claims_are_for_us_now_and_of_somebody() {
    let bench = Bench::new(Algorithm::Ed);
    let taken = [
        json!({"aud": ["other", "nadul"]}),
        json!({"exp": NOW_S - 29}),
        json!({"exp": (NOW_S as f64) - 29.5}),
        json!({"nbf": NOW_S + 30, "iat": NOW_S + 30}),
        json!({"nbf": (NOW_S as f64) + 29.5}),
        json!({"iat": null, "roles": null}),
        json!({"exp": (1_i64 << 53) - 1}),
        json!({"sub": "김 민수"}),
    ];
    for fields in taken {
        assert!(bench.checked(&with(claims(), &fields)).is_ok(), "{fields}");
    }
    let refused = [
        (NotBelieved::ForOthers, json!({"iss": "https://id.example/realms/nadul/"})),
        (NotBelieved::ForOthers, json!({"iss": "https://ID.example/realms/nadul"})),
        (NotBelieved::ForOthers, json!({"iss": [ISSUER]})),
        (NotBelieved::ForOthers, json!({"iss": null})),
        (NotBelieved::ForOthers, json!({"aud": "Nadul"})),
        (NotBelieved::ForOthers, json!({"aud": null})),
        (NotBelieved::ForOthers, json!({"aud": []})),
        (NotBelieved::ForOthers, json!({"aud": ["nadul", 1]})),
        (NotBelieved::ForOthers, json!({"aud": {"nadul": true}})),
        (NotBelieved::ForOthers, json!({"aud": "nadul other"})),
        (NotBelieved::Expired, json!({"exp": NOW_S - 30})),
        (NotBelieved::Expired, json!({"exp": 0})),
        (NotBelieved::Expired, json!({"exp": -1.5})),
        (NotBelieved::NotYetValid, json!({"nbf": NOW_S + 31})),
        (NotBelieved::NotYetValid, json!({"iat": NOW_S + 31})),
        (NotBelieved::NotYetValid, json!({"nbf": (NOW_S as f64) + 30.5})),
        (NotBelieved::Unproven, json!({"exp": null})),
        (NotBelieved::Unproven, json!({"exp": (NOW_S + 60).to_string()})),
        (NotBelieved::Unproven, json!({"exp": 1_i64 << 53})),
        (NotBelieved::Unproven, json!({"exp": 1e300})),
        (NotBelieved::Unproven, json!({"nbf": "0"})),
        (NotBelieved::Unproven, json!({"iat": true})),
        (NotBelieved::Unproven, json!({"cnf": {"jkt": "x"}})),
        (NotBelieved::Subject, json!({"sub": null})),
        (NotBelieved::Subject, json!({"sub": 7})),
        (NotBelieved::Subject, json!({"sub": ""})),
        (NotBelieved::Subject, json!({"sub": "\u{200b}"})),
        (NotBelieved::Subject, json!({"sub": "kim\n"})),
        (NotBelieved::Subject, json!({"sub": "k".repeat(256)})),
    ];
    for (why, fields) in refused {
        assert_eq!(bench.checked(&with(claims(), &fields)).err(), Some(why), "{fields}");
    }
}

#[test]
fn an_address_is_a_subject_only_where_it_is_verified() {
    let bench = Bench::new(Algorithm::Ed);
    let by_email = ClaimRules { subject_claim: "email".into(), ..rules() };
    let subject = |fields: Value| {
        let token = bench.key.token(&bench.header(), &with(claims(), &fields));
        check_with(&token, &bench.keys, &by_email, NOW).map(|checked| (checked.subject, checked.sub))
    };
    let mail = json!({"email": "kim@nadul.example", "email_verified": true});
    assert_eq!(subject(mail.clone()), Ok(("kim@nadul.example".into(), Some("kim".into()))));
    for verified in [json!(false), json!("true"), json!(1), Value::Null] {
        assert_eq!(subject(with(mail.clone(), &json!({"email_verified": verified}))), Err(NotBelieved::Subject));
    }
}

#[test]
fn clocks_may_be_apart_by_the_leeway_and_no_more() {
    let bench = Bench::new(Algorithm::Ed);
    let token = bench.key.token(&bench.header(), &claims());
    let at = |seconds: i64, leeway_s: u64| {
        let rules = ClaimRules { leeway_s, ..rules() };
        check_with(&token, &bench.keys, &rules, Timestamp((NOW_S + seconds) * 1_000_000)).map(drop)
    };
    assert_eq!([at(-30, 30), at(89, 30)], [Ok(()), Ok(())]);
    assert_eq!([at(-31, 30), at(90, 30)], [Err(NotBelieved::NotYetValid), Err(NotBelieved::Expired)]);
    assert_eq!(
        [at(0, 0), at(59, 0), at(-1, 0), at(60, 0)],
        [Ok(()), Ok(()), Err(NotBelieved::NotYetValid), Err(NotBelieved::Expired)]
    );
}
