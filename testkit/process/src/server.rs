//! A process at work on a folder of its own, on any free port; or the gateway of many. It is killed when it goes.
use crate::cluster::Cluster;
use crate::event_stream::EventStream;
use crate::http_answer::HttpAnswer;
use crate::http_client::HttpClient;
use crate::nadul::{CommandOutput, Nadul};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

pub const WAIT_LIMIT: Duration = Duration::from_secs(30);

pub struct ServerProcess<'a> {
    pub nadul: &'a Nadul,
    pub url: String,
    child: Child,
    out: Mutex<Receiver<String>>,
    /// The processes behind it, where it is the gateway of many.
    pub(crate) cluster: Option<Cluster<'a>>,
    token: Option<String>,
}

impl Nadul {
    pub(crate) fn start(&self, mut command: Command) -> ServerProcess<'_> {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the binary starts");
        let out = lines(child.stdout.take().expect("its output is piped"));
        let first = out.recv_timeout(WAIT_LIMIT).expect("it says where it listens");
        let url = first.split_whitespace().find(|word| word.starts_with("http://") || word.starts_with("https://"));
        let url = url.unwrap_or_else(|| panic!("no address in {first:?}")).to_string();
        ServerProcess { nadul: self, url, child, out: Mutex::new(out), cluster: None, token: None }
    }
}

/// What it prints, line by line, read as it comes, so that a wait for a line can end.
fn lines(out: ChildStdout) -> Receiver<String> {
    let (said, lines) = mpsc::channel();
    std::thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| said.send(line)));
    lines
}

impl<'a> ServerProcess<'a> {
    /// The processes behind it, as it is a gateway.
    #[track_caller]
    pub fn cluster(&self) -> &Cluster<'a> {
        self.cluster.as_ref().expect("the gateway of many processes")
    }

    /// With the process that works for a context: this one, or of many the one that owns it.
    #[track_caller]
    pub fn at_owner<T>(&self, context: &str, act: impl FnOnce(&ServerProcess<'a>) -> T) -> T {
        match &self.cluster {
            Some(cluster) => cluster.at(&cluster.owner(context).expect("it has an owner"), act),
            None => act(self),
        }
    }

    /// Of the gateway, where it is one; the same holds for its signals and its output.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, name: &str) -> &Self {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status();
        assert!(sent.expect("there is a kill").success());
        self
    }

    /// Reads what it prints up to a line that has these words.
    pub fn wait_for_output(&mut self, words: &str) -> String {
        let until = Instant::now() + WAIT_LIMIT;
        let out = self.out.get_mut().unwrap_or_else(PoisonError::into_inner);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let line = out.recv_timeout(left).unwrap_or_else(|_| panic!("it never said {words:?}"));
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Its exit code and how long that took.
    pub fn wait_for_exit(&mut self) -> (Option<i32>, Duration) {
        let start = Instant::now();
        while start.elapsed() < WAIT_LIMIT {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                return (status.code(), start.elapsed());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it did not end within {WAIT_LIMIT:?}");
    }

    pub fn client(&self) -> HttpClient {
        let client = HttpClient::at(&self.url);
        match &self.token {
            Some(token) => client.signed_in(token),
            None => client,
        }
    }

    /// What is asked through this process is asked with this token from now on.
    pub fn sign_in(&mut self, token: String) {
        self.token = Some(token);
    }

    pub fn request(&self, method: &str, path: &str, body: &Value) -> HttpAnswer {
        self.client().request(method, path, &[], &body.to_string()).expect("an answer")
    }

    /// Word for word, with these headers.
    pub fn request_with(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> HttpAnswer {
        self.client().request(method, path, headers, body).expect("an answer")
    }

    pub fn post(&self, path: &str, body: &Value) -> HttpAnswer {
        self.request("POST", path, body)
    }

    pub fn patch(&self, path: &str, body: &Value) -> HttpAnswer {
        self.request("PATCH", path, body)
    }

    pub fn put(&self, path: &str, body: &Value) -> HttpAnswer {
        self.request("PUT", path, body)
    }

    pub fn delete(&self, path: &str) -> HttpAnswer {
        self.client().request("DELETE", path, &[], "").expect("an answer")
    }

    pub fn get(&self, path: &str) -> HttpAnswer {
        self.client().request("GET", path, &[], "").expect("an answer")
    }

    /// A row or a collection as it changes; `from` is the last id that was heard, if any.
    pub fn stream(&self, path: &str, from: Option<&str>) -> EventStream {
        self.client().stream(path, from)
    }

    /// A read that is repeated until its text has these words.
    #[track_caller]
    pub fn wait_for_text(&self, path: &str, words: &str) -> HttpAnswer {
        self.wait_until(path, words, |answer| answer.text.contains(words))
    }

    /// A read that is repeated until so many rows are there.
    #[track_caller]
    pub fn wait_for_count(&self, path: &str, many: u64) -> HttpAnswer {
        let is = |answer: &HttpAnswer| answer.json()["page"]["totalElements"] == many;
        self.wait_until(path, &format!("{many} rows"), is)
    }

    /// A read that is repeated until it is as it should be.
    #[track_caller]
    pub fn wait_until(&self, path: &str, what: &str, is: impl Fn(&HttpAnswer) -> bool) -> HttpAnswer {
        self.client().wait_until(path, what, is)
    }

    /// The sandbox's provider answers so from now on.
    #[track_caller]
    pub fn set_payment_mode(&self, system: &str, mode: &str) {
        self.put(&format!("/{system}/sandbox/payment"), &json!({ "mode": mode })).expect_status(200);
    }

    /// A context stops while the others go on; of many, its processes end in order.
    #[track_caller]
    pub fn stop_context(&self, system: &str, context: &str) {
        match &self.cluster {
            Some(cluster) => cluster.stop_context(&format!("{system}/{context}")),
            None => self.run_context(system, context, false),
        }
    }

    #[track_caller]
    pub fn start_context(&self, system: &str, context: &str) {
        match &self.cluster {
            Some(cluster) => cluster.start_context(&format!("{system}/{context}")),
            None => self.run_context(system, context, true),
        }
    }

    #[track_caller]
    fn run_context(&self, system: &str, context: &str, running: bool) {
        let body = json!({ "running": running });
        self.put(&format!("/{system}/sandbox/contexts/{context}"), &body).expect_status(200);
    }

    pub fn run(&self, arguments: &[&str]) -> CommandOutput {
        self.nadul.run(arguments)
    }

    #[track_caller]
    pub fn stop(mut self) {
        self.signal("-TERM");
        assert_eq!(self.wait_for_exit().0, Some(0));
        self.cluster.iter().for_each(Cluster::stop_all);
    }

    /// As kill −9 does, all of it at once.
    pub fn kill(mut self) {
        self.signal("-KILL");
        self.cluster.iter().for_each(Cluster::kill_all);
        self.wait_for_exit();
    }
}

impl Drop for ServerProcess<'_> {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _already_waited = self.child.wait();
    }
}
