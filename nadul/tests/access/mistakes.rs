//! Settings of a mode that are missing or wrong end the start, each by its name.
use process::{Nadul, embedded_only};

const OIDC: [&str; 3] = ["access.mode=oidc", "access.issuer=https://id.example", "access.audience=nadul"];

fn said(nadul: &Nadul, settings: &[&str]) -> String {
    let flags: Vec<&str> = settings.iter().flat_map(|setting| ["--set", setting]).collect();
    let output = nadul.run(
        &[
            &["run", "taxi", "--data", "data", "--set", "http.gateway_port=0", "--set", "http.context_ports=off"],
            &flags[..],
        ]
        .concat(),
    );
    assert!(output.code.is_some_and(|code| code != 0) && output.out.is_empty(), "{output:?}");
    output.err
}

#[test]
fn what_the_mode_lacks_is_told_by_its_name() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let nadul = Nadul::new();
    nadul.file("empty", "\n").file("keys", "c2hvcnQ=\n");
    let cases: [(&[&str], &str); 14] = [
        (&["access.mode=oidc"], "access.issuer"),
        (&["access.mode=oidc"], "access.audience"),
        (&["access.issuer=http://id.example"], "access.issuer"),
        (&["access.issuer=id.example"], "access.issuer"),
        (&["access.client_id=pages"], "http.public_url"),
        (&["access.client_id=pages", "http.public_url=https://nadul.example/path"], "http.public_url"),
        (&["access.client_id=pages", "http.public_url=http://nadul.example"], "http.public_url"),
        (&["access.client_secret=x"], "access.client_id"),
        (&["access.client_secret=x", "access.client_secret_file=empty"], "access.client_secret_file"),
        (&["access.client_secret_file=nowhere"], "access.client_secret_file"),
        (&["access.client_secret_file=empty"], "access.client_secret_file"),
        (
            &["access.client_id=pages", "http.public_url=https://nadul.example", "access.session_keys_file=nowhere"],
            "access.session_keys_file",
        ),
        (
            &["access.client_id=pages", "http.public_url=https://nadul.example", "access.session_keys_file=keys"],
            "access.session_keys_file: keys: line 1",
        ),
        (&["access.mode=closed"], "access.mode must be one of open, local, oidc"),
    ];
    for (more, name) in cases {
        let settings = if more[0].starts_with("access.mode") { more.to_vec() } else { [&OIDC, more].concat() };
        let said = said(&nadul, &settings);
        assert!(said.contains(name), "{settings:?}: {said}");
    }
}

#[test]
fn secrets_are_shown_by_nobody() {
    embedded_only!("it is about who signs in at one process: the key of its data folder, or its own settings");
    let shown = Nadul::new().run(&[
        "settings",
        "access",
        "--set",
        "access.client_secret=s3cret",
        "--set",
        "access.metrics_token=s3cret",
    ]);
    assert!(shown.code == Some(0) && shown.out.contains("***") && !shown.out.contains("s3cret"), "{shown:?}");
}
