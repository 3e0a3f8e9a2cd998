//! A run under TLS, as its users set it up and ask it: with curl, and with the commands that ask a process at work.
use crate::curl::{HOST, curl};
use process::{Nadul, embedded_only};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const WAIT_LIMIT: Duration = Duration::from_secs(30);

/// `nadul run taxi` under TLS, and where its log goes.
struct Running<'a> {
    nadul: &'a Nadul,
    child: Child,
    port: String,
}

impl<'a> Running<'a> {
    /// `nadul keys` makes certificates to try TLS out with; here they are the gateway's.
    fn start(nadul: &'a Nadul) -> Running<'a> {
        for folder in ["keys", "other"] {
            assert_eq!(nadul.run(&["keys", folder, "--tls", "taxi"]).code, Some(0));
        }
        show(nadul, "keys");
        let names = format!("http.host_names={HOST},localhost,127.0.0.1");
        let set =
            ["http.tls_cert=shown.pem", "http.tls_key=shown-key.pem", "http.gateway_port=0", "http.context_ports=off"];
        let set = set.into_iter().chain([names.as_str()]).flat_map(|setting| ["--set", setting]);
        let arguments: Vec<&str> = ["run", "taxi", "--data", "data"].into_iter().chain(set).collect();
        let log = File::create(nadul.path().join("log.txt")).expect("a file for its log");
        let mut command = nadul.command(&arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the binary starts");
        let out = BufReader::new(child.stdout.take().expect("its output is piped"));
        let first = out.lines().next().expect("a line").expect("a text");
        let url = first.split_whitespace().find(|word| word.starts_with("https://")).expect("an address");
        let port = url.rsplit(':').next().expect("a port").to_string();
        Running { nadul, child, port }
    }

    fn curl(&self, path: &str, believed: &str, more: &[&str]) -> String {
        curl(self.nadul, &self.port, believed, path, more)
    }

    fn wait_until(&self, what: &str, is: impl Fn() -> bool) {
        let until = Instant::now() + WAIT_LIMIT;
        while !is() {
            assert!(Instant::now() < until, "{what}: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.nadul.path().join("log.txt")).expect("its log")
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The files that the settings name, made of those in a folder.
fn show(nadul: &Nadul, folder: &str) {
    for (from, to) in [("certificate-key.pem", "shown-key.pem"), ("certificate.pem", "shown.pem")] {
        fs::copy(nadul.path().join(folder).join(from), nadul.path().join(to)).expect("copied");
    }
}

#[test]
fn curl_is_answered_over_both_versions_and_both_protocols() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let running = Running::start(&nadul);
    let trip = r#"{"price":9000,"startingPoint":"Jamsil","destination":"Yongsan","customer":"kim"}"#;
    let post = ["-H", "content-type: application/json", "-d", trip];
    for (protocol, spoken) in [("--http1.1", "1.1"), ("--http2", "2")] {
        for versions in [["--tlsv1.2", "--tls-max", "1.2"], ["--tlsv1.3", "--tls-max", "1.3"]] {
            let said = ["-w", "\n%{http_version} %{http_code}", protocol];
            let answer = running.curl("/catches", "keys", &[&post[..], &versions, &said].concat());
            assert!(answer.ends_with(&format!("\n{spoken} 201")), "{answer}");
        }
    }
    let head = running.curl("/health/live", "keys", &["-D", "-", "-o", "/dev/null"]).to_lowercase();
    assert!(head.contains("strict-transport-security: max-age="), "{head}");
    let stream = ["-N", "--max-time", "2", "-H", "accept: text/event-stream"];
    assert!(running.curl("/catches", "keys", &stream).contains("event: row"));
    let refused = running.curl("/health/live", "other", &[]);
    assert!(refused.starts_with("curl: ("), "another authority's is not believed: {refused}");
}

#[test]
fn commands_that_ask_a_process_at_work_ask_it_under_tls() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let running = Running::start(&nadul);
    let at = format!("https://127.0.0.1:{}", running.port);
    for arguments in [
        &["stop", "taxi/pickup", "--data", "data"][..],
        &["start", "taxi/pickup", "--data", "data"],
        &["sandbox", "taxi", "decline", "--data", "data"],
        &["sandbox", "taxi", "approve", "--at", &at],
        &["parked", "taxi", "--at", &at],
    ] {
        let said = nadul.run(arguments);
        assert_eq!(said.code, Some(0), "{arguments:?}: {said:?}");
    }
}

#[test]
fn a_renewed_certificate_is_shown_and_a_broken_one_is_said_while_the_old_one_stays() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let running = Running::start(&nadul);
    let is_up = |believed: &str| running.curl("/health/live", believed, &[]).contains("up");
    assert!(is_up("keys") && !is_up("other"));
    fs::write(nadul.path().join("shown-key.pem"), "no key").expect("written");
    running.wait_until("it is said", || running.log().contains("shown-key.pem"));
    assert!(running.log().contains("the certificate from before stays"), "{}", running.log());
    assert!(is_up("keys"), "the old one stays");
    show(&nadul, "other");
    running.wait_until("the new one is shown", || is_up("other"));
    assert!(!is_up("keys"));
}

#[test]
fn settings_that_give_no_certificate_end_the_start_with_their_name() {
    let nadul = Nadul::new();
    for folder in ["keys", "other"] {
        assert_eq!(nadul.run(&["keys", folder, "--tls", "taxi"]).code, Some(0));
    }
    for (certificate, key, said) in [
        ("keys/certificate.pem", "", "http.tls_key"),
        ("", "keys/certificate-key.pem", "http.tls_cert"),
        ("keys/missing.pem", "keys/certificate-key.pem", "http.tls_cert"),
        ("keys/certificate.pem", "other/certificate-key.pem", "http.tls_key"),
    ] {
        let set = [format!("http.tls_cert={certificate}"), format!("http.tls_key={key}")];
        for command in [&["run", "taxi"][..], &["gateway", "taxi", "--set", "cluster.seeds=http://127.0.0.1:1"]] {
            let keys = ["--set", "cluster.private_key=keys/nadul.pem", "--set", "cluster.public_keys=keys/public"];
            let set = ["--set", &set[0], "--set", &set[1], "--set", "http.gateway_port=0"];
            let ended = nadul.run(&[command, &set, &keys].concat());
            assert!(ended.code == Some(2) && ended.err.contains(said), "{command:?} {certificate} {key}: {ended:?}");
        }
    }
    assert!(!nadul.path().join("nadul").exists(), "nothing was made");
}

#[test]
fn an_address_of_other_machines_is_refused_where_nobody_proves_who_they_are() {
    let nadul = Nadul::new();
    for mode in ["open", "local"] {
        let mode = format!("access.mode={mode}");
        for more in [&[][..], &["--set", "http.plain_http=true"]] {
            let set = ["run", "taxi", "--listen", "0.0.0.0:0", "--set", &mode];
            let ended = nadul.run(&[&set[..], more].concat());
            assert!(ended.code == Some(2) && ended.err.contains("http.address"), "{mode} {more:?}: {ended:?}");
        }
    }
}
