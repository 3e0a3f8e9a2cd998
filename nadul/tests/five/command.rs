//! A command as it is sent: by whom, and with which headers, is up to the scenario.
use process::{HttpAnswer, HttpClient};
use serde_json::Value;

#[derive(Clone)]
pub struct HttpCommand {
    pub method: &'static str,
    pub path: String,
    /// Null where it has none.
    pub body: Value,
}

impl HttpCommand {
    pub fn new(method: &'static str, path: impl Into<String>, body: Value) -> HttpCommand {
        HttpCommand { method, path: path.into(), body }
    }

    /// `None`: the process was gone before it answered.
    pub fn try_send(&self, client: &HttpClient, headers: &[(&str, &str)]) -> Option<HttpAnswer> {
        let body = if self.body.is_null() { String::new() } else { self.body.to_string() };
        client.request(self.method, &self.path, headers, &body)
    }

    pub fn send(&self, client: &HttpClient) -> HttpAnswer {
        self.send_with(client, &[])
    }

    pub fn send_with(&self, client: &HttpClient, headers: &[(&str, &str)]) -> HttpAnswer {
        self.try_send(client, headers).expect("an answer")
    }
}
