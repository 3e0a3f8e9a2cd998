//! A process at work on a folder of its own, on any free port. It is killed when it goes.
use crate::nadul::{Nadul, Said};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

pub const PATIENCE: Duration = Duration::from_secs(30);

pub struct Served<'a> {
    pub nadul: &'a Nadul,
    pub url: String,
    child: Child,
    out: BufReader<ChildStdout>,
}

const FREE: [&str; 5] = ["run", "--set", "http.gateway_port=0", "--set", "http.context_ports=off"];

impl Nadul {
    pub fn serve(&self, arguments: &[&str]) -> Served<'_> {
        let all = [&FREE[..], arguments].concat();
        let mut child = self.command(&all).stdout(Stdio::piped()).spawn().expect("the binary starts");
        let mut out = BufReader::new(child.stdout.take().expect("its output is piped"));
        let first = line(&mut out);
        let url = first.split_whitespace().find(|word| word.starts_with("http://"));
        let url = url.unwrap_or_else(|| panic!("no address in {first:?}")).to_string();
        Served { nadul: self, url, child, out }
    }
}

fn line(out: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    out.read_line(&mut line).expect("the process speaks UTF-8");
    line
}

impl Served<'_> {
    pub fn signal(&self, name: &str) -> &Self {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status();
        assert!(sent.expect("there is a kill").success());
        self
    }

    /// Reads what it prints up to a line that has these words.
    pub fn hears(&mut self, words: &str) -> String {
        loop {
            let line = line(&mut self.out);
            assert!(!line.is_empty(), "it ended before it said {words:?}");
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Its exit code and how long that took.
    pub fn ends(&mut self) -> (Option<i32>, Duration) {
        let start = Instant::now();
        let mut rest = vec![];
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                let _ = self.out.read_to_end(&mut rest);
                return (status.code(), start.elapsed());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it did not end within {PATIENCE:?}");
    }

    pub fn post(&self, path: &str, body: &str) -> (u16, Value) {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let request = ureq::Agent::from(config).post(format!("{}{path}", self.url)).content_type("application/json");
        let mut answer = request.send(body).expect("an answer");
        let text = answer.body_mut().read_to_string().expect("a text");
        (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or_default())
    }

    pub fn get(&self, path: &str) -> Value {
        let mut answer = ureq::get(format!("{}{path}", self.url)).call().expect("an answer");
        serde_json::from_str(&answer.body_mut().read_to_string().expect("a text")).expect("JSON")
    }

    /// The status of the answer.
    pub fn put(&self, path: &str, body: &str) -> u16 {
        let answer = ureq::put(format!("{}{path}", self.url)).content_type("application/json").send(body);
        answer.expect("an answer").status().as_u16()
    }

    pub fn catch(&self, customer: &str) -> u64 {
        let trip = format!(r#"{{"price":9000,"startingPoint":"a","destination":"b","customer":"{customer}"}}"#);
        let (status, row) = self.post("/taxi/catches", &trip);
        assert_eq!(status, 201, "{row}");
        row["id"].as_u64().expect("a catch has an id")
    }

    pub fn catches(&self, many: usize) {
        for _ in 0..many {
            self.catch("kim");
        }
    }

    /// A read that is repeated until it shows what was asked for.
    pub fn shows(&self, path: &str, words: &str) {
        let start = Instant::now();
        let mut text = String::new();
        while start.elapsed() < PATIENCE {
            let answer = ureq::get(format!("{}{path}", self.url)).call();
            text = answer.ok().and_then(|mut a| a.body_mut().read_to_string().ok()).unwrap_or_default();
            if text.contains(words) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("{path} never shows {words}: {text}");
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        self.nadul.run(arguments)
    }

    pub fn stop(mut self) {
        self.signal("-TERM");
        assert_eq!(self.ends().0, Some(0));
    }

    /// As kill −9 does.
    pub fn kill(mut self) {
        self.signal("-KILL");
        self.ends();
    }
}

impl Drop for Served<'_> {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _already_waited = self.child.wait();
    }
}
