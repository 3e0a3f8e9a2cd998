//! A success as it is answered: the row as the draft leaves it, kept under the request's key in the same commit.
use super::AdmittedRequest;
use crate::machine::current::Changed;
use crate::machine::draft::Draft;
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use crate::request::{Answer, RepeatKey};
use kernel::{Id, Route, StoredAnswer, Success};

/// The route and the key as stored answers name them.
pub fn stored_under<'a>(route: &Route, key: &'a RepeatKey) -> (String, &'a str) {
    let Route { method, path, .. } = route;
    match key {
        RepeatKey::Client(key) => (format!("{method} {path}"), key),
        RepeatKey::Edge(key) => (format!("edge {method} {path}"), key),
    }
}

impl Scope<'_> {
    /// Keeps the draft together with the answer; the answer leaves when both are durable.
    pub fn keep_answered(&mut self, mut draft: Draft, request: &AdmittedRequest, id: Id) -> Result<Answer> {
        let answer = self.answer(&draft, request, id)?;
        if let Some(repeat) = &request.client.idempotency {
            let (route, key) = stored_under(request.declared(&self.work.declared()), &repeat.key);
            let text = serde_json::to_string(&answer).expect("an answer is plain data").into();
            let (key, digest, at) = (key.to_string(), repeat.digest, self.kept_from(&repeat.key));
            draft.commit.answers.push(StoredAnswer { route, key, digest, at, answer: text });
        }
        self.work.keep(draft);
        Ok(answer)
    }

    /// The thing is so already: the answer is its row as it stands, and nothing is done.
    pub fn answer_as_it_is(&mut self, request: &AdmittedRequest, id: Id) -> Result<Answer> {
        let draft = self.work.draft();
        if request.client.idempotency.is_some() {
            return self.keep_answered(draft, request, id);
        }
        self.answer(&draft, request, id)
    }

    fn answer(&mut self, draft: &Draft, request: &AdmittedRequest, id: Id) -> Result<Answer> {
        let declared = self.work.declared();
        let route = request.declared(&declared);
        let row = match declared.tables().position(|collection| collection.name == route.collection) {
            Some(table) => self.work.current.row(&draft.changed, self.store, (table, id))?.row,
            None => None,
        };
        let (body, history) = row.as_ref().map(|row| (row.body.clone(), row.history.clone())).unwrap_or_default();
        let etag = row.map_or(0, |row| row.change);
        Ok(Answer { done: route.success, id, body, history, etag, position: draft.position })
    }

    /// What a route reads of its own context.
    pub fn answer_read(&self, id: Id, body: String) -> Answer {
        let position = self.work.head.position;
        Answer { done: Success::Read, id, body: Some(body.into()), history: None, etag: 0, position }
    }

    /// Whether the row has another version than those the client names.
    pub fn is_stale(&mut self, request: &AdmittedRequest, id: Id) -> Result<bool> {
        let Some(wanted) = &request.client.if_match else { return Ok(false) };
        let declared = self.work.declared();
        let collection = request.declared(&declared).collection;
        let Some(table) = declared.tables().position(|c| c.name == collection) else { return Ok(false) };
        let row = self.work.current.row(&Changed::default(), self.store, (table, id))?.row;
        Ok(row.is_some_and(|row| !wanted.contains(&row.change)))
    }
}
