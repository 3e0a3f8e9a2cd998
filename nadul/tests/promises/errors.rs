//! Errors: one stable type a cause, in the client's language, with a page for people; and nothing left behind.
use crate::taxi::{cancel, hail, is_empty, listed, pick, set, taxi, trip};
use crate::under_way::{TOO_SHORT, seen};
use process::{Answer, Nadul};
use serde_json::json;

#[test]
fn an_id_or_a_path_that_is_none_is_404() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    hail(&served, "kim");
    for id in ["999", "0", "-1", "01", "1.0", "1e0", "x", "%31x", "99999999999999999999999", "9007199254740992", "null"]
    {
        for list in ["catches", "payments", "pickUps", "catchReqLists", "myPages", "messages"] {
            served.get(&format!("/{list}/{id}")).refused(404, "unknown-id");
        }
        assert_eq!(served.patch(&format!("/catches/{id}"), &json!({ "status": "Cancel" })).status, 404, "{id}");
        assert_eq!(served.delete(&format!("/pickUps/{id}")).status, 404, "{id}");
    }
    for path in ["/nowhere", "/catch", "/Catches", "/catches/1/2", "/catches/", "//", "/taxi/nowhere", "/fruit/orders"]
    {
        served.get(path).refused(404, "unknown-path");
        served.post(path, &trip("kim")).refused(404, "unknown-path");
    }
}

#[test]
fn a_wrong_method_is_405_with_those_that_are_allowed() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = hail(&served, "kim");
    for (path, allowed, refused) in [
        ("/catches".to_string(), "GET,HEAD,POST", ["PUT", "PATCH", "DELETE"]),
        (format!("/catches/{id}"), "GET,HEAD,PATCH", ["PUT", "POST", "DELETE"]),
        ("/pickUps".into(), "GET,HEAD,POST", ["PUT", "PATCH", "DELETE"]),
        (format!("/pickUps/{id}"), "DELETE,GET,HEAD", ["PUT", "POST", "PATCH"]),
        ("/payments".into(), "GET,HEAD", ["POST", "PUT", "DELETE"]),
    ] {
        for method in refused {
            let told = served.ask(method, &path, &json!({}));
            told.refused(405, "wrong-method");
            let mut allow: Vec<&str> = told.header("allow").split(',').map(str::trim).collect();
            allow.sort_unstable();
            assert_eq!(allow.join(","), allowed, "{method} {path}");
        }
    }
}

