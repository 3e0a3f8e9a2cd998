//! A route of a context: its form read, its command asked, its answer told.
use crate::call::Call;
use crate::cause;
use crate::door::Handle;
use crate::field::Flaw;
use crate::house::Place;
use crate::problem::{Outcome, Problem};
use crate::{answer, body, precondition, query, repeat};
use axum::response::Response;
use kernel::{Body, Erased, Method, Route, Timestamp};
use runtime::machine::{KEY_REUSED, Unfit};
use runtime::message::{Ask, Reply};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::oneshot;

pub(crate) struct Command {
    pub place: Place,
    pub context: usize,
    pub route: usize,
    /// Where in the path the id stands, if it has one.
    pub id_at: Option<usize>,
    /// Fields of its form, for those that are asked in a query.
    pub fields: Vec<String>,
}

impl Handle for Command {
    fn reads_body(&self) -> bool {
        self.route().method != Method::Get
    }

    async fn handle(&self, call: Call) -> Outcome<Response> {
        let route = self.route();
        let id = self.id_at.map(|at| call.id(at)).transpose()?;
        let bounds = &self.place.house.bounds;
        let idempotency = match route.method {
            Method::Post => repeat::key(&call.headers, &call.bytes, bounds.idempotency_key_chars_max)?,
            _ => None,
        };
        let (form, unfit) = match self.form(route, &call) {
            Ok(form) => (form, None),
            // Under a key only the context knows whether this is another body than the first.
            Err(problem) if idempotency.is_some() => (Arc::new(Unfit(problem.reason)) as Erased, Some(problem)),
            Err(problem) => return Err(problem),
        };
        let ask = Ask {
            token: 0,
            route: self.route,
            id,
            form,
            idempotency,
            if_match: precondition::if_match(&call.headers),
            deadline: now().plus_ms(bounds.request_timeout_ms),
            meta: call.meta,
        };
        let answer = match (self.ask(ask).await, unfit) {
            (Err(problem), Some(unfit)) if problem.reason.code != KEY_REUSED.code => return Err(unfit),
            (answer, _) => answer?,
        };
        Ok(answer::response(&self.place, self.context, route, &answer))
    }
}

impl Command {
    fn route(&self) -> &Route {
        &self.place.site.context(self.context).routes[self.route]
    }

    async fn ask(&self, ask: Ask) -> Outcome<runtime::message::Answer> {
        let (reply, answer) = oneshot::channel::<Reply>();
        self.place.site.host.ask(self.context, ask, Box::new(move |told| drop(reply.send(told))));
        let later = |_| Problem::later(&cause::UNAVAILABLE, self.place.house.bounds.retry_after_ms);
        answer.await.map_err(later)?.map_err(Into::into)
    }

    fn form(&self, route: &Route, call: &Call) -> Outcome<Erased> {
        let bounds = &self.place.house.bounds;
        if route.method == Method::Get {
            return self.asked_in_query(route, call);
        }
        let unread = route.form.empty && route.method == Method::Delete;
        let body = if unread { Body::empty(bounds.text()) } else { body::object(&call.bytes, bounds)? };
        let refused = |wrong: Vec<_>| Problem::flawed(&cause::INVALID_FIELDS, wrong.iter().map(Flaw::field).collect());
        (route.form.read)(&body).map_err(refused)
    }

    fn asked_in_query(&self, route: &Route, call: &Call) -> Outcome<Erased> {
        let mut body = Body::empty(self.place.house.bounds.text());
        let mut flaws = vec![];
        for (name, value) in query::pairs(call.uri.query())? {
            if !self.fields.contains(&name) {
                flaws.push(Flaw::unknown(&name));
                continue;
            }
            let text = serde_json::to_string(&value).ok().and_then(|text| RawValue::from_string(text).ok());
            body.fields.extend(text.map(|text| (Cow::Owned(name), Cow::Owned(text))));
        }
        let read = (route.form.read)(&body);
        flaws.extend(read.as_ref().err().into_iter().flatten().map(|wrong| Flaw::parameter(wrong.field, &wrong.why)));
        match read {
            Ok(form) if flaws.is_empty() => Ok(form),
            _ => Err(Problem::flawed(&cause::INVALID_QUERY, flaws)),
        }
    }
}

pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
