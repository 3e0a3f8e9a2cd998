//! A client of a process, for threads of their own.
use crate::event_stream::EventStream;
use crate::http_answer::HttpAnswer;
use crate::server::WAIT_LIMIT;
use serde_json::Value;
use std::time::{Duration, Instant};

/// The address of a process, for threads of their own; it keeps its connections.
#[derive(Clone)]
pub struct HttpClient {
    url: String,
    agent: ureq::Agent,
    /// As every request says who asks.
    authorization: Option<String>,
}

impl HttpClient {
    pub fn at(url: &str) -> HttpClient {
        let config = ureq::Agent::config_builder().http_status_as_error(false).allow_non_standard_methods(true);
        HttpClient { url: url.to_string(), agent: config.build().into(), authorization: None }
    }

    /// Every request is this caller's.
    pub fn signed_in(self, token: &str) -> HttpClient {
        HttpClient { authorization: Some(format!("Bearer {token}")), ..self }
    }

    /// `None`: it was gone before it answered.
    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Option<HttpAnswer> {
        let request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        let signed = self.authorization.iter().map(|value| ("authorization", value.as_str()));
        let headers = signed.chain(headers.iter().copied());
        let request = headers.fold(request, |request, (name, value)| request.header(name, value));
        let mut answer = match body {
            "" => self.agent.run(request.body(()).ok()?).ok()?,
            body => self.agent.run(request.header("content-type", "application/json").body(body).ok()?).ok()?,
        };
        let text = answer.body_mut().read_to_string().ok()?;
        Some(HttpAnswer { status: answer.status().as_u16(), headers: answer.headers().clone(), text })
    }

    /// A read that is repeated until it is as it should be.
    #[track_caller]
    pub fn wait_until(&self, path: &str, what: &str, is: impl Fn(&HttpAnswer) -> bool) -> HttpAnswer {
        let start = Instant::now();
        loop {
            let answer = self.request("GET", path, &[], "");
            match answer {
                Some(answer) if is(&answer) => return answer,
                answer if start.elapsed() > WAIT_LIMIT => panic!("{path} never shows {what}: {answer:?}"),
                _ => std::thread::sleep(Duration::from_millis(5)),
            }
        }
    }

    pub fn post(&self, path: &str, body: &Value) -> Option<HttpAnswer> {
        self.request("POST", path, &[], &body.to_string())
    }

    pub fn stream(&self, path: &str, from: Option<&str>) -> EventStream {
        let request = self.agent.get(format!("{}{path}", self.url)).header("accept", "text/event-stream");
        let request = from.into_iter().fold(request, |request, from| request.header("last-event-id", from));
        let signed = self.authorization.iter();
        let request = signed.fold(request, |request, value| request.header("authorization", value));
        let answer = request.call().expect("an answer");
        assert_eq!(answer.status(), 200);
        EventStream::read(answer.into_body())
    }
}
