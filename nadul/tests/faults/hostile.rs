//! Requests nobody should send: each is refused with a 4xx, none does anything, and the process goes on.
use crate::faults::wait::proved;
use crate::faults::wire::{Wire, post};
use crate::trip::{catch, trip};
use process::{HttpAnswer, Nadul, ServerProcess};
use serde_json::json;

const TAXI: [&str; 3] = ["taxi", "--data", "data"];
/// Goes where a form's field stands.
const TRIP: &str = r#""startingPoint":"a","destination":"b","customer":"kim""#;

#[track_caller]
fn sends(server: &ServerProcess<'_>, bytes: impl AsRef<[u8]>) -> Option<HttpAnswer> {
    let mut wire = Wire::open(&server.url);
    wire.send(bytes);
    wire.answer()
}

/// A body as its bytes are, with whatever it is said to be.
fn bytes(body: &[u8], headers: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!("POST /taxi/catches HTTP/1.1\r\nhost: localhost\r\n{headers}content-length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// Nothing came of it, and whoever means it is server.
#[track_caller]
fn goes_on(server: ServerProcess<'_>) {
    server.wait_for_count("/taxi/catches", 0);
    server.wait_for_count("/taxi/payments", 0);
    catch(&server, "kim");
    proved(server);
}

#[test]
fn what_is_no_object_is_malformed() {
    let (nadul, deep) = (Nadul::new(), 10_000);
    let server = nadul.serve(&TAXI);
    let nested = format!("{{\"price\":{}1{},{TRIP}}}", "[".repeat(deep), "]".repeat(deep));
    let objects = format!("{}1{}", "{\"a\":".repeat(deep), "}".repeat(deep));
    let utf16: Vec<u8> = trip("kim").to_string().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bom = [b"\xef\xbb\xbf", trip("kim").to_string().as_bytes()].concat();
    let endless = "[".repeat(60_000);
    let texts: [&[u8]; 18] = [
        b"[]",
        b"1",
        b"null",
        b"true",
        b"\"a\"",
        b"{",
        b"{} {}",
        b"{'a':1}",
        b"{\"a\":1,}",
        b"{\"a\":NaN}",
        b"{\"a\":0x10}",
        b"{\"a\":01}",
        b"{\"a\":\"\xff\xfe\"}",
        b"{\"a\":\"\x00\"}",
        b"{\"a\":\"\\x\"}",
        b"price=1&customer=kim",
        b"\x00\x01\x02",
        b"{\"a\":+1}",
    ];
    for body in texts.into_iter().chain([nested.as_bytes(), objects.as_bytes(), endless.as_bytes(), &utf16, &bom]) {
        let answer = sends(&server, bytes(body, "")).expect("an answer");
        answer.expect_problem(400, "malformed-json");
    }
    goes_on(server);
}

#[test]
fn a_field_that_comes_twice_is_named() {
    let nadul = Nadul::new();
    let server = nadul.serve(&TAXI);
    let twice =
        sends(&server, post("/taxi/catches", &format!("{{\"price\":1,{TRIP},\"price\":2}}"))).expect("an answer");
    twice.expect_problem(400, "invalid-fields");
    assert_eq!(twice.json()["errors"][0]["code"], "twice", "{twice:?}");
    goes_on(server);
}

#[test]
fn a_body_one_byte_too_long_is_too_large() {
    let nadul = Nadul::new();
    let server = nadul.serve(&TAXI);
    let padded = |length: usize| json!({ "pad": "x".repeat(length - r#"{"pad":""}"#.len()) }).to_string();
    sends(&server, post("/taxi/catches", &padded(65_536))).expect("an answer").expect_problem(400, "invalid-fields");
    for length in [65_537, 300_000, 3_000_000] {
        sends(&server, post("/taxi/catches", &padded(length)))
            .expect("an answer")
            .expect_problem(413, "body-too-large");
    }
    let told = "POST /taxi/catches HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9999999999\r\n\r\n{";
    sends(&server, told).expect("an answer").expect_problem(413, "body-too-large");
    goes_on(server);
}

/// Shapes on which two readers of one connection disagree where a request ends; inside hides one that would be server.
#[test]
fn a_hidden_request_is_never_served() {
    let nadul = Nadul::new();
    let server = nadul.serve(&TAXI);
    let hidden = post("/taxi/catches", &trip("mallory").to_string());
    let length = hidden.len();
    let heads = [
        "content-length: -1".to_string(),
        "content-length: +5".into(),
        "content-length: 0, 0".into(),
        "content-length: 0\r\ncontent-length: 5".into(),
        "content-length: 99999999999999999999999".into(),
        format!("content-length: {}\r\ntransfer-encoding: chunked", length + 5),
        "transfer-encoding: chunked\r\ncontent-length: 0".into(),
        "transfer-encoding: xchunked".into(),
        "transfer-encoding: chunked\r\ntransfer-encoding: identity".into(),
        "transfer-encoding : chunked".into(),
        "transfer-encoding: chunked, identity".into(),
        "x: y\r\n content-length: 0".into(),
        "x: \0".into(),
    ];
    for head in heads {
        let mut wire = Wire::open(&server.url);
        wire.send(format!("POST /taxi/catches HTTP/1.1\r\nhost: localhost\r\n{head}\r\n\r\n0\r\n\r\n{hidden}"));
        while let Some(answer) = wire.answer() {
            assert!((400..500).contains(&answer.status), "{head}: {answer:?}");
        }
    }
    for chunks in
        ["zz\r\n{}\r\n0\r\n\r\n", "ffffffffffffffffff\r\n{}", "-1\r\n{}\r\n0\r\n\r\n", "2\r\n{}x\r\n0\r\n\r\n"]
    {
        let head = "POST /taxi/catches HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n";
        let answer = sends(&server, format!("{head}{chunks}{hidden}")).expect("an answer");
        answer.expect_problem(400, "malformed-json");
    }
    let two = "POST /taxi/catches HTTP/1.1\r\nhost: a\r\nhost: b\r\ncontent-length: 2\r\n\r\n{}";
    sends(&server, two).expect("an answer").expect_problem(400, "unknown-host");
    goes_on(server);
}

/// What can't be read as HTTP at all is answered by its without_links status, or by hanging up.
#[test]
fn what_is_no_http_is_hung_up_on() {
    let nadul = Nadul::new();
    let server = nadul.serve(&TAXI);
    let headers: String = (0..500).map(|nth| format!("x-{nth}: 1\r\n")).collect();
    let heads = [
        format!("GET /taxi/catches/{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "a".repeat(100_000)),
        format!("GET /taxi/catches HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n"),
        format!("GET /taxi/catches HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "a".repeat(20_000)),
        "GET / HTTP/9.9\r\nhost: localhost\r\n\r\n".into(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".into(),
        "\x16\x03\x01\x02\0\x01\0\x01".into(),
        "\r\n\r\n\r\n\r\nnonsense\r\n\r\n".into(),
        "GET /taxi/catches?\u{7f} HTTP/1.1\r\nhost: localhost\r\n\r\n".into(),
    ];
    for head in heads {
        let mut wire = Wire::open(&server.url);
        wire.send(&head);
        if let Some(answer) = wire.answer() {
            assert!((400..500).contains(&answer.status), "{head:?}: {answer:?}");
        }
        assert!(wire.answer().is_none(), "{head:?} is not hung up on");
    }
    goes_on(server);
}

#[test]
fn paths_and_queries_that_make_no_sense_are_refused_with_a_problem() {
    let nadul = Nadul::new();
    let server = nadul.serve(&TAXI);
    let long = format!("/taxi/catches/{}", "a".repeat(15_000));
    let paths = [
        "/taxi/catches/%00",
        "/taxi/catches/%ff",
        "/taxi/catches/%",
        "/taxi/catches/%zz",
        "/taxi/catches/..%2f..%2fetc",
        "/taxi/../../etc/passwd",
        "//taxi//catches",
        "/taxi/catches/",
        "/taxi/catches/1/2",
        "/taxi/catches/-1",
        "/taxi/catches/0",
        "/taxi/catches/18446744073709551616",
        "/taxi/catches/가",
        "*",
        "/taxi/problems/%ff",
        "/taxi/problems/../x",
        "/taxi/operator/contexts/%00/parked",
        &long,
    ];
    for path in paths {
        let answer = sends(&server, format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n")).expect("an answer");
        assert!(answer.status == 404 && answer.problem().starts_with("unknown-"), "{path}: {answer:?}");
    }
    let queries = [
        "%ff=1",
        "customer=%00",
        "customer=%ff",
        "customer=",
        "size=-1",
        "size=0",
        "size=1e3",
        "page=1.0",
        "page=99999999999999999",
        "page=1&page=2",
        "sort=%27;drop",
        "sort=price,up",
        "a[]=1",
        "after=1",
        "after=x.1",
        "after=1.99999999999999999999999",
        "%F0%9F%9A%95=1",
    ];
    for query in queries {
        let answer = sends(&server, format!("GET /taxi/catches?{query} HTTP/1.1\r\nhost: localhost\r\n\r\n"));
        answer.unwrap_or_else(|| panic!("no answer to {query}")).expect_problem(400, "invalid-query");
    }
    for method in ["get", "FOO", "TRACE", "PUT"] {
        let answer =
            sends(&server, format!("{method} /taxi/catches HTTP/1.1\r\nhost: localhost\r\n\r\n")).expect("an answer");
        answer.expect_problem(405, "wrong-method");
    }
    goes_on(server);
}

#[test]
fn headers_that_make_no_sense_change_nothing_that_matters() {
    let nadul = Nadul::new();
    let server = nadul.serve(&TAXI);
    let key =
        |bytes: &[u8]| bytes.iter().fold(b"idempotency-key: ".to_vec(), |line, byte| [&line[..], &[*byte]].concat());
    for wrong in [&b"\xff\xfe"[..], "열쇠".as_bytes(), b" ", &[b'a'; 201]] {
        let mut request = b"POST /taxi/catches HTTP/1.1\r\nhost: localhost\r\n".to_vec();
        request.extend(key(wrong));
        let body = trip("kim").to_string();
        request.extend(format!("\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes());
        sends(&server, request).expect("an answer").expect_problem(400, "invalid-idempotency-key");
    }
    server.wait_for_count("/taxi/catches", 0);
    let id = catch(&server, "lee");
    for tag in [&b"\xff"[..], b"\"0\"", b"nonsense", b"W/\"1\"", b"\"", b""] {
        let head = format!("PATCH /taxi/catches/{id} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 19\r\nif-match: ");
        let request = [head.as_bytes(), tag, b"\r\n\r\n{\"status\":\"Cancel\"}"].concat();
        sends(&server, request).expect("an answer").expect_problem(412, "stale-version");
    }
    let odd = "accept: \u{ff}\r\naccept-language: ;;q=\u{ff}\r\nprefer: wait=99999999999999999999999, x\r\n\
               nadul-position: catch:99999999999999999999999,,;\r\ntraceparent: zz\r\nx-correlation-id: \u{ff}\r\n\
               if-none-match: \"\"\",,W/*\r\nlast-event-id: -1\r\nrange: bytes=9-1\r\nupgrade: h2c\r\n";
    let answer =
        sends(&server, format!("GET /taxi/catches/{id} HTTP/1.1\r\nhost: localhost\r\n{odd}\r\n")).expect("an answer");
    assert_eq!(answer.expect_status(200)["status"], "approve");
    proved(server);
}
