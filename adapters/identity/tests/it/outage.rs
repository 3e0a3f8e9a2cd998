//! Keys that come late, go away, grow old; and documents that are not believed.
use crate::issuer::{Issuer, key, of, ready};
use axum::http::StatusCode;
use identity::NotBelieved;
use serde_json::json;

const UNAVAILABLE: NotBelieved = NotBelieved::Unavailable { retry_after_ms: 10_000 };

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_key_is_asked_for_at_once_and_then_not_again_for_a_while() {
    let (issuer, first, second) = (Issuer::open().await, key(), key());
    issuer.publish(&[("a", &first)]);
    let identity = issuer.identity(&issuer.settings());
    ready(&identity).await;
    assert_eq!(issuer.asked(), 1);
    issuer.publish(&[("b", &second)]);
    let (old, new) = (issuer.token("a", &first), issuer.token("b", &second));
    assert!(of(&identity, &old).await.is_ok(), "the known ones are still believed");
    assert_eq!(of(&identity, &new).await.err(), Some(NotBelieved::Unproven), "asked for a moment ago");
    assert_eq!(issuer.asked(), 1);
    issuer.clock.pass(10);
    let signed_in = of(&identity, &new).await.expect("asked for anew");
    assert_eq!((&*signed_in.caller.subject, &*signed_in.caller.issuer), ("kim", issuer.url.as_str()));
    assert_eq!(of(&identity, &old).await.err(), Some(NotBelieved::Unproven), "the issuer took its key away");
    let strange = issuer.token("c", &first);
    for _ in 0..20 {
        assert_eq!(of(&identity, &strange).await.err(), Some(NotBelieved::Unproven));
    }
    assert_eq!(issuer.asked(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_come_with_a_new_key_at_once_ask_once() {
    let (issuer, first, second) = (Issuer::open().await, key(), key());
    issuer.publish(&[("a", &first)]);
    let identity = std::sync::Arc::new(issuer.identity(&issuer.settings()));
    ready(&identity).await;
    issuer.publish(&[("b", &second)]);
    issuer.clock.pass(10);
    let new = issuer.token("b", &second);
    let asking: Vec<_> = (0..50)
        .map(|_| {
            let (identity, new) = (identity.clone(), new.clone());
            tokio::spawn(async move { of(&identity, &new).await.is_ok() })
        })
        .collect();
    for asked in asking {
        assert!(asked.await.expect("it ends"));
    }
    assert_eq!(issuer.asked(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_used_for_a_day_without_their_issuer_and_no_longer() {
    let (issuer, key) = (Issuer::open().await, key());
    issuer.publish(&[("a", &key)]);
    let identity = issuer.identity(&issuer.settings());
    ready(&identity).await;
    issuer.change(|said| said.status = Some(StatusCode::BAD_GATEWAY));
    issuer.clock.pass(24 * 3_600 - 1);
    let token = issuer.token("a", &key);
    assert!(of(&identity, &token).await.is_ok() && identity.is_ready());
    issuer.clock.pass(1);
    assert_eq!(of(&identity, &token).await.err(), Some(UNAVAILABLE), "also one that was taken before");
    assert!(!identity.is_ready());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_by_the_clock_though_it_was_taken_before() {
    let (issuer, key) = (Issuer::open().await, key());
    issuer.publish(&[("a", &key)]);
    let identity = issuer.identity(&issuer.settings());
    ready(&identity).await;
    let token = issuer.token("a", &key);
    let signed_in = of(&identity, &token).await.expect("it is good for an hour");
    assert_eq!(identity.time_left(&signed_in).as_secs(), 3_630, "leeway included");
    issuer.clock.pass(3_629);
    assert!(of(&identity, &token).await.is_ok());
    issuer.clock.pass(1);
    assert_eq!(of(&identity, &token).await.err(), Some(NotBelieved::Expired));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_not_the_issuers_or_leads_elsewhere_is_not_believed() {
    let (issuer, key) = (Issuer::open().await, key());
    issuer.publish(&[("a", &key)]);
    let (sound, token) = (issuer.said.lock().expect("what it says").clone(), issuer.token("a", &key));
    let discovery = |fields: serde_json::Value| {
        let mut discovery = sound.discovery.clone();
        fields.as_object().expect("fields").iter().for_each(|(name, value)| discovery[name] = value.clone());
        discovery
    };
    let mut wrong = vec![];
    for fields in [
        json!({"issuer": format!("{}/", issuer.url)}),
        json!({"jwks_uri": "http://id.example/keys"}),
        json!({"jwks_uri": 7}),
        json!({"token_endpoint": "http://id.example/token"}),
        json!({"userinfo_endpoint": "http://id.example/userinfo"}),
    ] {
        wrong.push(crate::issuer::Said { discovery: discovery(fields), ..sound.clone() });
    }
    wrong.push(crate::issuer::Said { leads_elsewhere: true, ..sound.clone() });
    wrong.push(crate::issuer::Said { status: Some(StatusCode::NOT_FOUND), ..sound.clone() });
    wrong.push(crate::issuer::Said { keys: json!({"keys": []}), ..sound.clone() });
    wrong.push(crate::issuer::Said { keys: json!("keys"), ..sound.clone() });
    let mut settings = issuer.settings();
    settings.keys_pause_s = 1;
    for said in wrong {
        issuer.change(|now| *now = said.clone());
        let identity = issuer.identity(&settings);
        let refused = of(&identity, &token).await.err();
        assert_eq!(refused, Some(NotBelieved::Unavailable { retry_after_ms: 1_000 }), "{}", said.discovery);
        issuer.change(|now| *now = sound.clone());
        ready(&identity).await; // it tries again
        assert!(of(&identity, &token).await.is_ok());
    }
}
