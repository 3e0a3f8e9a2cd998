//! One request and its answer, within a time.
use super::{ProcessClient, Unanswered};
use crate::wire::{OWNER_EPOCH, OWNER_URL};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, Request, Response, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// Bytes of an answer, at most: a page of a log with one very large event.
const ANSWER_BYTES_MAX: usize = 16 << 20;

/// A whole answer.
pub(crate) struct Answer {
    pub status: StatusCode,
    pub body: Bytes,
}

/// A question to the process at `base`, about one context.
pub(crate) struct Question<'a> {
    pub method: Method,
    pub base: &'a str,
    pub path_and_query: String,
    /// Whom the token is for.
    pub context: &'a str,
    /// JSON, where there is any.
    pub body: Bytes,
}

impl ProcessClient {
    pub(crate) async fn ask(&self, question: Question<'_>, within: Duration) -> Result<Answer, Unanswered> {
        let request = question.request().map_err(Unanswered::Untouched)?;
        let asking = async { whole(self.send(question.context, request).await?).await };
        let too_late = || Err(Unanswered::Unknown(format!("no answer within {} ms", within.as_millis())));
        tokio::time::timeout(within, asking).await.unwrap_or_else(|_| too_late())
    }

    /// A request as it is, signed and sent once to a process of the context; the head of its answer.
    ///
    /// # Errors
    /// Untouched: there was no connection. Unknown: it broke, and some of the request may have been sent.
    pub async fn send(
        &self,
        context: &str,
        mut request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, Unanswered> {
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, self.signer.authorization(context).map_err(Unanswered::Untouched)?);
        if let Some((url, epoch)) = self.owning.as_ref().and_then(|owning| owning())
            && let Ok(url) = HeaderValue::try_from(url)
        {
            headers.insert(OWNER_URL, url);
            headers.insert(OWNER_EPOCH, epoch.into());
        }
        let response = self.connections.request(context, request).map_err(Unanswered::Untouched)?;
        response.await.map_err(|error| match error.is_connect() {
            true => Unanswered::Untouched(said(&error)),
            false => Unanswered::Unknown(said(&error)),
        })
    }
}

impl Question<'_> {
    fn request(&self) -> Result<Request<Full<Bytes>>, String> {
        let Question { method, base, path_and_query, body, .. } = self;
        let mut request =
            Request::builder().method(method).uri(format!("{}{path_and_query}", base.trim_end_matches('/')));
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        request.body(Full::new(body.clone())).map_err(|error| error.to_string())
    }
}

async fn whole(response: Response<Incoming>) -> Result<Answer, Unanswered> {
    let status = response.status();
    let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await;
    let body = body.map_err(|error| Unanswered::Unknown(error.to_string()))?.to_bytes();
    Ok(Answer { status, body })
}

impl Answer {
    /// # Errors
    /// The answer is another one than 200 and what is wanted.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Unanswered> {
        if self.status != StatusCode::OK {
            return Err(self.refusal());
        }
        serde_json::from_slice(&self.body).map_err(|error| Unanswered::Unknown(error.to_string()))
    }

    /// An answer that says that nothing was done, or one that does not say what was: a proxy says 503 after sending, too.
    pub fn refusal(&self) -> Unanswered {
        let text = format!("{}: {}", self.status, String::from_utf8_lossy(&self.body));
        match self.status.is_client_error() {
            true => Unanswered::Untouched(text),
            false => Unanswered::Unknown(text),
        }
    }
}

/// A part of a query.
pub(crate) fn encoded(text: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(text, NON_ALPHANUMERIC)
}

/// An error with its causes: the outermost one says only that it could not connect.
fn said(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
