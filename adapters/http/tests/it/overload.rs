//! Clients that take up what they can: each kind has a bound of its own, and health, metrics and the operator are always answered.
use crate::client::TextResponse;
use crate::test_server::{TRIP, TestServer, open, taxi};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

async fn send(server: &TestServer, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.gateway.0).await.expect("the edge listens");
    stream.write_all(text.as_bytes()).await.expect("sent");
    stream
}

/// A client whose machine keeps so little of an answer that one large answer is not sent until it is read. It has begun when this returns: before
/// that, another request may take the place that the answer is to have.
async fn send_and_keep_little(server: &TestServer, text: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4096).expect("a small buffer");
    let mut stream = socket.connect(server.gateway.0).await.expect("the edge listens");
    stream.write_all(text.as_bytes()).await.expect("sent");
    let mut begin = [0; 12];
    stream.read_exact(&mut begin).await.expect("an answer begins");
    assert_eq!(str::from_utf8(&begin), Ok("HTTP/1.1 200"));
    stream
}

const LARGE_TEXTS: &[(&str, &str)] = &[("text_chars_max", "1000000"), ("body_bytes_max", "16777216")];

/// Places a catch of more bytes than the server's end of a connection buffers, and asks for it.
async fn request_of_a_large_row(server: &TestServer) -> String {
    let (from, to) = ("가".repeat(900_000), "나".repeat(900_000));
    let large = format!(r#"{{"price":9000,"startingPoint":"{from}","destination":"{to}","customer":"Kim"}}"#);
    let placed = server.gateway.post("/catches", &large).await;
    assert_eq!(placed.status, 201);
    let id = placed.json()["id"].as_u64().expect("an id");
    format!("GET /catches/{id} HTTP/1.1\r\nhost: localhost\r\n\r\n")
}

async fn send_to_many(server: &TestServer, clients: usize, text: &str) -> Vec<TcpStream> {
    let mut streams = vec![];
    for _ in 0..clients {
        streams.push(send(server, text).await);
    }
    streams
}

async fn answer(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
}

#[track_caller]
fn is_turned_away(answer: &crate::client::TextResponse, reason: &str) -> bool {
    if answer.status == 503 {
        assert_eq!((&answer.json()["reason"], answer.header("retry-after").is_empty()), (&reason.into(), false));
    }
    answer.status == 503
}

const SLOW_BODY: &str = "POST /catches HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{";

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_counts_until_it_is_taken_and_a_client_that_takes_nothing_is_let_go() {
    let settings = [("requests_max", "1"), ("write_timeout_ms", "3000")];
    let server = open(vec![taxi()], &[&settings[..], LARGE_TEXTS].concat()).await;
    // One answer, and not several: between two of them anybody may take the only place.
    let request = request_of_a_large_row(&server).await;
    let _unread = send_and_keep_little(&server, &request).await;
    let turned_away = server.gateway.wait_for("/catches", |answer| answer.status == 503).await;
    assert!(is_turned_away(&turned_away, "requests-full"));
    for path in ["/health/live", "/health/ready", "/metrics", "/operator/contexts"] {
        assert_eq!(server.gateway.get(path).await.status, 200, "{path}");
    }
    let metrics = server.gateway.get("/metrics").await.text;
    let counts = |line: &str| {
        line.starts_with("nadul_unavailable_total{")
            && [r#"system="taxi""#, r#"reason="requests-full""#].iter().all(|label| line.contains(label))
    };
    assert!(metrics.lines().any(counts), "{metrics}");
    server.gateway.wait_for("/catches", |answer| answer.status == 200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_on_their_way_stand_in_nobodys_way() {
    // a client may ask again before the server knows that its answer was sent
    let server = open(vec![taxi()], &[("requests_max", "3"), ("bodies_max", "4")]).await;
    let slow = send_to_many(&server, 12, SLOW_BODY).await;
    // Which four were the first is not known: the answer to any other is the first there is.
    let mut answers: JoinSet<String> = slow.into_iter().map(answer).collect();
    let answer = answers.join_next().await.expect("an answer").expect("it is read");
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("bodies-full"), "{answer}");
    assert_eq!(server.gateway.get("/health/live").await.status, 200);
    assert_eq!(server.gateway.get("/catches").await.status, 200);
    let placed = server.gateway.post("/catches", TRIP).await;
    assert_eq!(placed.status, 201, "a body that is there is read: {placed:?}");
    drop(answers);
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_who_wait_stand_in_nobodys_way() {
    let server = open(vec![taxi()], &[("requests_max", "1"), ("waits_max", "1")]).await;
    let placed = server.gateway.post("/catches", TRIP).await;
    let (_, life) = placed.header("nadul-position").split_once('.').expect("a position of this life");
    let never = format!("catch:999999.{life}");
    let waits = [("prefer", "wait=10"), ("nadul-position", never.as_str())];
    let waiting =
        format!("GET /payments HTTP/1.1\r\nhost: localhost\r\nprefer: wait=10\r\nnadul-position: {never}\r\n\r\n");
    let _waiting = send_to_many(&server, 2, &waiting).await;
    let answer = server.gateway.request("GET", "/payments", &waits, "").await;
    assert!(is_turned_away(&answer, "waits-full"), "{answer:?}");
    server.gateway.wait_for("/payments", |answer| answer.status == 200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_beyond_the_limit_reach_health_metrics_and_the_operator() {
    let server = open(vec![taxi()], &[("connections_max", "2"), ("header_timeout_ms", "60000")]).await;
    let silent = send_to_many(&server, 200, "GET /catches HTTP/1.1\r\n").await;
    let answer = server.gateway.get("/catches").await;
    assert!(is_turned_away(&answer, "connections-full"), "{answer:?}");
    assert_eq!(answer.header("connection"), "close");
    for path in ["/health/live", "/health/ready", "/metrics", "/operator/contexts", "/sandbox/payment"] {
        assert_eq!(server.gateway.get(path).await.status, 200, "{path}");
    }
    drop(silent);
    server.gateway.wait_for("/catches", |answer| answer.status == 200).await;
}

/// Reads are turned away while too much is unsent. What is done is never called undone.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_answered_however_much_is_unsent() {
    let settings = [("unsent_bytes_max", "4194304"), ("write_timeout_ms", "60000")];
    let server = open(vec![taxi()], &[&settings[..], LARGE_TEXTS].concat()).await;
    // more than both ends of a connection buffer
    let read = request_of_a_large_row(&server).await;
    let unread = send(&server, &read.repeat(8)).await;
    let turned_away = server.gateway.wait_for("/pickUps", |answer| answer.status == 503).await;
    assert!(is_turned_away(&turned_away, "unsent-full"), "{turned_away:?}");
    let placed = server.gateway.post("/catches", TRIP).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    drop(unread);
    server.gateway.wait_for("/pickUps", |answer| answer.status == 200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_ends_by_its_bytes_and_its_links_show_every_row() {
    let server = open(vec![taxi()], &[("page_bytes_max", "1024")]).await;
    let mut placed = vec![];
    for _ in 0..15 {
        placed.push(server.listed().await);
    }
    let first = placed[0];
    server.gateway.request("PATCH", &format!("/catches/{first}"), &[], r#"{"status":"Cancel"}"#).await;
    let told = |answer: &TextResponse| answer.json()["page"]["totalElements"] == 17;
    server.gateway.wait_for("/messages?customer=Kim", told).await;
    for (path, rows) in [
        ("/catches?size=200".to_string(), 15),
        ("/catches?size=200&sort=price,desc&customer=Kim".to_string(), 15),
        (format!("/messages?size=1&customer=Kim&matchId={first}"), 3),
    ] {
        let (mut next, mut pages, mut seen) = (Some(path.clone()), 0, vec![]);
        while let Some(path) = next {
            let page = server.gateway.get(&path).await.json();
            let rows = page["_embedded"].as_object().and_then(|lists| lists.values().next()?.as_array().cloned());
            seen.extend(rows.expect("rows").iter().filter_map(|row| row["id"].as_u64()));
            next = page["_links"]["next"]["href"].as_str().map(str::to_string);
            pages += 1;
        }
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() >= rows && pages > 1, "{path}: {seen:?} on {pages} pages");
    }
}
