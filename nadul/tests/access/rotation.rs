//! The keys of a provider as they come and go.
use super::provider::Provider;
use super::{get, wait_for_status};
use process::{Nadul, WAIT_LIMIT, embedded_only};

fn provider() -> Provider {
    Provider::start("http://127.0.0.1:1/sign-in/back")
}

#[test]
fn tokens_of_every_algorithm_are_taken_and_those_for_others_are_not() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let (nadul, provider) = (Nadul::new(), provider());
    let server = provider.serve(&nadul, &provider.settings());
    for algorithm in ["RS256", "ES256", "EdDSA"] {
        let answer = get(&server, "/taxi/catches", &provider.token("kim.customer", algorithm));
        assert_eq!(answer.status, 200, "{algorithm}: {answer:?}");
    }
    get(&server, "/taxi/catches", &provider.token("kim.driver", "RS256")).expect_problem(403, "role-missing");
    server.get("/sign-in").expect_problem(404, "unknown-path");
    server.stop();
    let for_others = [provider.settings(), vec!["access.audience=others".to_string()]].concat();
    let server = provider.serve(&nadul, &for_others);
    let answer = get(&server, "/taxi/catches", &provider.token("kim.customer", "RS256"));
    answer.expect_problem(401, "invalid-token");
    assert!(answer.json()["detail"].as_str().is_some_and(|detail| detail.contains("another audience")), "{answer:?}");
    server.stop();
}

#[test]
fn new_keys_are_found_at_once_and_old_ones_are_given_up() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let (nadul, mut provider) = (Nadul::new(), provider());
    let server = provider.serve(&nadul, &provider.settings());
    let old = provider.token("kim.customer", "ES256");
    assert_eq!(get(&server, "/taxi/catches", &old).status, 200);
    provider.say("rotate");
    let new = provider.token("kim.customer", "ES256");
    wait_for_status(&server, "/taxi/catches", &new, 200);
    get(&server, "/taxi/catches", &old).expect_problem(401, "invalid-token");
    server.stop();
}

/// Whoever comes with an unknown key is answered in the time of a request, however long the provider might be waited for.
#[test]
fn a_provider_that_says_nothing_is_waited_for_no_longer_than_for_any_request() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let (nadul, mut provider) = (Nadul::new(), provider());
    let settings = [provider.settings(), vec!["http.request_timeout_ms=200".to_string()]].concat();
    let server = provider.serve(&nadul, &settings);
    let old = provider.token("kim.customer", "ES256");
    provider.say("rotate");
    let new = provider.token("kim.customer", "ES256");
    provider.say("mute");
    let unknown = wait_for_status(&server, "/taxi/catches", &new, 503);
    unknown.expect_problem(503, "sign-in-unavailable");
    assert_ne!(unknown.header("retry-after"), "");
    assert_eq!(get(&server, "/taxi/catches", &old).status, 200, "a known key needs no provider");
    server.stop();
}

#[test]
fn keys_are_asked_for_again_though_nobody_needs_new_ones() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let (nadul, mut provider) = (Nadul::new(), provider());
    let settings = [provider.settings(), vec!["access.keys_max_age_s=1".to_string()]].concat();
    let server = provider.serve(&nadul, &settings);
    let old = provider.token("kim.customer", "EdDSA");
    assert_eq!(get(&server, "/taxi/catches", &old).status, 200);
    provider.say("rotate");
    wait_for_status(&server, "/taxi/catches", &old, 401).expect_problem(401, "invalid-token");
    server.stop();
}

#[test]
fn while_the_provider_is_away_its_keys_are_used_and_without_any_nobody_is_taken() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let (nadul, mut provider) = (Nadul::new(), provider());
    let settings = [provider.settings(), vec!["access.keys_max_age_s=1".to_string()]].concat();
    let server = provider.serve(&nadul, &settings);
    let kim = provider.token("kim.customer", "RS256");
    provider.say("away");
    assert_eq!(get(&server, "/taxi/catches", &kim).status, 200);
    assert_eq!(server.get("/health/ready").status, 200);
    server.stop();
    let flags: Vec<&str> = settings.iter().flat_map(|setting| ["--set", setting]).collect();
    let server = nadul.serve(&[&["taxi", "--data", "data"], &flags[..]].concat());
    let answer = get(&server, "/taxi/catches", &kim);
    answer.expect_problem(503, "sign-in-unavailable");
    assert_eq!(answer.header("retry-after"), "1");
    assert_eq!((server.get("/health/ready").status, server.get("/health/live").status), (503, 200));
    server.get("/taxi/catches").expect_problem(401, "sign-in-needed");
    provider.say("back");
    wait_for_status(&server, "/taxi/catches", &kim, 200);
    assert_eq!(server.get("/health/ready").status, 200);
    server.stop();
}

#[test]
fn a_stream_ends_with_its_token() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let (nadul, provider) = (Nadul::new(), provider());
    let settings = [provider.settings(), vec!["access.leeway_s=1".to_string()]].concat();
    let server = provider.serve(&nadul, &settings);
    let brief = provider.token("brief.customer", "RS256");
    let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(WAIT_LIMIT)).build().into();
    let request = agent.get(format!("{}/taxi/catches", server.url)).header("accept", "text/event-stream");
    let mut stream = request.header("authorization", format!("Bearer {brief}")).call().expect("it begins");
    let heard = stream.body_mut().read_to_string().expect("it ends in order, and before the client gives up");
    assert!(heard.starts_with("retry: "), "{heard}");
    let answer = get(&server, "/taxi/catches", &brief);
    answer.expect_problem(401, "invalid-token");
    assert!(answer.json()["detail"].as_str().is_some_and(|detail| detail.contains("has expired")), "{answer:?}");
    server.stop();
}

#[test]
fn an_operator_sends_a_token_and_has_a_sandbox_only_where_it_is_set() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let (nadul, provider) = (Nadul::new(), provider());
    let ann = provider.token("ann.operator", "ES256");
    let server = provider.serve(&nadul, &provider.settings());
    assert_eq!(get(&server, "/taxi/operator/contexts", &ann).status, 200);
    get(&server, "/taxi/sandbox/payment", &ann).expect_problem(404, "unknown-path");
    server.stop();
    let settings = [provider.settings(), vec!["access.sandbox=true".to_string()]].concat();
    let server = provider.serve(&nadul, &settings);
    assert_eq!(get(&server, "/taxi/sandbox/payment", &ann).status, 200);
    let stop = ["stop", "taxi/pickup", "--data", "data", "--set", "access.mode=oidc"];
    let said = nadul.run_with(&[("NADUL_TOKEN", &ann)], &stop);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "taxi/pickup is stopped\n"), "{said:?}");
    let said = nadul.run(&stop);
    assert!(said.code == Some(1) && said.err.contains("401"), "{said:?}");
    server.stop();
}
