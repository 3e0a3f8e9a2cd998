//! Who owns a context and how far it is, and the owner's word to its heir.
use super::{Port, asked};
use crate::problem::Problem;
use crate::tokens::Audience;
use crate::wire::OfContext;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;

type Asked = Result<Query<OfContext>, QueryRejection>;

pub async fn head(State(port): State<Port>, Extension(audience): Extension<Audience>, query: Asked) -> Response {
    match context(query, &audience) {
        Ok(context) => answer(port.read(move |inside| (inside.head(&context), context)).await),
        Err(refusal) => refusal,
    }
}

pub async fn replicas(State(port): State<Port>, Extension(audience): Extension<Audience>, query: Asked) -> Response {
    match context(query, &audience) {
        Ok(context) => answer(port.read(move |inside| (inside.ownership(&context), context)).await),
        Err(refusal) => refusal,
    }
}

pub async fn yours(State(port): State<Port>, Extension(audience): Extension<Audience>, query: Asked) -> Response {
    match context(query, &audience) {
        Ok(context) => {
            port.inside.yours(&context);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(refusal) => refusal,
    }
}

fn context(query: Asked, audience: &Audience) -> Result<String, Response> {
    asked(query, audience, |query| &query.context).map(|query| query.context)
}

fn answer<T: Serialize>(read: Result<(Option<T>, String), Problem>) -> Response {
    match read {
        Ok((Some(found), _)) => Json(found).into_response(),
        Ok((None, context)) => Problem::no_such_context(&context).into_response(),
        Err(problem) => problem.into_response(),
    }
}
