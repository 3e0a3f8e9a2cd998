//! A process at work on a folder of its own, on any free port. It is killed when it goes.
use crate::answer::Answer;
use crate::live::Live;
use crate::nadul::{Nadul, Said};
use serde_json::{Value, json};
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

const FREE: [&str; 7] =
    ["run", "--set", "http.gateway_port=0", "--set", "http.context_ports=off", "--set", "http.access_log_every=0"];

impl Nadul {
    pub fn serve(&self, arguments: &[&str]) -> Served<'_> {
        self.serve_with(&[], arguments)
    }

    pub fn serve_with(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Served<'_> {
        let mut command = self.command(&[&FREE[..], arguments].concat());
        command.envs(environment.iter().copied());
        self.served(command)
    }

    /// Without any setting of ours: on the ports its page names, unless the arguments say otherwise.
    pub fn serve_as_told(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Served<'_> {
        let mut command = self.command(&[&["run"], arguments].concat());
        command.envs(environment.iter().copied());
        self.served(command)
    }

    /// The same, after words of a shell whose place the process then takes: limits, where its log goes.
    pub fn serve_after(&self, words: &str, arguments: &[&str]) -> Served<'_> {
        let plain = self.command(&[&FREE[..], arguments].concat());
        let mut shell = self.bare("sh");
        shell.args(["-c", &format!("{words}; exec \"$0\" \"$@\"")]).arg(plain.get_program()).args(plain.get_args());
        self.served(shell)
    }

    fn served(&self, mut command: Command) -> Served<'_> {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the binary starts");
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
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

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

    pub fn door(&self) -> Door {
        Door::at(&self.url)
    }

    pub fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.door().ask(method, path, &[], &body.to_string()).expect("an answer")
    }

    /// Word for word, with these headers.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.door().ask(method, path, headers, body).expect("an answer")
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, body)
    }

    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.ask("PATCH", path, body)
    }

    pub fn put(&self, path: &str, body: &Value) -> Answer {
        self.ask("PUT", path, body)
    }

    pub fn delete(&self, path: &str) -> Answer {
        self.door().ask("DELETE", path, &[], "").expect("an answer")
    }

    pub fn get(&self, path: &str) -> Answer {
        self.door().ask("GET", path, &[], "").expect("an answer")
    }

    /// A row or a collection as it changes; `from` is the last id that was heard, if any.
    pub fn live(&self, path: &str, from: Option<&str>) -> Live {
        self.door().live(path, from)
    }

    /// A read that is repeated until its text has these words.
    #[track_caller]
    pub fn shows(&self, path: &str, words: &str) -> Answer {
        self.becomes(path, words, |answer| answer.text.contains(words))
    }

    /// A read that is repeated until so many rows are there.
    #[track_caller]
    pub fn counts(&self, path: &str, many: u64) -> Answer {
        let is = |answer: &Answer| answer.json()["page"]["totalElements"] == many;
        self.becomes(path, &format!("{many} rows"), is)
    }

    /// A read that is repeated until it is as it should be.
    #[track_caller]
    pub fn becomes(&self, path: &str, what: &str, is: impl Fn(&Answer) -> bool) -> Answer {
        let (door, start) = (self.door(), Instant::now());
        loop {
            let answer = door.ask("GET", path, &[], "");
            match answer {
                Some(answer) if is(&answer) => return answer,
                answer if start.elapsed() > PATIENCE => panic!("{path} never shows {what}: {answer:?}"),
                _ => std::thread::sleep(Duration::from_millis(5)),
            }
        }
    }

    /// The sandbox's provider answers so from now on.
    #[track_caller]
    pub fn pays(&self, system: &str, mode: &str) {
        self.put(&format!("/{system}/sandbox/payment"), &json!({ "mode": mode })).with(200);
    }

    /// A context is stopped or started while the others go on.
    #[track_caller]
    pub fn works(&self, system: &str, context: &str, running: bool) {
        self.put(&format!("/{system}/sandbox/contexts/{context}"), &json!({ "running": running })).with(200);
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

/// The address of a process, for threads of their own; it keeps its connections.
#[derive(Clone)]
pub struct Door {
    url: String,
    agent: ureq::Agent,
}

impl Door {
    pub fn at(url: &str) -> Door {
        let config = ureq::Agent::config_builder().http_status_as_error(false).allow_non_standard_methods(true);
        Door { url: url.to_string(), agent: config.build().into() }
    }

    /// `None`: it was gone before it answered.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Option<Answer> {
        let request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let mut answer = match body {
            "" => self.agent.run(request.body(()).ok()?).ok()?,
            body => self.agent.run(request.header("content-type", "application/json").body(body).ok()?).ok()?,
        };
        let text = answer.body_mut().read_to_string().ok()?;
        Some(Answer { status: answer.status().as_u16(), headers: answer.headers().clone(), text })
    }

    pub fn post(&self, path: &str, body: &Value) -> Option<Answer> {
        self.ask("POST", path, &[], &body.to_string())
    }

    pub fn live(&self, path: &str, from: Option<&str>) -> Live {
        let request = self.agent.get(format!("{}{path}", self.url)).header("accept", "text/event-stream");
        let request = from.into_iter().fold(request, |request, from| request.header("last-event-id", from));
        let answer = request.call().expect("an answer");
        assert_eq!(answer.status(), 200);
        Live::read(answer.into_body())
    }
}
