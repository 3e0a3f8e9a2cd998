//! One list on its way: what its answer, or the lack of one, means for each of its messages.
use super::line::Line;
use super::waiting::Waiting;
use crate::client::Unanswered;
use crate::client::ask::Question;
use crate::inside::Taken;
use crate::wire::MESSAGES;
use axum::http::Method;
use runtime::port::peers::Envelope;
use std::time::{Duration, Instant};

/// How long a process may take to put a list into a mailbox.
const WITHIN: Duration = Duration::from_secs(1);

impl Line {
    pub(super) async fn send(&self, mut list: Vec<Waiting>) {
        let Some(base) = self.directory.owner(self.receiver) else {
            return self.put_back(list, "its owner is not known");
        };
        match self.post(&base, &mut list).await {
            Ok(outcomes) if outcomes.len() == list.len() => self.sort(&base, list, outcomes),
            Ok(_) => self.gone(&base, &list, "the outcomes are not those of the messages"),
            Err(Unanswered::Untouched(reason)) => {
                self.directory.doubt(self.receiver, &base);
                self.put_back(list, &reason);
            }
            Err(Unanswered::Unknown(reason)) => {
                self.directory.doubt(self.receiver, &base);
                self.gone(&base, &list, &reason);
            }
        }
    }

    async fn post(&self, base: &str, list: &mut [Waiting]) -> Result<Vec<Taken>, Unanswered> {
        let now = Instant::now();
        let envelopes: Vec<&Envelope> = list.iter_mut().map(|waiting| waiting.leaving(now)).collect();
        let body = serde_json::to_vec(&envelopes).map_err(|error| Unanswered::Untouched(error.to_string()))?.into();
        let path_and_query = MESSAGES.to_string();
        let question = Question { method: Method::POST, base, path_and_query, context: self.receiver, body };
        self.client.ask(question, WITHIN).await?.read()
    }

    fn sort(&self, base: &str, list: Vec<Waiting>, outcomes: Vec<Taken>) {
        let mut again = vec![];
        for (waiting, outcome) in list.into_iter().zip(&outcomes) {
            match outcome {
                Taken::Taken => {}
                Taken::NotOwner | Taken::Full => again.push(waiting),
                Taken::Unreadable => {
                    let message = &waiting.envelope().message;
                    tracing::warn!(to = self.receiver, base, %message, "a message can't be read by its receiver");
                }
            }
        }
        if outcomes.contains(&Taken::NotOwner) {
            self.directory.doubt(self.receiver, base);
        }
        match again.is_empty() {
            true => self.succeeded(),
            false => self.put_back(again, "not its owner, or its mailbox is full"),
        }
    }

    /// They may have arrived, so they are not sent again.
    fn gone(&self, base: &str, list: &[Waiting], reason: &str) {
        tracing::debug!(
            to = self.receiver,
            base,
            reason,
            messages = list.len(),
            "nobody knows whether messages arrived"
        );
    }
}
