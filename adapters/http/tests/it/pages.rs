//! The pages people use: where they are, how they are kept, and a binary without them.
use crate::callers::with_people;
use crate::client::TextResponse;
use crate::test_server::{TestServer, fruit, open, open_with_pages, taxi, taxi_alone};
use identity::AccessSettings;

const BROWSER: &[(&str, &str)] =
    &[("accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("accept-encoding", "gzip, br")];

async fn browse(server: &TestServer, path: &str) -> TextResponse {
    server.gateway.request("GET", path, BROWSER, "").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_gets_a_page_where_a_program_gets_data() {
    let server = open_with_pages(vec![taxi(), fruit()]).await;
    for path in ["/", "/taxi", "/taxi/", "/fruit/", "/taxi/board", "/taxi/pages/driver", "/fruit/pages/operator"] {
        let page = browse(&server, path).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
        assert_eq!((page.header("content-encoding"), page.text.as_str()), ("br", "compressed"), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.header("cache-control"), "no-cache");
    }
    assert_eq!(
        server.gateway.get("/").await.json()["systems"][0]["roles"],
        serde_json::json!(["customer", "driver", "operator"])
    );
    assert_eq!(server.gateway.get("/taxi/").await.json()["systems"][0]["name"], "taxi");
    let plain = server.gateway.request("GET", "/", &[("accept", "text/html")], "").await;
    assert!(plain.text.starts_with("<!doctype html>") && plain.header("content-encoding").is_empty());
    let astray = browse(&server, "/taxi/pages/courier").await;
    assert_eq!(
        (astray.status, astray.header("content-type")),
        (404, "text/html; charset=utf-8"),
        "a page shows the way"
    );
    assert_eq!(server.gateway.get("/taxi/pages/courier").await.problem(), "unknown-path");
    for unknown in
        ["/taxi/pages/courier", "/nowhere/", "/taxi/pages/", "/pages/assets/none.js", "/pages/assets/../index.html"]
    {
        assert_eq!(browse(&server, unknown).await.status, 404, "{unknown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_its_bytes_in_its_name_is_kept_for_ever_and_the_page_is_asked_for_again() {
    let server = open_with_pages(vec![taxi()]).await;
    let script = browse(&server, "/pages/assets/main-1f2e.js").await;
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(script.header("vary").contains("accept-encoding") && script.header("x-content-type-options") == "nosniff");
    let tag = browse(&server, "/").await.header("etag").to_string();
    let again = server.gateway.request("GET", "/", &[BROWSER, &[("if-none-match", &tag)]].concat(), "").await;
    assert_eq!((again.status, again.text.as_str(), again.header("content-encoding")), (304, "", ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_binary_without_pages_says_how_to_build_them() {
    let server = taxi_alone().await;
    let index = browse(&server, "/").await;
    assert!(
        index.status == 200 && index.text.contains("npm run build") && index.text.contains("/catches"),
        "{index:?}"
    );
    let missing = browse(&server, "/taxi/pages/customer").await;
    assert_eq!((missing.status, missing.problem().as_str()), (404, "no-pages"));
    assert!(missing.json()["detail"].as_str().is_some_and(|detail| detail.contains("npm run build")));
    assert!(browse(&server, "/board").await.text.contains("<html"), "the board is a page of text");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_alone_has_its_board_under_its_name() {
    let server = open_with_pages(vec![taxi()]).await;
    let sent_on = browse(&server, "/board").await;
    assert_eq!((sent_on.status, sent_on.header("location")), (307, "/taxi/board"));
    assert_eq!(browse(&server, "/taxi/board").await.status, 200);
    let drawn = server.gateway.request("GET", "/board", &[("accept", "application/json")], "").await;
    assert_eq!(drawn.json()["system"], "taxi");
}

/// A system that begins a path like this would hide it.
#[tokio::test(flavor = "multi_thread")]
async fn every_reserved_path_is_one_that_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = with_people(AccessSettings::default(), folder.path()).await;
    for reserved in kernel::RESERVED {
        let rest = match *reserved {
            "health" => "/live",
            "operator" => "/contexts",
            "sandbox" => "/payment",
            "pages" | "internal" => continue, // where there are pages, as above; on another port
            _ => "",
        };
        let answer = server.gateway.get(&format!("/{reserved}{rest}")).await;
        assert_ne!(answer.status, 404, "/{reserved}{rest}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contexts_own_port_has_no_pages() {
    let server = open_with_pages(vec![taxi()]).await;
    let own = server.own("catch").request("GET", "/", BROWSER, "").await;
    assert!(own.text.contains("/catches"), "{own:?}");
    let nothing = server.own("catch").request("GET", "/me", BROWSER, "").await;
    assert_eq!(
        (nothing.status, nothing.problem().as_str()),
        (404, "unknown-path"),
        "no page whose script is not there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn in_mode_open_nobody_is_signed_in_and_everybody_operates_from_this_machine() {
    let server = open(vec![taxi()], &[]).await;
    let me = server.gateway.get("/me").await;
    let expected = serde_json::json!({
        "mode": "open", "subject": null, "roles": [], "signIn": null, "signOut": null, "operator": true, "sandbox": true
    });
    assert_eq!((me.json(), me.header("cache-control")), (expected, "no-store"));
    let passed_on = server.gateway.request("GET", "/me", &[("x-forwarded-for", "203.0.113.9")], "").await;
    assert_eq!((&passed_on.json()["operator"], &passed_on.json()["sandbox"]), (&false.into(), &false.into()));
    let off = open(vec![taxi()], &[("operator", "false"), ("sandbox", "false")]).await;
    let me = off.gateway.get("/me").await.json();
    assert_eq!((&me["operator"], &me["sandbox"]), (&false.into(), &false.into()));
}
