//! Asks a running process over its loopback HTTP endpoints.
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use crate::global::Global;
use clap::Args;
use serde_json::Value;
use std::time::Duration;
use telemetry::printable;
use ureq::http::Response;
use ureq::{Agent, Body};

/// A stop may take as long as its drain.
const TIMEOUT: Duration = Duration::from_secs(60);

pub struct Client {
    agent: Agent,
    url: String,
}

/// Which process is asked.
#[derive(Args)]
pub struct Asked {
    /// Ask the process or gateway at this address, such as http://127.0.0.1:8088, instead of the one that has the data folder
    #[arg(long, value_name = "URL")]
    at: Option<String>,
}

impl Asked {
    pub fn client(&self, global: &Global) -> CommandResult<Client> {
        match &self.at {
            Some(url) => Ok(Client::at(url)),
            None => Ok(Client::at(&Folder::named(global.data.as_deref())?.running()?.url)),
        }
    }
}

impl Client {
    fn at(url: &str) -> Client {
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(TIMEOUT)).proxy(None);
        Client { agent: config.build().into(), url: url.trim_end_matches('/').to_string() }
    }

    pub fn get(&self, path: &str) -> CommandResult<Value> {
        self.answer(path, self.agent.get(self.address(path)).header("accept", "application/json").call())
    }

    pub fn put(&self, path: &str, body: &Value) -> CommandResult<Value> {
        let request = self.agent.put(self.address(path)).content_type("application/json");
        self.answer(path, request.send(body.to_string()))
    }

    pub fn post(&self, path: &str, body: &Value) -> CommandResult<Value> {
        let request = self.agent.post(self.address(path)).content_type("application/json");
        self.answer(path, request.send(body.to_string()))
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    fn answer(&self, path: &str, sent: Result<Response<Body>, ureq::Error>) -> CommandResult<Value> {
        let failed = |what: String| CommandError::new(format!("{}{path}: {what}", self.url));
        let mut response = sent.map_err(|error| failed(error.to_string()))?;
        let text = response.body_mut().read_to_string().map_err(|error| failed(error.to_string()))?;
        let value = serde_json::from_str(&text).unwrap_or(Value::String(text));
        if response.status().is_success() {
            Ok(value)
        } else {
            Err(failed(problem(response.status().as_u16(), &value)))
        }
    }
}

/// What a problem says to people, behind its status.
fn problem(status: u16, value: &Value) -> String {
    let text = ["detail", "title"].iter().find_map(|name| value[name].as_str()).or(value.as_str());
    format!("{status} {}", printable::escape(text.unwrap_or_default().trim())).trim_end().to_string()
}
