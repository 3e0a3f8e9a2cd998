//! A client of a process, for threads of their own.
use crate::event_stream::EventStream;
use crate::http_answer::HttpAnswer;
use serde_json::Value;

/// The address of a process, for threads of their own; it keeps its connections.
#[derive(Clone)]
pub struct HttpClient {
    url: String,
    agent: ureq::Agent,
}

impl HttpClient {
    pub fn at(url: &str) -> HttpClient {
        let config = ureq::Agent::config_builder().http_status_as_error(false).allow_non_standard_methods(true);
        HttpClient { url: url.to_string(), agent: config.build().into() }
    }

    /// `None`: it was gone before it answered.
    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Option<HttpAnswer> {
        let request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let mut answer = match body {
            "" => self.agent.run(request.body(()).ok()?).ok()?,
            body => self.agent.run(request.header("content-type", "application/json").body(body).ok()?).ok()?,
        };
        let text = answer.body_mut().read_to_string().ok()?;
        Some(HttpAnswer { status: answer.status().as_u16(), headers: answer.headers().clone(), text })
    }

    pub fn post(&self, path: &str, body: &Value) -> Option<HttpAnswer> {
        self.request("POST", path, &[], &body.to_string())
    }

    pub fn stream(&self, path: &str, from: Option<&str>) -> EventStream {
        let request = self.agent.get(format!("{}{path}", self.url)).header("accept", "text/event-stream");
        let request = from.into_iter().fold(request, |request, from| request.header("last-event-id", from));
        let answer = request.call().expect("an answer");
        assert_eq!(answer.status(), 200);
        EventStream::read(answer.into_body())
    }
}
