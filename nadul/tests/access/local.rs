//! Mode local: tokens of the data folder, and commands that sign for themselves.
use super::{get, token};
use crate::trip;
use process::{Nadul, embedded_only};
use std::os::unix::fs::PermissionsExt;

/// So many tokens are refused here that a limit would have its say.
const LOCAL: [&str; 7] =
    ["taxi", "--data", "data", "--set", "access.mode=local", "--set", "access.failures_per_min=1000"];

#[test]
fn without_a_token_only_what_is_nobodys_is_shown() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = nadul.serve(&LOCAL);
    for public in [
        "/",
        "/taxi",
        "/health/live",
        "/health/ready",
        "/problems",
        "/problems/invalid-token",
        "/taxi/openapi.json",
        "/taxi/asyncapi.json",
        "/taxi/board",
        "/docs/",
        "/style.css",
    ] {
        assert_eq!(server.get(public).status, 200, "{public}");
    }
    for private in [
        "/taxi/catches",
        "/taxi/catches/1",
        "/taxi/myPages",
        "/taxi/operator/contexts",
        "/taxi/sandbox/payment",
        "/metrics",
    ] {
        let answer = server.get(private);
        answer.expect_problem(401, "sign-in-needed");
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"nadul\"");
        assert_eq!(answer.header("cache-control"), "private, no-cache");
    }
    server.post("/taxi/catches", &trip::trip("kim")).expect_problem(401, "sign-in-needed");
    server.get("/taxi/nothing").expect_problem(404, "unknown-path");
    server.request_with("PUT", "/taxi/catches", &[], "{}").expect_problem(405, "wrong-method");
    assert_eq!(server.request_with("OPTIONS", "/taxi/catches", &[], "").status, 200);
    server.stop();
}

#[test]
fn a_token_of_the_folder_is_taken_and_another_is_not() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let kim = token(&nadul, "kim", "customer", &["--data", "data"]);
    let mode = std::fs::metadata(nadul.path().join("data/access.key")).expect("it was made").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "nobody else reads the key");
    let strange = token(&nadul, "kim", "customer", &["--data", "elsewhere"]);
    let server = nadul.serve(&LOCAL);
    let taken = get(&server, "/taxi/catches", &kim);
    assert_eq!(taken.status, 200, "{taken:?}");
    assert_eq!(taken.header("cache-control"), "private, no-cache");
    let varies: Vec<_> = taken.headers.get_all("vary").iter().filter_map(|line| line.to_str().ok()).collect();
    assert!(varies.contains(&"Authorization, Cookie"), "{varies:?}");
    for scheme in ["bearer", "BEARER"] {
        assert_eq!(
            server.request_with("GET", "/taxi/catches", &[("authorization", &format!("{scheme} {kim}"))], "").status,
            200
        );
    }
    for wrong in [strange.as_str(), "", "x", "a.b.c", &format!("{kim}x"), &kim.to_uppercase()] {
        let answer = get(&server, "/taxi/catches", wrong);
        answer.expect_problem(401, "invalid-token");
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"nadul\", error=\"invalid_token\"");
        assert_eq!(
            answer.json()["detail"],
            get(&server, "/taxi/catches", "y").json()["detail"],
            "no hint before the signature"
        );
    }
    let twice = [("authorization", format!("Bearer {kim}")), ("authorization", format!("Bearer {kim}"))];
    let twice: Vec<(&str, &str)> = twice.iter().map(|(name, value)| (*name, value.as_str())).collect();
    server.request_with("GET", "/taxi/catches", &twice, "").expect_problem(401, "invalid-token");
    server
        .request_with("GET", "/taxi/catches", &[("authorization", "Basic a2ltOng=")], "")
        .expect_problem(401, "sign-in-needed");
    server.stop();
}

#[test]
fn commands_of_an_operator_sign_for_themselves() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = nadul.serve(&LOCAL);
    let said = server.run(&["stop", "taxi/pickup", "--data", "data", "--set", "access.mode=local"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "taxi/pickup is stopped\n"), "{said:?}");
    let said = server.run(&["start", "taxi/pickup", "--data", "data"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "taxi/pickup runs\n"), "its key says enough: {said:?}");
    let said = server.run(&[
        "sandbox",
        "taxi",
        "decline",
        "--data",
        "data",
        "--at",
        &server.url,
        "--set",
        "access.mode=local",
    ]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(server.run(&["parked", "taxi", "--data", "data"]).out, "nothing is parked\n");
    let said = server.run(&["parked", "taxi", "--data", "data", "--at", &server.url]);
    assert!(said.code == Some(1) && said.err.contains("401"), "not to another address unasked: {said:?}");
    server.stop();
}

#[test]
fn the_metrics_token_reads_metrics_and_nothing_else() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server = nadul.serve(&[&LOCAL[..], &["--set", "access.metrics_token=s3cret"]].concat());
    assert_eq!(get(&server, "/metrics", "s3cret").status, 200);
    get(&server, "/taxi/catches", "s3cret").expect_problem(401, "invalid-token");
    for other in ["", "s3cre", "s3cretx"] {
        get(&server, "/metrics", other).expect_problem(401, "invalid-token");
    }
    assert_eq!(get(&server, "/metrics", &token(&nadul, "ann", "operator", &["--data", "data"])).status, 200);
    get(&server, "/metrics", &token(&nadul, "kim", "customer", &["--data", "data"]))
        .expect_problem(403, "role-missing");
    server.stop();
}

#[test]
fn a_token_is_for_somebody_with_roles_that_there_are() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    for (arguments, said) in [
        (&["--subject", "kim", "--role", "custmer"][..], "there is no role custmer; did you mean customer?"),
        (&["--subject", " "][..], "a subject is a name of 1 to 255 characters"),
        (&["--subject", "kim", "--hours", "0"][..], "0 is not in 1..=8760"),
        (&["--subject", "kim", "--set", "access.mode=oidc"][..], "ask the provider for a token"),
        (&[][..], "--subject <SUBJECT>"),
    ] {
        let output = nadul.run(&[&["token"], arguments].concat());
        assert!(output.code == Some(2) && output.err.contains(said), "{output:?}");
    }
}

#[test]
fn who_fails_too_often_is_turned_away_and_whoever_is_known_goes_on() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    let server =
        nadul.serve(&["taxi", "--data", "data", "--set", "access.mode=local", "--set", "access.failures_per_min=3"]);
    let kim = token(&nadul, "kim", "customer", &["--data", "data"]);
    server.get("/taxi/catches").expect_problem(401, "sign-in-needed");
    for _ in 0..3 {
        get(&server, "/taxi/catches", "x").expect_problem(401, "invalid-token");
    }
    let turned_away = get(&server, "/taxi/catches", "x");
    turned_away.expect_problem(429, "too-many-requests");
    assert!(turned_away.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds >= 1), "{turned_away:?}");
    server.get("/taxi/catches").expect_problem(429, "too-many-requests");
    assert_eq!(get(&server, "/taxi/catches", &kim).status, 200);
    server.stop();
}
