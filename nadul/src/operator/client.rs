//! Asks a running process over its loopback HTTP endpoints.
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use crate::global::Global;
use crate::identities;
use clap::Args;
use rustls::crypto;
use serde_json::Value;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use telemetry::printable;
use ureq::http::{Response, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, RequestBuilder};

/// A stop may take as long as its drain.
const TIMEOUT: Duration = Duration::from_secs(60);

pub struct Client {
    agent: Agent,
    url: String,
    /// Who the operator is, where somebody has to be.
    authorization: Option<String>,
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
        let data = global.data.as_deref();
        let url = match &self.at {
            Some(url) => url.clone(),
            None => Folder::named(data)?.running()?.url,
        };
        let token = identities::of_operator(&global.settings()?, data, self.at.is_some())?;
        let is_here = self.at.is_none() || is_here(&url);
        Ok(Client::at((&url, is_here), token.map(|token| format!("Bearer {token}"))))
    }
}

impl Client {
    fn at((url, is_here): (&str, bool), authorization: Option<String>) -> Client {
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(TIMEOUT)).proxy(None);
        let config = config.tls_config(tls(is_here));
        Client { agent: config.build().into(), url: url.trim_end_matches('/').to_string(), authorization }
    }

    pub fn get(&self, path: &str) -> CommandResult<Value> {
        let request = self.signed(self.agent.get(self.address(path)).header("accept", "application/json"));
        self.answer(path, request.call())
    }

    pub fn put(&self, path: &str, body: &Value) -> CommandResult<Value> {
        let request = self.signed(self.agent.put(self.address(path)).content_type("application/json"));
        self.answer(path, request.send(body.to_string()))
    }

    pub fn post(&self, path: &str, body: &Value) -> CommandResult<Value> {
        let request = self.signed(self.agent.post(self.address(path)).content_type("application/json"));
        self.answer(path, request.send(body.to_string()))
    }

    fn signed<B>(&self, request: RequestBuilder<B>) -> RequestBuilder<B> {
        match &self.authorization {
            Some(authorization) => request.header("authorization", authorization),
            None => request,
        }
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

/// Whoever answers on this machine is asked whatever its certificate is for: that names the server as clients elsewhere know it.
fn tls(is_here: bool) -> TlsConfig {
    let config = TlsConfig::builder().unversioned_rustls_crypto_provider(Arc::new(crypto::ring::default_provider()));
    if is_here {
        return config.disable_verification(true).build();
    }
    let believed = rustls_native_certs::load_native_certs().certs;
    let believed: Vec<_> = believed.iter().map(|certificate| Certificate::from_der(certificate).to_owned()).collect();
    config.root_certs(RootCerts::Specific(Arc::new(believed))).build()
}

fn is_here(url: &str) -> bool {
    let uri = url.parse::<Uri>().ok();
    let host = uri.as_ref().and_then(Uri::host).unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

/// What a problem says to people, behind its status.
fn problem(status: u16, value: &Value) -> String {
    let text = ["detail", "title"].iter().find_map(|name| value[name].as_str()).or(value.as_str());
    format!("{status} {}", printable::escape(text.unwrap_or_default().trim())).trim_end().to_string()
}
