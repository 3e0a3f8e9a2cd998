//! People who are signed in with some roles, at a process in mode `local`.
use super::token;
use process::{EventStream, HttpAnswer, HttpClient, Nadul, ServerProcess};
use serde_json::{Value, json};

/// All systems, with nobody slowed down; the process itself is asked as an operator.
pub fn local(nadul: &Nadul) -> ServerProcess<'_> {
    local_with(nadul, &[])
}

/// The same with these settings.
pub fn local_with<'a>(nadul: &'a Nadul, settings: &[&str]) -> ServerProcess<'a> {
    let quick = ["access.mode=local", "access.requests_per_s=100000", "access.burst=100000"];
    let quick = quick.iter().chain(settings).flat_map(|setting| ["--set", *setting]);
    let mut server = nadul.serve(&["--data", "data"].into_iter().chain(quick).collect::<Vec<_>>());
    server.sign_in(token(nadul, "ann", "operator", &["--data", "data"]));
    server
}

pub struct Person(HttpClient);

impl Person {
    /// Of this name, with roles between commas.
    #[track_caller]
    pub fn new(server: &ServerProcess<'_>, name: &str, roles: &str) -> Person {
        let mut roles = roles.split(',');
        let first = roles.next().unwrap_or_default();
        let others = roles.flat_map(|role| ["--role", role]);
        let arguments: Vec<&str> = others.chain(["--data", "data"]).collect();
        Person(HttpClient::at(&server.url).signed_in(&token(server.nadul, name, first, &arguments)))
    }

    #[track_caller]
    pub fn request_with(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> HttpAnswer {
        self.0.request(method, path, headers, body).unwrap_or_else(|| panic!("no answer to {method} {path}"))
    }

    #[track_caller]
    pub fn request(&self, method: &str, path: &str, body: &Value) -> HttpAnswer {
        self.request_with(method, path, &[], &if body.is_null() { String::new() } else { body.to_string() })
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> HttpAnswer {
        self.request("GET", path, &Value::Null)
    }

    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> HttpAnswer {
        self.request("POST", path, body)
    }

    pub fn stream(&self, path: &str, from: Option<&str>) -> EventStream {
        self.0.stream(path, from)
    }

    #[track_caller]
    pub fn wait_for_count(&self, path: &str, many: u64) -> HttpAnswer {
        let is = |answer: &HttpAnswer| answer.json()["page"]["totalElements"] == json!(many);
        self.0.wait_until(path, &format!("{many} rows"), is)
    }
}