/// Every cause a client of taxi meets, as a problem.
#[test]
fn every_refusal_is_a_problem_with_a_page_for_people() {
    let nadul = Nadul::new();
    let served = set(&nadul, &["taxi.payment_timeout_ms=100"]);
    let mut told: Vec<Answer> = vec![];
    let mut tell = |answer: Answer, status: u16, problem: &str| {
        answer.refused(status, problem);
        told.push(answer);
    };
    let id = listed(&served, "kim");
    pick(&served, id).with(201);
    tell(served.send("POST", "/catches", &[], "{"), 400, "malformed-json");
    tell(served.post("/catches", &json!({})), 400, "invalid-fields");
    tell(served.get("/catches?color=red"), 400, "invalid-query");
    tell(served.send("POST", "/catches", &[("idempotency-key", " ")], "{}"), 400, "invalid-idempotency-key");
    tell(served.get("/catches/999"), 404, "unknown-id");
    tell(served.get("/nowhere"), 404, "unknown-path");
    tell(cancel(&served, 999), 404, "unknown-catch");
    tell(served.ask("PUT", "/catches", &json!({})), 405, "wrong-method");
    tell(pick(&served, id), 409, "not-open");
    tell(served.patch(&format!("/catches/{id}"), &json!({ "status": "x" })), 409, "status-not-yours");
    tell(
        served.send("PATCH", &format!("/catches/{id}"), &[("if-match", "\"0\"")], r#"{"status":"Cancel"}"#),
        412,
        "stale-version",
    );
    tell(served.send("POST", "/catches", &[], &format!("{{\"x\":\"{}\"}}", "y".repeat(70_000))), 413, "body-too-large");
    served.pays("taxi", "decline");
    tell(served.post("/catches", &trip("lee")), 402, "payment-declined");
    served.pays("taxi", "late");
    tell(served.post("/catches", &trip("lee")), 503, "unavailable");
    served.works("taxi", "pickup", false);
    tell(served.get("/pickUps"), 503, "unavailable");
    for answer in told {
        let problem = answer.json();
        assert_eq!(problem["status"], answer.status);
        assert!(problem["title"].is_string() && problem["detail"].is_string() && problem["instance"].is_string());
        assert_eq!(answer.status == 503, !answer.header("retry-after").is_empty(), "{answer:?}");
        let kind = problem["type"].as_str().expect("a path on the same server");
        for (language, html) in [("ko", "lang=\"ko\""), ("en", "lang=\"en\"")] {
            let page = served.send("GET", kind, &[("accept", "text/html"), ("accept-language", language)], "");
            assert_eq!((page.status, page.text.contains(html)), (200, true), "{kind} {page:?}");
            assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
        }
    }
}

#[test]
fn detail_speaks_the_clients_language() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = listed(&served, "kim");
    pick(&served, id).with(201);
    let body = json!({ "matchId": id, "driver": "choi" }).to_string();
    for (asked, told, words) in [
        ("ko", "ko", "목록에서 다른 요청을 골라 주세요."),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko", "목록에서 다른 요청을 골라 주세요."),
        ("en", "en", "Pick another one from the list."),
        ("en;q=0.5, ko;q=0.4", "en", "Pick another one from the list."),
        ("fr", "en", "Pick another one from the list."),
    ] {
        let refused = served.send("POST", "/pickUps", &[("accept-language", asked)], &body);
        refused.refused(409, "not-open");
        assert_eq!(refused.header("content-language"), told);
        assert!(refused.json()["detail"].as_str().is_some_and(|detail| detail.contains(words)), "{refused:?}");
        let page = served.send("GET", "/problems/not-open", &[("accept-language", asked), ("accept", "text/html")], "");
        assert!(page.text.contains(words), "{asked}: {page:?}");
    }
}

#[test]
fn a_refused_request_leaves_nothing_behind() {
    let nadul = Nadul::new();
    let served = set(&nadul, &["taxi.payment_timeout_ms=100"]);
    served.post("/catches", &json!({ "price": 5 })).refused(400, "invalid-fields");
    for (mode, status) in [("decline", 402), ("late", 503), ("down", 503)] {
        served.pays("taxi", mode);
        assert_eq!(served.post("/catches", &trip("kim")).status, status);
    }
    served.pays("taxi", "approve");
    served.works("taxi", "payment", false);
    let refused = served.post("/catches", &trip("kim"));
    refused.refused(503, "unavailable");
    assert!(refused.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{refused:?}");
    served.works("taxi", "payment", true);
    served.counts("/payments", 0);
    served.rests();
    is_empty(&served);
    served.stop();
    nadul.is_proved();
}

/// The room is held for somebody whose payment is still on its way; it is given back, but the second guest was told 409.
#[test]
fn a_hold_that_stands_in_the_way_is_409_even_if_it_is_given_back_later() {
    let nadul = Nadul::new();
    let timeout = format!("stay.payment_timeout_ms={TOO_SHORT}");
    let served = nadul.serve(&["stay", "--data", "data", "--set", &timeout]);
    let room = served.post("/rooms", &json!({ "desc": "sea", "price": 100 })).id();
    let check = format!("/check/chkAndReqReserve?roomId={room}");
    served.pays("stay", "late");
    let stay = json!({ "roomId": room, "customer": "kim" });
    let taken = |_| (served.get(&check).text == "false").then_some(());
    let ((), first) = seen(&served, "/reservations", &stay, taken);
    assert_eq!(served.post("/reservations", &stay).status, 409);
    first.join().expect("it ends").refused(503, "unavailable");
    served.pays("stay", "approve");
    served.becomes(&check, "free", |answer| answer.text == "true");
    served.post("/reservations", &stay).with(201);
}
