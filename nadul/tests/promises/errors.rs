//! Errors: one stable type a cause, in the client's language, with a page for people; and nothing left behind.
use crate::promises::taxi::{cancel, hail, listed, pick, set, taxi, trip};
use crate::promises::under_way::{TOO_SHORT, seen};
use process::{HttpAnswer, Nadul, ServerProcess};
use serde_json::json;

#[test]
fn every_cause_has_its_status_and_speaks_the_clients_language() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    an_id_or_a_path_that_is_none_is_404(&server);
    a_wrong_method_is_405_with_those_that_are_allowed(&server);
    detail_speaks_the_clients_language(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn an_id_or_a_path_that_is_none_is_404(server: &ServerProcess) {
    hail(server, "kim");
    for id in ["999", "0", "-1", "01", "1.0", "1e0", "x", "%31x", "99999999999999999999999", "9007199254740992", "null"]
    {
        for list in ["catches", "payments", "pickUps", "catchReqLists", "myPages", "messages"] {
            server.get(&format!("/{list}/{id}")).expect_problem(404, "unknown-id");
        }
        assert_eq!(server.patch(&format!("/catches/{id}"), &json!({ "status": "Cancel" })).status, 404, "{id}");
        assert_eq!(server.delete(&format!("/pickUps/{id}")).status, 404, "{id}");
    }
    for path in ["/nowhere", "/catch", "/Catches", "/catches/1/2", "/catches/", "//", "/taxi/nowhere", "/fruit/orders"]
    {
        server.get(path).expect_problem(404, "unknown-path");
        server.post(path, &trip("kim")).expect_problem(404, "unknown-path");
    }
}

fn a_wrong_method_is_405_with_those_that_are_allowed(server: &ServerProcess) {
    let id = hail(server, "kim");
    for (path, allowed, refused) in [
        ("/catches".to_string(), "GET,HEAD,POST", ["PUT", "PATCH", "DELETE"]),
        (format!("/catches/{id}"), "GET,HEAD,PATCH", ["PUT", "POST", "DELETE"]),
        ("/pickUps".into(), "GET,HEAD,POST", ["PUT", "PATCH", "DELETE"]),
        (format!("/pickUps/{id}"), "DELETE,GET,HEAD", ["PUT", "POST", "PATCH"]),
        ("/payments".into(), "GET,HEAD", ["POST", "PUT", "DELETE"]),
    ] {
        for method in refused {
            let told = server.request(method, &path, &json!({}));
            told.expect_problem(405, "wrong-method");
            let mut allow: Vec<&str> = told.header("allow").split(',').map(str::trim).collect();
            allow.sort_unstable();
            assert_eq!(allow.join(","), allowed, "{method} {path}");
        }
    }
}

fn detail_speaks_the_clients_language(server: &ServerProcess) {
    let id = listed(server, "kim");
    pick(server, id).expect_status(201);
    let body = json!({ "matchId": id, "driver": "choi" }).to_string();
    for (asked, told, words) in [
        ("ko", "ko", "목록에서 다른 요청을 골라 주세요."),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko", "목록에서 다른 요청을 골라 주세요."),
        ("en", "en", "Pick another one from the list."),
        ("en;q=0.5, ko;q=0.4", "en", "Pick another one from the list."),
        ("fr", "en", "Pick another one from the list."),
    ] {
        let refused = server.request_with("POST", "/pickUps", &[("accept-language", asked)], &body);
        refused.expect_problem(409, "not-open");
        assert_eq!(refused.header("content-language"), told);
        assert!(refused.json()["detail"].as_str().is_some_and(|detail| detail.contains(words)), "{refused:?}");
        let page = server.request_with(
            "GET",
            "/problems/not-open",
            &[("accept-language", asked), ("accept", "text/html")],
            "",
        );
        assert!(page.text.contains(words), "{asked}: {page:?}");
    }
}

/// Every cause a client of taxi meets, as a problem.
#[test]
fn every_refusal_is_a_problem_with_a_page_for_people() {
    let nadul = Nadul::new();
    let server = set(&nadul, &["taxi.payment_timeout_ms=100"]);
    let mut told: Vec<HttpAnswer> = vec![];
    let mut tell = |answer: HttpAnswer, status: u16, problem: &str| {
        answer.expect_problem(status, problem);
        told.push(answer);
    };
    let id = listed(&server, "kim");
    pick(&server, id).expect_status(201);
    tell(server.request_with("POST", "/catches", &[], "{"), 400, "malformed-json");
    tell(server.post("/catches", &json!({})), 400, "invalid-fields");
    tell(server.get("/catches?color=red"), 400, "invalid-query");
    tell(server.request_with("POST", "/catches", &[("idempotency-key", " ")], "{}"), 400, "invalid-idempotency-key");
    tell(server.get("/catches/999"), 404, "unknown-id");
    tell(server.get("/nowhere"), 404, "unknown-path");
    tell(cancel(&server, 999), 404, "unknown-catch");
    tell(server.request("PUT", "/catches", &json!({})), 405, "wrong-method");
    tell(server.post("/pickUps", &json!({ "matchId": id, "driver": "choi" })), 409, "not-open");
    tell(server.patch(&format!("/catches/{id}"), &json!({ "status": "x" })), 409, "status-not-yours");
    tell(
        server.request_with("PATCH", &format!("/catches/{id}"), &[("if-match", "\"0\"")], r#"{"status":"Cancel"}"#),
        412,
        "stale-version",
    );
    tell(
        server.request_with("POST", "/catches", &[], &format!("{{\"x\":\"{}\"}}", "y".repeat(70_000))),
        413,
        "body-too-large",
    );
    server.set_payment_mode("taxi", "decline");
    tell(server.post("/catches", &trip("lee")), 402, "payment-declined");
    server.set_payment_mode("taxi", "late");
    tell(server.post("/catches", &trip("lee")), 503, "unavailable");
    server.stop_context("taxi", "pickup");
    tell(server.get("/pickUps"), 503, "unavailable");
    for answer in told {
        let problem = answer.json();
        assert_eq!(problem["status"], answer.status);
        assert!(problem["title"].is_string() && problem["detail"].is_string() && problem["instance"].is_string());
        assert_eq!(answer.status == 503, !answer.header("retry-after").is_empty(), "{answer:?}");
        let kind = problem["type"].as_str().expect("a path on the same server");
        for (language, html) in [("ko", "lang=\"ko\""), ("en", "lang=\"en\"")] {
            let page = server.request_with("GET", kind, &[("accept", "text/html"), ("accept-language", language)], "");
            assert_eq!((page.status, page.text.contains(html)), (200, true), "{kind} {page:?}");
            assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
        }
    }
}

/// The room is held for somebody whose payment is still on its way; it is given back, but the second guest was told 409.
#[test]
fn a_hold_that_stands_in_the_way_is_409_even_if_it_is_given_back_later() {
    let nadul = Nadul::new();
    let timeout = format!("stay.payment_timeout_ms={TOO_SHORT}");
    let server = nadul.serve(&["stay", "--data", "data", "--set", &timeout]);
    let room = server.post("/rooms", &json!({ "desc": "sea", "price": 100 })).id();
    let check = format!("/check/chkAndReqReserve?roomId={room}");
    server.set_payment_mode("stay", "late");
    let stay = json!({ "roomId": room, "customer": "kim" });
    let taken = |_| (server.get(&check).text == "false").then_some(());
    let ((), first) = seen(&server, "/reservations", &stay, taken);
    assert_eq!(server.post("/reservations", &stay).status, 409);
    first.join().expect("it ends").expect_problem(503, "unavailable");
    server.set_payment_mode("stay", "approve");
    server.wait_until(&check, "free", |answer| answer.text == "true");
    server.post("/reservations", &stay).expect_status(201);
}
