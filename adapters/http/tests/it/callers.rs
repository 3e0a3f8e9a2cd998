//! Callers: from where they may come, whose word on them is taken, and how much each of them may ask for.
use crate::client::TextResponse;
use crate::test_server::{TRIP, TestServer, host, open, open_to, open_with, settings, taxi};
use crate::tls_client::TrialCertificate;
use embedded::SystemClock;
use http_edge::{CallerQuotas, Callers, EdgeError, ReachableFrom, bind};
use identity::{AccessMode, AccessSettings, Bearing, Identity, LocalKey, Opening};
use std::path::Path;
use std::sync::Arc;

fn local(quotas: CallerQuotas) -> Callers {
    Callers { reach: ReachableFrom::Local, quotas }
}

/// A burst that is not refilled while a test runs.
fn few(burst: u32) -> CallerQuotas {
    CallerQuotas { requests_per_s: 1, burst, ..CallerQuotas::default() }
}

async fn limited(quotas: CallerQuotas, more: &[(&'static str, &str)]) -> TestServer {
    open_to(local(quotas), vec![host(taxi())], more).await
}

async fn passed_on(server: &TestServer, clients: &str) -> TextResponse {
    server.gateway.request("GET", "/catches", &[("x-forwarded-for", clients)], "").await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_much_is_told_when_to_come_back() {
    let server = limited(few(100), &[]).await;
    let first = server.gateway.get("/catches").await;
    let said = |answer: &TextResponse| ["ratelimit-policy", "ratelimit"].map(|name| answer.header(name).to_string());
    assert_eq!(said(&first), [r#""caller";q=100;w=100"#, r#""caller";r=99;t=1"#]);
    let mut answer = first;
    let mut counted = 1;
    while answer.status != 429 {
        assert_eq!(answer.status, 200);
        answer = server.gateway.get("/metrics").await;
        counted += 1;
        assert!(counted < 10_000, "a burst is bounded");
    }
    assert!(counted > 100, "a burst is answered: {counted}");
    assert_eq!((answer.problem().as_str(), answer.header("retry-after")), ("too-many-requests", "1"));
    assert_eq!(said(&answer), [r#""caller";q=100;w=100"#, r#""caller";r=0;t=100"#]);
    let korean = server.gateway.request("POST", "/catches", &[("accept-language", "ko")], TRIP).await;
    assert_eq!((korean.status, korean.header("content-language")), (429, "ko"));
    for (method, path, status) in [
        ("GET", "/health/live", 200),
        ("GET", "/health/ready", 200),
        ("GET", "/nothing", 404),
        ("PUT", "/catches", 405),
    ] {
        let answer = server.gateway.request(method, path, &[], "").await;
        assert_eq!((answer.status, said(&answer)), (status, [String::new(), String::new()]), "{path}");
    }
    assert_eq!(server.own("catch").get("/catches").await.status, 429, "on every port");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_signs_in_nobody_is_limited() {
    let server = open_to(Callers { reach: ReachableFrom::Open, quotas: few(1) }, vec![host(taxi())], &[]).await;
    for _ in 0..5 {
        let answer = server.gateway.get("/catches").await;
        assert_eq!((answer.status, answer.header("ratelimit")), (200, ""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_the_peers_until_a_trusted_proxy_tells_another() {
    let server = limited(few(2), &[]).await;
    let statuses =
        [passed_on(&server, "203.0.113.1").await, passed_on(&server, "203.0.113.2").await].map(|answer| answer.status);
    assert_eq!((statuses, passed_on(&server, "203.0.113.3").await.status), ([200; 2], 429), "a stranger's word");
    let server = limited(few(2), &[("trusted_proxies", "127.0.0.0/8, 10.0.0.0/8")]).await;
    for (clients, status) in [
        ("203.0.113.1", 200),
        ("198.51.100.1, 203.0.113.1", 200),
        ("198.51.100.2, 203.0.113.1, 10.0.0.9", 429),
        ("203.0.113.2", 200),
        ("2001:db8:0:1::1", 200),
        ("2001:db8:0:1:ffff::1", 200),
        ("[2001:db8:0:1:eeee::1]:4711", 429),
        ("2001:db8:0:2::1", 200),
    ] {
        assert_eq!(passed_on(&server, clients).await.status, status, "{clients}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_has_only_so_many_live_streams() {
    let quotas = CallerQuotas { streams: 2, ..CallerQuotas::default() };
    let server = limited(quotas, &[("trusted_proxies", "127.0.0.1"), ("stream_heartbeat_ms", "50")]).await;
    let stream = async |client: &str| {
        let headers = [("accept", "text/event-stream"), ("x-forwarded-for", client)];
        server.gateway.open("GET", "/catches", &headers, "").await
    };
    let (first, _second) = (stream("203.0.113.1").await, stream("203.0.113.1").await);
    let third = stream("203.0.113.1").await;
    assert_eq!((third.status().as_u16(), third.headers()["retry-after"].to_str().ok()), (429, Some("1")));
    assert_eq!(stream("203.0.113.2").await.status(), 200, "another caller");
    drop(first);
    let room = async {
        while stream("203.0.113.1").await.status() != 200 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), room).await.expect("room for another one");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_edge_listens_depends_on_who_may_come() {
    let certificate = TrialCertificate::new();
    certificate.renew();
    let tls = certificate.settings();
    let system = taxi();
    for reach in [ReachableFrom::Open, ReachableFrom::Local, ReachableFrom::Anywhere] {
        for address in ["127.0.0.1", "127.0.0.2", "::1", "0.0.0.0", "::", "192.0.2.1"] {
            for (has_tls, plain_http) in [(false, "false"), (false, "true"), (true, "false")] {
                let mut set = vec![("address", address), ("plain_http", plain_http)];
                set.extend(tls.iter().filter(|_| has_tls).map(|(name, value)| (*name, value.as_str())));
                let callers = Callers { reach, ..Callers::default() };
                let bound = bind(&[&system], &settings(&set), callers).await;
                let is_here = address.starts_with("127.") || address == "::1";
                let said = match (bound, is_here, reach) {
                    (Ok(_) | Err(EdgeError::Port { .. }), true, _) => continue,
                    (Err(EdgeError::NotLoopback(said)), false, ReachableFrom::Open | ReachableFrom::Local) => said,
                    (Err(EdgeError::NotEncrypted(said)), false, ReachableFrom::Anywhere)
                        if !has_tls && plain_http == "false" =>
                    {
                        said
                    }
                    (Ok(_) | Err(EdgeError::Port { .. }), false, ReachableFrom::Anywhere)
                        if has_tls || plain_http == "true" =>
                    {
                        continue;
                    }
                    (other, ..) => panic!("{reach:?} {address} {has_tls} {plain_http}: {:?}", other.err()),
                };
                assert_eq!(said.to_string(), address);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_in_under_any_name_is_answered_under_the_names_of_this_machine() {
    let under = async |server: &TestServer, host: &str| {
        let request = format!("GET /catches HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        server.gateway.send(&request).await[9..12].to_string()
    };
    let server = limited(CallerQuotas::default(), &[]).await;
    let port = server.gateway.0.port();
    for own in ["localhost", "LOCALHOST:1", "127.0.0.1", &format!("127.0.0.1:{port}"), "[::1]", "[::1]:8088"] {
        assert_eq!(under(&server, own).await, "200", "{own}");
    }
    for other in ["taxi.localhost", "127.0.0.2", "rebound.example", "[::2]", "[::ffff:127.0.0.1]"] {
        assert_eq!(under(&server, other).await, "400", "{other}");
    }
    let named = limited(CallerQuotas::default(), &[("host_names", "taxi.example")]).await;
    assert_eq!((under(&named, "taxi.example").await, under(&named, "localhost").await), ("200".into(), "400".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_passed_on_does_not_come_from_this_machine_whoever_passed_it_on() {
    let server = limited(CallerQuotas::default(), &[("trusted_proxies", "127.0.0.1")]).await;
    for header in ["forwarded", "x-forwarded-for", "x-real-ip"] {
        for value in ["", "127.0.0.1", "for=127.0.0.1", "unknown"] {
            for path in ["/operator/contexts", "/sandbox/payment"] {
                let refused = server.gateway.request("GET", path, &[(header, value)], "").await;
                assert_eq!(
                    (refused.status, refused.problem().as_str()),
                    (403, "local-only"),
                    "{path} {header} {value}"
                );
            }
        }
    }
    assert_eq!(server.gateway.get("/operator/contexts").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_proxy_says_under_which_name_it_was_asked() {
    let forwarded = [("x-forwarded-host", "evil.example, taxi.example")];
    let trusting = [("host_names", "taxi.example"), ("trusted_proxies", "127.0.0.1")];
    let server = open(vec![taxi()], &trusting).await;
    assert_eq!(server.gateway.request("GET", "/catches", &forwarded, "").await.status, 200);
    let other = [("x-forwarded-host", "taxi.example, evil.example")];
    assert_eq!(server.gateway.request("GET", "/catches", &other, "").await.problem(), "unknown-host");
    let stranger = open(vec![taxi()], &trusting[..1]).await;
    assert_eq!(stranger.gateway.request("GET", "/catches", &forwarded, "").await.problem(), "unknown-host");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_at_the_public_address_is_ours_and_is_asked_over_tls_from_then_on() {
    let server = open(vec![taxi()], &[("public_url", "https://taxi.example")]).await;
    let ask = async |origin: &str| server.gateway.request("POST", "/catches", &[("origin", origin)], TRIP).await;
    let ours = ask("https://taxi.example").await;
    assert_eq!((ours.status, ours.header("strict-transport-security")), (201, "max-age=31536000"));
    for origin in ["http://taxi.example", "https://taxi.example:8443", "https://evil.example"] {
        assert_eq!(ask(origin).await.problem(), "foreign-origin", "{origin}");
    }
    let request = "GET /catches HTTP/1.1\r\nhost: taxi.example\r\nconnection: close\r\n\r\n";
    assert!(server.gateway.send(request).await.starts_with("HTTP/1.1 200"), "the host of the public address");
    let plain = open(vec![taxi()], &[("public_url", "http://localhost:8088")]).await;
    assert!(!plain.gateway.get("/catches").await.headers.contains_key("strict-transport-security"));
}

/// People sign in with tokens of this folder.
pub async fn with_people(more: AccessSettings, folder: &Path) -> TestServer {
    let access = AccessSettings { mode: AccessMode::Local, ..more };
    let (system, clock) = (taxi(), Arc::new(SystemClock::new()));
    let roles = system.roles();
    let opening = Opening { settings: &access, public_url: "", is_tls: false, folder, roles: &roles, clock };
    let identity = Arc::new(Identity::open(opening).expect("it opens"));
    let quotas = CallerQuotas {
        requests_per_s: access.requests_per_s,
        burst: access.burst,
        failures_per_min: access.failures_per_min,
        ..CallerQuotas::default()
    };
    open_with(identity, local(quotas), vec![host(system)], &[("trusted_proxies", "127.0.0.1")]).await
}

fn token(folder: &Path, subject: &str) -> String {
    let roles = ["customer".to_string()];
    let bearing = Bearing { subject, roles: &roles, life_s: 3600 };
    let key = LocalKey::open(folder).expect("the key of the folder");
    format!("Bearer {}", key.sign(&bearing, SystemClock::wall()).expect("signed"))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_signed_in_is_one_caller_wherever_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let access = AccessSettings { requests_per_s: 1, burst: 3, ..AccessSettings::default() };
    let server = with_people(access, folder.path()).await;
    let (kim, lee) = (token(folder.path(), "kim"), token(folder.path(), "lee"));
    let ask = async |token: &str, client: &str| {
        let headers = [("authorization", token), ("x-forwarded-for", client)];
        server.gateway.request("GET", "/catches", &headers, "").await.status
    };
    for (token, client, status) in [
        (&kim, "203.0.113.1", 200),
        (&kim, "203.0.113.2", 200),
        (&lee, "203.0.113.1", 200),
        (&kim, "203.0.113.3", 200),
        (&kim, "203.0.113.4", 429),
        (&lee, "203.0.113.1", 200),
    ] {
        assert_eq!(ask(token, client).await, status, "{client}");
    }
    for status in [401, 401, 401, 429] {
        assert_eq!(ask("Basic a2ltOg==", "203.0.113.9").await, status, "nobody is an address");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_fails_too_often_waits_and_who_is_somebody_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let access = AccessSettings { failures_per_min: 3, ..AccessSettings::default() };
    let server = with_people(access, folder.path()).await;
    let kim = token(folder.path(), "kim");
    let ask = async |headers: &[(&str, &str)], client: &str| {
        let headers = [headers, &[("x-forwarded-for", client)]].concat();
        server.gateway.request("GET", "/catches", &headers, "").await
    };
    let (here, there) = ("203.0.113.1", "203.0.113.2");
    for _ in 0..10 {
        assert_eq!(ask(&[], here).await.problem(), "sign-in-needed", "no token is no failure");
    }
    let forged = [("authorization", "Bearer a.b.c")];
    for _ in 0..3 {
        assert_eq!(ask(&forged, here).await.problem(), "invalid-token");
    }
    for headers in [&forged[..], &[]] {
        let told = ask(headers, here).await;
        assert_eq!((told.status, told.problem().as_str()), (429, "too-many-requests"));
        assert!((1..=20).contains(&told.header("retry-after").parse::<u64>().expect("seconds")), "{told:?}");
    }
    assert_eq!(ask(&[("authorization", &kim)], here).await.status, 200);
    assert_eq!(ask(&forged, there).await.problem(), "invalid-token", "another address");
}
