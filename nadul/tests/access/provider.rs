//! A real provider of identities beside the process under test: oidc-provider on Node.js, told by words what happens to it.
use process::{Nadul, ServerProcess, free_port};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

pub struct Provider {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    pub issuer: String,
}

impl Provider {
    /// Browsers come back to this address.
    pub fn start(redirect_uri: &str) -> Provider {
        let port = free_port();
        let script = tidy::root().join("tests/oidc/provider.mjs");
        let mut command = Command::new("node");
        command.arg(script).arg(modules()).arg(port.to_string()).arg(redirect_uri);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("Node.js runs");
        let (to, from) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        let issuer = format!("http://127.0.0.1:{port}");
        let mut provider = Provider { child, to, from: BufReader::new(from), issuer };
        provider.expect("ready");
        provider
    }

    /// rotate: it has new keys from now on; mute: it takes questions and answers none; away: nobody answers; back: somebody does again.
    pub fn say(&mut self, word: &str) {
        writeln!(self.to, "{word}").expect("it listens");
        self.expect(word);
    }

    fn expect(&mut self, word: &str) {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("it answers");
        assert_eq!(line.trim(), word);
    }

    pub fn settings(&self) -> Vec<String> {
        let issuer = format!("access.issuer={}", self.issuer);
        let others =
            ["access.mode=oidc", "access.audience=nadul", "access.keys_pause_s=1", "access.failures_per_min=1000"];
        let others = others.map(String::from);
        others.into_iter().chain([issuer]).collect()
    }

    /// A process that believes this provider, once it has its keys.
    pub fn serve<'a>(&self, nadul: &'a Nadul, settings: &[String]) -> ServerProcess<'a> {
        let flags: Vec<&str> = settings.iter().flat_map(|setting| ["--set", setting]).collect();
        let server = nadul.serve(&[&["taxi", "--data", "data"], &flags[..]].concat());
        server.wait_until("/health/ready", "that it is ready", |answer| answer.status == 200);
        server
    }

    /// A token of a program, signed as it is asked for. Whose it is says its roles: `kim.customer`.
    pub fn token(&self, who: &str, algorithm: &str) -> String {
        let form = [
            ("grant_type", "client_credentials"),
            ("resource", "urn:nadul"),
            ("scope", algorithm),
            ("client_id", who),
            ("client_secret", "program"),
        ];
        let answer = ureq::post(format!("{}/token", self.issuer)).send_form(form);
        let text = answer.expect("a token").body_mut().read_to_string().expect("a text");
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        json["access_token"].as_str().expect("a token").to_string()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _already_waited = self.child.wait();
    }
}

/// Where its modules are, installed once for all tests.
fn modules() -> &'static PathBuf {
    static MODULES: OnceLock<PathBuf> = OnceLock::new();
    MODULES.get_or_init(|| {
        let (wanted, test) = (tidy::root().join("tests/oidc"), std::env::current_exe().expect("a test has a path"));
        let target = test.ancestors().nth(3).expect("cargo puts a test three folders deep"); // target/debug/deps/…
        let folder = target.join("oidc");
        std::fs::create_dir_all(&folder).expect("a folder");
        let lock = File::create(folder.join("lock")).expect("a file");
        lock.lock().expect("one installs");
        let text = |path: PathBuf| std::fs::read_to_string(path).unwrap_or_default();
        let is_installed = text(folder.join("installed")) == text(wanted.join("package-lock.json"));
        if !is_installed {
            for file in ["package.json", "package-lock.json"] {
                std::fs::copy(wanted.join(file), folder.join(file)).expect("copied");
            }
            let mut npm = Command::new("npm");
            npm.args(["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder);
            assert!(npm.status().expect("npm runs").success(), "the provider can't be installed");
            std::fs::copy(wanted.join("package-lock.json"), folder.join("installed")).expect("copied");
        }
        folder
    })
}
