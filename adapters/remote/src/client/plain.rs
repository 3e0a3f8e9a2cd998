//! The plain questions: who owns a context, how far it is, and the owner's word to its heir.
use super::ask::{Answer, Question, encoded};
use super::{ProcessClient, Unanswered};
use crate::wire;
use axum::http::{Method, StatusCode};
use bytes::Bytes;
use kernel::Head;
use runtime::port::replica::Ownership;
use runtime::port::work::Status;
use std::time::Duration;

/// How long an answer may take.
const WITHIN: Duration = Duration::from_secs(1);

impl ProcessClient {
    /// Who owns a context and who is there, as the process at this base knows it.
    ///
    /// # Errors
    /// Nobody there knows it.
    pub async fn replicas(&self, base: &str, context: &str) -> Result<Ownership, Unanswered> {
        self.plain(Method::GET, base, wire::REPLICAS, context).await?.read()
    }

    /// What is durable in a context.
    ///
    /// # Errors
    /// Nobody there knows it.
    pub async fn head(&self, base: &str, context: &str) -> Result<Head, Unanswered> {
        self.plain(Method::GET, base, wire::HEAD, context).await?.read()
    }

    /// How a context stands at its owner.
    ///
    /// # Errors
    /// It does not work there.
    pub async fn status(&self, base: &str, context: &str) -> Result<Status, Unanswered> {
        self.plain(Method::GET, base, wire::STATUS, context).await?.read()
    }

    /// Tells an heir that the context was given to it.
    ///
    /// # Errors
    /// The heir may not know it; it sees it in the store a little later.
    pub async fn yours(&self, base: &str, context: &str) -> Result<(), Unanswered> {
        let answer = self.plain(Method::POST, base, wire::YOURS, context).await?;
        if answer.status == StatusCode::NO_CONTENT { Ok(()) } else { Err(answer.refusal()) }
    }

    async fn plain(&self, method: Method, base: &str, path: &str, context: &str) -> Result<Answer, Unanswered> {
        let path_and_query = format!("{path}?context={}", encoded(context));
        self.ask(Question { method, base, path_and_query, context, body: Bytes::new() }, WITHIN).await
    }
}
