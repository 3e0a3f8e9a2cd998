//! Pages sign in: under any name in mode local, at a provider and back in mode oidc.
use super::browser::{Browser, Page};
use super::provider::Provider;
use crate::trip;
use process::{Nadul, embedded_only, free_port};

const LOCAL: [&str; 5] = ["taxi", "--data", "data", "--set", "access.mode=local"];

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

#[test]
fn anybody_signs_in_under_any_name_in_mode_local() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = nadul.serve(&LOCAL);
    let mut browser = Browser::new();
    let korean = server.request_with("GET", "/sign-in", &[("accept-language", "ko")], "");
    assert!(
        korean.text.contains("<label for=\"subject\">이름</label>") && korean.text.contains("value=\"driver\""),
        "{korean:?}"
    );
    let page = browser.get(&format!("{}/sign-in?return=/taxi/catches", server.url));
    assert!(
        page.text.contains("<label for=\"subject\">Name</label>") && page.text.contains("value=\"/taxi/catches\""),
        "{page:?}"
    );
    let asked = form(&[("subject", "kim"), ("role", "customer"), ("role", "driver"), ("return", "/taxi/catches")]);
    for origin in
        [&[][..], &[("origin", "https://evil.example")], &[("origin", "null")], &[("sec-fetch-site", "same-site")]]
    {
        let answer = server.request_with("POST", "/sign-in", origin, &asked);
        answer.expect_problem(403, "foreign-origin");
        assert_eq!(answer.header("set-cookie"), "");
    }
    let signed_in = browser.post(&format!("{}/sign-in", server.url), &asked);
    assert_eq!((signed_in.status, signed_in.location.as_str()), (303, "/taxi/catches"), "{signed_in:?}");
    assert!(signed_in.cookies[0].ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=28800"), "{signed_in:?}");
    assert_eq!(browser.get(&format!("{}/taxi/catches", server.url)).status, 200);
    let cookie = browser.cookie("nadul");
    let created = |headers: &[(&str, &str)]| {
        let headers = [&[("cookie", cookie.as_str())], headers].concat();
        server.request_with("POST", "/taxi/catches", &headers, &trip::trip("kim").to_string())
    };
    created(&[]).expect_problem(403, "foreign-origin");
    created(&[("origin", "http://evil.example")]).expect_problem(403, "foreign-origin");
    created(&[("origin", &server.url.replace("http:", "https:"))]).expect_problem(403, "foreign-origin");
    created(&[("origin", &server.url)]).expect_status(201);
    created(&[("sec-fetch-site", "same-origin")]).expect_status(201);
    let refused = server.request_with("GET", "/taxi/catches", &[("cookie", &cookie[..cookie.len() - 4])], "");
    refused.expect_problem(401, "invalid-token");
    let both = [("cookie", cookie.as_str()), ("authorization", "Bearer x")];
    server.request_with("GET", "/taxi/catches", &both, "").expect_problem(401, "invalid-token");
    let signed_out = browser.post(&format!("{}/sign-out", server.url), "");
    assert_eq!((signed_out.status, signed_out.location.as_str()), (303, "/"));
    assert_eq!(browser.get(&format!("{}/taxi/catches", server.url)).status, 401);
    server.stop();
}

#[test]
fn nobody_is_led_elsewhere_or_signed_in_without_a_name() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = nadul.serve(&LOCAL);
    let mut browser = Browser::new();
    for elsewhere in
        ["https://evil.example", "//evil.example", "/\\evil.example", "/%2fevil.example", "/a\r\nset-cookie: x=1"]
    {
        let asked = form(&[("subject", "kim"), ("return", elsewhere)]);
        let signed_in = browser.post(&format!("{}/sign-in", server.url), &asked);
        assert_eq!(
            (signed_in.status, signed_in.location.as_str(), signed_in.cookies.len()),
            (303, "/", 1),
            "{elsewhere:?}"
        );
    }
    for nobody in ["", " ", "\u{200b}", "a\nb"] {
        let answer = browser.post(&format!("{}/sign-in", server.url), &form(&[("subject", nobody)]));
        assert_eq!((answer.status, answer.cookies.len()), (400, 0), "{nobody:?}");
    }
    server.stop();
}

#[test]
fn there_is_no_sign_in_where_nobody_has_to() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi"]);
    for (method, path) in [("GET", "/sign-in"), ("POST", "/sign-in"), ("GET", "/sign-in/back"), ("POST", "/sign-out")] {
        server.request_with(method, path, &[], "").expect_problem(404, "unknown-path");
    }
    let answer = server.request_with("GET", "/taxi/catches", &[("authorization", "Bearer nonsense")], "");
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-cache"));
    server.stop();
}

/// Whether the browser is told to forget what was under way.
fn forgets(cookies: &[String]) -> bool {
    cookies.iter().any(|cookie| cookie.starts_with("nadul-sign-in=; ") && cookie.contains("Max-Age=0"))
}

#[test]
fn a_browser_goes_to_the_provider_and_comes_back_signed_in() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let (nadul, port) = (Nadul::new(), free_port());
    let url = format!("http://127.0.0.1:{port}");
    let provider = Provider::start(&format!("{url}/sign-in/back"));
    nadul.file("secret", "pages\n");
    let settings = [
        provider.settings(),
        vec![
            format!("http.gateway_port={port}"),
            format!("http.public_url={url}"),
            "access.client_id=pages".into(),
            "access.client_secret_file=secret".into(),
        ],
    ];
    let server = provider.serve(&nadul, &settings.concat());
    let mut browser = Browser::new();
    let mut page = browser.follow(&format!("{url}/sign-in?return=/taxi/catches?page=0"));
    assert!(page.text.contains("name=\"login\""), "{page:?}");
    page = browser.submit(&page, &form(&[("prompt", "login"), ("login", "kim.customer"), ("password", "any")]));
    assert!(page.text.contains("value=\"consent\""), "{page:?}");
    let back = browser.submit_to(&page, &form(&[("prompt", "consent")]), |location| {
        location.starts_with(&format!("{url}/sign-in/back"))
    });
    let stolen = server.request_with("GET", back.location.strip_prefix(&url).expect("ours"), &[], "");
    stolen.expect_problem(400, "sign-in-failed");
    let changed = browser.get(&back.location.replace("state=", "state=x"));
    assert!(changed.status == 400 && forgets(&changed.cookies), "{changed:?}");
    assert_eq!(browser.get(&back.location).status, 400, "what was under way is gone with it");
    let begin = browser.get(&format!("{url}/sign-in?return=/taxi/catches?page=0"));
    let back = browser.follow_from(begin, |location| location.starts_with(&format!("{url}/sign-in/back")));
    let Page { status, location, cookies, .. } = browser.get(&back.location);
    assert_eq!((status, location.as_str(), cookies.len()), (303, "/taxi/catches?page=0", 2), "{cookies:?}");
    assert!(forgets(&cookies), "{cookies:?}");
    assert_eq!(browser.get(&format!("{url}/taxi/catches")).status, 200);
    assert_eq!(browser.get(&format!("{url}/taxi/catchReqLists")).status, 403, "the provider's roles alone");
    assert_eq!(browser.get(&back.location).status, 400, "a way back is gone once");
    server.stop();
}
