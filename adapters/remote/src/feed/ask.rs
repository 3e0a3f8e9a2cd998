//! Questions about a source: to its owner first, else to whoever can read it.
use super::source::Source;
use crate::client::Unanswered;
use crate::client::ask::{Question, encoded};
use crate::wire::{EVENTS_MAX, LOG, LogPage};
use axum::http::Method;
use bytes::Bytes;
use kernel::Head;
use std::time::Duration;

/// What an answer may take besides its waiting for news.
const GRACE: Duration = Duration::from_secs(1);

impl Source {
    /// # Errors
    /// Nobody answers; why the last one that was asked did not.
    pub(super) async fn page(&self, after: u64, wait_ms: u64) -> Result<LogPage, String> {
        let mut reason = self.nobody();
        for base in self.bases() {
            match self.page_of(&base, after, wait_ms).await {
                Ok(page) if page.after == after => return Ok(page),
                Ok(_) => reason = format!("{base} answers with another page of {}", self.name),
                Err(unanswered) => reason = self.unanswered(&base, unanswered),
            }
        }
        Err(reason)
    }

    pub(super) async fn head(&self) -> Result<Head, String> {
        let mut reason = self.nobody();
        for base in self.bases() {
            match self.opening.client.head(&base, self.name).await {
                Ok(head) => return Ok(head),
                Err(unanswered) => reason = self.unanswered(&base, unanswered),
            }
        }
        Err(reason)
    }

    pub(super) fn owner(&self) -> Option<String> {
        self.opening.directory.owner(self.name)
    }

    fn bases(&self) -> Vec<String> {
        let mut bases: Vec<String> = self.owner().into_iter().collect();
        for base in self.opening.directory.readers(self.name) {
            if !bases.contains(&base) {
                bases.push(base);
            }
        }
        bases
    }

    async fn page_of(&self, base: &str, after: u64, wait_ms: u64) -> Result<LogPage, Unanswered> {
        let context = self.name;
        let (name, path) = (encoded(context), LOG);
        let path_and_query = format!("{path}?context={name}&after={after}&at_most={EVENTS_MAX}&wait_ms={wait_ms}");
        let question = Question { method: Method::GET, base, path_and_query, context, body: Bytes::new() };
        self.opening.client.ask(question, Duration::from_millis(wait_ms) + GRACE).await?.read()
    }

    fn nobody(&self) -> String {
        format!("nobody is known who answers for {}", self.name)
    }

    fn unanswered(&self, base: &str, unanswered: Unanswered) -> String {
        self.opening.directory.doubt(self.name, base);
        let (Unanswered::Untouched(reason) | Unanswered::Unknown(reason)) = unanswered;
        format!("{} at {base}: {reason}", self.name)
    }
}
