//! TLS on every port: the same answers and the same limits as without, over HTTP/1.1 and over HTTP/2.
use crate::client::TextResponse;
use crate::test_server::{TRIP, TestServer, host, open, settings, taxi};
use crate::tls_client::{HTTP_1, HTTP_2, TlsClient, TrialCertificate, open_under_tls};
use http_body_util::BodyExt;
use http_edge::{Callers, Edge, EdgeError, serve};
use rustls::version::{TLS12, TLS13};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

/// How a client asks.
enum Way<'a> {
    Plain(&'a TestServer),
    Tls(&'a TlsClient),
}

impl Way<'_> {
    async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TextResponse {
        match self {
            Way::Plain(server) => server.gateway.request(method, path, headers, body).await,
            Way::Tls(client) => client.request(method, path, headers, body).await,
        }
    }
}

/// What matters of an answer that is the same for everybody.
fn gist(answer: &TextResponse) -> String {
    let problem = if answer.status >= 400 && !answer.text.is_empty() { answer.problem() } else { String::new() };
    let headers = ["content-type", "cache-control", "content-language", "allow", "access-control-allow-origin"];
    let headers = headers.map(|name| answer.header(name).to_string());
    format!("{} {problem} {headers:?} {}", answer.status, answer.header("content-length"))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_is_answered_as_it_is_without_tls() {
    let more = [("cors_origins", "https://app.example")];
    let (plain, tls) = (open(vec![taxi()], &more).await, open_under_tls(&more).await);
    let (large, long) = ("x".repeat(100_000), "x".repeat(20_000));
    let requests: [(&str, &str, &[(&str, &str)], &str); 17] = [
        ("GET", "/catches", &[], ""),
        ("HEAD", "/catches", &[], ""),
        ("POST", "/catches", &[], TRIP),
        ("POST", "/catches", &[("accept-language", "ko")], "{}"),
        ("POST", "/catches", &[], "["),
        ("POST", "/catches", &[("content-encoding", "gzip")], TRIP),
        ("POST", "/catches", &[("origin", "https://evil.example")], TRIP),
        ("POST", "/catches", &[("origin", "https://app.example")], TRIP),
        ("POST", "/catches", &[], &large),
        ("PUT", "/catches", &[], TRIP),
        ("OPTIONS", "/catches", &[], ""),
        ("GET", "/catches/1", &[], ""),
        ("GET", "/catches/7000", &[], ""),
        ("GET", "/nothing", &[], ""),
        ("GET", "/catches?page=x", &[], ""),
        ("GET", "/health/live", &[], ""),
        ("GET", "/operator/contexts/catch/parked", &[("x-forwarded-for", "127.0.0.1")], ""),
    ];
    for (method, path, headers, body) in requests {
        let expected = gist(&Way::Plain(&plain).request(method, path, headers, body).await);
        for way in [Way::Tls(&tls.http1), Way::Tls(&tls.http2)] {
            let answer = way.request(method, path, headers, body).await;
            assert_eq!(gist(&answer), expected, "{method} {path}");
        }
    }
    for client in [&tls.http1, &tls.http2] {
        let refused = client.request("GET", "/catches", &[("x-large", &long)], "").await;
        assert_eq!(refused.status, 431);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_versions_and_both_protocols_are_spoken_and_the_better_one_first() {
    let tls = open_under_tls(&[]).await;
    for version in [&TLS13, &TLS12] {
        for (offered, spoken) in [(&[HTTP_1, HTTP_2][..], HTTP_2), (&[HTTP_1], HTTP_1)] {
            let client = tls.http1.offering(offered, version);
            let stream = client.connect().await.expect("both agree");
            let agreed = (stream.get_ref().1.alpn_protocol(), stream.get_ref().1.protocol_version());
            assert_eq!(agreed, (Some(spoken), Some(version.version)));
            assert_eq!(client.get("/catches").await.status, 200);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_answered_without_tls() {
    let tls = open_under_tls(&[]).await;
    let mut stream = TcpStream::connect(tls.server.gateway.0).await.expect("the edge listens");
    stream.write_all(b"GET /catches HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    let mut answer = vec![];
    let _reset_or_ended = stream.read_to_end(&mut answer).await;
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP/"), "{answer:?}");
}

/// Until the server closes the connection, for a bounded time.
async fn is_let_go(mut stream: impl tokio::io::AsyncRead + Unpin) {
    let mut rest = vec![];
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest));
    let _reset_or_ended = read.await.expect("let go in time");
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_clients_are_let_go_whatever_they_wait_for() {
    let tls = open_under_tls(&[("header_timeout_ms", "100")]).await;
    let hello: &[u8] = &[0x16, 0x03, 0x01, 0x02, 0x00, 0x01];
    for begun in [&b""[..], &hello[..3], hello] {
        let mut stream = TcpStream::connect(tls.server.gateway.0).await.expect("the edge listens");
        stream.write_all(begun).await.expect("sent");
        is_let_go(stream).await;
    }
    let preface: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    let settings: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];
    // the head of a request that never ends: HEADERS without END_HEADERS
    let head: &[u8] = &[0, 0, 1, 1, 0, 0, 0, 0, 1, 0x82];
    let begun = [vec![], preface[..10].to_vec(), preface.to_vec(), [preface, settings].concat()];
    for begun in begun.into_iter().chain([[preface, settings, head].concat()]) {
        let mut stream = tls.http2.connect().await.expect("both agree");
        stream.write_all(&begun).await.expect("sent");
        is_let_go(stream).await;
    }
    let mut stream = tls.http1.connect().await.expect("both agree");
    stream.write_all(b"GET /catches HTTP/1.1\r\nHost: localhost\r\n").await.expect("sent");
    is_let_go(stream).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_slow_is_told_so() {
    let tls = open_under_tls(&[("body_timeout_ms", "100"), ("header_timeout_ms", "60000")]).await;
    let preface: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    // POST, https, /catches, authority localhost: literals without an index, no END_STREAM
    let mut head = vec![0x83, 0x87, 0x04, 8];
    head.extend(b"/catches");
    head.extend([0x01, 9]);
    head.extend(b"localhost");
    let mut frame = vec![0, 0, head.len() as u8, 1, 4, 0, 0, 0, 1];
    frame.extend(head);
    let mut stream = tls.http2.connect().await.expect("both agree");
    stream.write_all(&[preface, &frame].concat()).await.expect("sent");
    let mut read = vec![];
    let told = async {
        while !String::from_utf8_lossy(&read).contains("/problems/body-too-slow") {
            assert_ne!(stream.read_buf(&mut read).await.expect("an answer"), 0);
        }
    };
    tokio::time::timeout(Duration::from_secs(10), told).await.expect("told in time");
}

const LARGE_TEXTS: [(&str, &str); 2] = [("text_chars_max", "1000000"), ("body_bytes_max", "16777216")];

/// The path of a row of more bytes than both ends of a connection buffer.
async fn large_row(client: &TlsClient) -> String {
    let (from, to) = ("가".repeat(900_000), "나".repeat(900_000));
    let large = format!(r#"{{"price":9000,"startingPoint":"{from}","destination":"{to}","customer":"Kim"}}"#);
    let placed = client.request("POST", "/catches", &[], &large).await;
    assert_eq!(placed.status, 201);
    format!("/catches/{}", placed.json()["id"])
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_counts_until_it_is_taken_and_a_client_that_takes_nothing_is_let_go() {
    let more = [&[("requests_max", "1"), ("write_timeout_ms", "2000")][..], &LARGE_TEXTS].concat();
    let tls = open_under_tls(&more).await;
    let large = large_row(&tls.http1).await;
    // under HTTP/2 also an answer of a few bytes, of which its client lets one be sent
    let small = "/catches/7000";
    for (client, path) in [(&tls.http1, &large[..]), (&tls.http2, &large), (&tls.http2.with_window(1), small)] {
        let unread = client.open("GET", path, &[], "").await.expect("it begins");
        let turned_away = tls.http1.wait_for("/catches?size=1", |answer| answer.status == 503).await;
        assert_eq!(turned_away.json()["reason"], "requests-full");
        for path in ["/health/live", "/metrics", "/operator/contexts"] {
            assert_eq!(tls.http2.get(path).await.status, 200, "{path}");
        }
        tls.http1.wait_for("/health/ready", |answer| answer.status == 200).await;
        let rest = unread.into_body().collect();
        let broken = tokio::time::timeout(Duration::from_secs(10), async {
            tls.http1.wait_for("/catches/7000", |answer| answer.status == 404).await;
            rest.await.is_err()
        });
        assert!(broken.await.expect("in time"), "the connection is closed: {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_are_turned_away_while_too_much_is_unsent_under_http2() {
    let more = [&[("unsent_bytes_max", "4194304"), ("write_timeout_ms", "60000")][..], &LARGE_TEXTS].concat();
    let tls = open_under_tls(&more).await;
    let path = large_row(&tls.http2).await;
    let narrow = tls.http2.with_window(1000);
    let unread = narrow.open("GET", &path, &[], "").await.expect("it begins");
    let turned_away = tls.http2.get(&path).await;
    assert_eq!((turned_away.status, &turned_away.json()["reason"]), (503, &"unsent-full".into()));
    assert_eq!(tls.http2.request("POST", "/catches", &[], TRIP).await.status, 201, "what is done is told");
    let whole = unread.into_body().collect().await.expect("the whole answer, piece by piece").to_bytes();
    assert!(whole.len() > 5_000_000);
    tls.http2.wait_for(&path, |answer| answer.status == 200 && answer.text.len() == whole.len()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_beyond_the_limit_reach_health_and_the_operator() {
    let tls = open_under_tls(&[("connections_max", "2"), ("header_timeout_ms", "60000")]).await;
    let mut silent = vec![];
    for at in 0..40 {
        let client = if at % 2 == 0 { &tls.http1 } else { &tls.http2 };
        silent.push((client.connect().await.expect("both agree"), TcpStream::connect(tls.server.gateway.0).await));
    }
    for client in [&tls.http1, &tls.http2] {
        let answer = client.get("/catches").await;
        assert_eq!((answer.status, &answer.json()["reason"]), (503, &"connections-full".into()));
        for path in ["/health/live", "/health/ready", "/metrics", "/operator/contexts", "/sandbox/payment"] {
            assert_eq!(client.get(path).await.status, 200, "{path}");
        }
    }
    drop(silent);
    tls.http2.wait_for("/catches", |answer| answer.status == 200).await;
}

/// Beyond the limit a connection is for one request; the next one needs another.
#[tokio::test(flavor = "multi_thread")]
async fn many_requests_share_a_connection_and_one_beyond_the_limit_is_for_one() {
    let tls = open_under_tls(&[("connections_max", "1"), ("header_timeout_ms", "60000")]).await;
    let get = |port: u16| {
        let request = hyper::Request::get(format!("https://localhost:{port}/health/live"));
        request.body(http_body_util::Full::default()).expect("a request")
    };
    let port = tls.server.gateway.0.port();
    let mut within = tls.http2.http2(tls.http2.connect().await.expect("both agree")).await;
    let answers = futures_util::future::join_all((0..50).map(|_| within.send_request(get(port)))).await;
    assert!(answers.into_iter().all(|answer| answer.is_ok_and(|answer| answer.status() == 200)));
    let mut beyond = tls.http2.http2(tls.http2.connect().await.expect("both agree")).await;
    let first = beyond.send_request(get(port)).await.expect("an answer");
    assert_eq!(crate::tls_client::read(first).await.status, 200);
    let closed = async {
        while !beyond.is_closed() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), closed).await.expect("it is closed after one");
    assert_eq!(within.send_request(get(port)).await.expect("an answer").status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_certificate_is_shown_without_a_restart() {
    let tls = open_under_tls(&[]).await;
    let shown = async |client: &TlsClient| {
        let stream = client.connect().await.ok()?;
        Some(stream.get_ref().1.peer_certificates()?[0].clone())
    };
    let before = shown(&tls.http2).await.expect("the first one");
    let kept = tls.http2.http2(tls.http2.connect().await.expect("both agree")).await;
    let renewed = tls.certificate.renew();
    let client = TlsClient::new(tls.server.gateway.0, &renewed, &[HTTP_2, HTTP_1]);
    let is_shown = async {
        while shown(&client).await.as_ref() != Some(&renewed) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), is_shown).await.expect("it is shown in time");
    assert!(before != renewed && !kept.is_closed(), "who was connected stays so");
    assert_eq!(client.get("/catches").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_give_no_certificate_are_refused_by_name() {
    let (one, other) = (TrialCertificate::new(), TrialCertificate::new());
    let _ = [&one, &other].map(TrialCertificate::renew);
    std::fs::write(one.file("empty.pem"), "").expect("written");
    let file = |of: &TrialCertificate, name: &str| of.file(name).display().to_string();
    for (certificate, key, said) in [
        (file(&one, "cert.pem"), String::new(), "tls_key"),
        (String::new(), file(&one, "key.pem"), "tls_cert"),
        (file(&one, "missing.pem"), file(&one, "key.pem"), "tls_cert"),
        (file(&one, "cert.pem"), file(&one, "missing.pem"), "tls_key"),
        (file(&one, "empty.pem"), file(&one, "key.pem"), "tls_cert"),
        (file(&one, "cert.pem"), file(&one, "empty.pem"), "tls_key"),
        (file(&one, "cert.pem"), file(&other, "key.pem"), "tls_key"),
        (file(&one, "key.pem"), file(&one, "key.pem"), "tls_cert"),
    ] {
        let settings = settings(&[("tls_cert", &certificate), ("tls_key", &key)]);
        let (systems, shutdown) = (vec![host(taxi())], CancellationToken::new());
        let edge = Edge {
            systems,
            settings,
            identity: std::sync::Arc::default(),
            callers: Callers::default(),
            render_metrics: None,
            pages: None,
            shutdown,
            connections_max: 4096,
            pass_on: None,
        };
        let Err(EdgeError::Settings(faults)) = serve(edge).await else { panic!("{certificate}, {key} are taken") };
        assert!(faults.len() == 1 && faults[0].starts_with(&format!("{said}: ")), "{faults:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_is_answered_while_the_edge_stops() {
    let tls = open_under_tls(&[]).await;
    for client in [&tls.http1, &tls.http2] {
        let slow = r#"{"mode":"slow","ms":500}"#;
        assert_eq!(client.request("PUT", "/sandbox/payment", &[], slow).await.status, 200);
    }
    let idle = (tls.http1.connect().await.expect("both agree"), tls.http2.connect().await.expect("both agree"));
    let placed = [&tls.http1, &tls.http2].map(|client| {
        let client = client.clone();
        tokio::spawn(async move { client.request("POST", "/catches", &[], TRIP).await })
    });
    while tls.server.systems[0].status("catch").sagas < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tls.server.shutdown.cancel();
    for placed in placed {
        assert_eq!(placed.await.expect("an answer").status, 201);
    }
    let ended = tokio::time::timeout(Duration::from_secs(5), tls.server.serving.finished());
    ended.await.expect("it ends");
    is_let_go(idle.0).await;
    is_let_go(idle.1).await;
}
