//! Who owns a context, how it stands and how far it is, and the owner's word to its heir.
use super::{Port, asked};
use crate::problem::Problem;
use crate::tokens::Audience;
use crate::wire::OfContext;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use kernel::Head;
use runtime::port::replica::Ownership;
use runtime::port::work::Status;

type Asked = Result<Query<OfContext>, QueryRejection>;

pub async fn head(
    State(port): State<Port>,
    Extension(audience): Extension<Audience>,
    query: Asked,
) -> Result<Json<Head>, Problem> {
    let context = context(query, &audience)?;
    let name = context.clone();
    port.read(move |inside| inside.head(&name)).await?.map(Json).ok_or_else(|| Problem::no_such_context(&context))
}

pub async fn status(
    State(port): State<Port>,
    Extension(audience): Extension<Audience>,
    query: Asked,
) -> Result<Json<Status>, Problem> {
    let context = context(query, &audience)?;
    port.inside.status(&context).map(Json).ok_or_else(|| Problem::no_such_context(&context))
}

pub async fn replicas(
    State(port): State<Port>,
    Extension(audience): Extension<Audience>,
    query: Asked,
) -> Result<Json<Ownership>, Problem> {
    let context = context(query, &audience)?;
    let name = context.clone();
    port.read(move |inside| inside.ownership(&name)).await?.map(Json).ok_or_else(|| Problem::no_such_context(&context))
}

pub async fn yours(
    State(port): State<Port>,
    Extension(audience): Extension<Audience>,
    query: Asked,
) -> Result<StatusCode, Problem> {
    port.inside.yours(&context(query, &audience)?);
    Ok(StatusCode::NO_CONTENT)
}

fn context(query: Asked, audience: &Audience) -> Result<String, Problem> {
    asked(query, audience, |query| &query.context).map(|query| query.context)
}
