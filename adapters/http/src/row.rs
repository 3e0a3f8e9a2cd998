//! One row, read by its id: as it is now, not again if it is known, or live.
use crate::accept::HAL;
use crate::answer;
use crate::call::Call;
use crate::cause;
use crate::collection_ref::CollectionRef;
use crate::door::Handle;
use crate::filter::Filters;
use crate::hal;
use crate::live::{self, Watched};
use crate::precondition::{is_known, tag};
use crate::problem::{Outcome, Problem};
use crate::wait::{self, Waited};
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::Response;
use kernel::{Id, Row};
use std::time::Duration;

pub(crate) struct OneRow {
    pub collection: CollectionRef,
    pub id_at: usize,
}

impl Handle for OneRow {
    fn patience(&self, call: &Call) -> Duration {
        wait::asked(&call.headers, &self.collection.place.house.bounds)
    }

    async fn handle(&self, call: Call) -> Outcome<Response> {
        let id = call.id(self.id_at)?;
        let collection = &self.collection;
        let waited = wait::until(collection, &call.headers).await;
        let (table, reader) = collection.open()?;
        let row = collection.place.house.reads.run(move || reader.row(&table, id)).await?;
        let stream = call.wants_stream();
        if stream && (row.is_some() || live::resumed(&call.headers).is_some()) {
            let watched = Watched { collection: collection.clone(), only: Some(id), filters: Filters::default() };
            return live::response(watched, live::resumed(&call.headers));
        }
        let Some((row, body)) = row.and_then(|row| row.body.clone().map(|body| (row, body))) else {
            return Err(Problem::of(&cause::UNKNOWN_ID));
        };
        Ok(self.told(&call, id, &row, &body, waited))
    }
}

impl OneRow {
    fn told(&self, call: &Call, id: Id, row: &Row, body: &str, waited: Waited) -> Response {
        let mut response = if is_known(&call.headers, row.change) {
            answer::empty(StatusCode::NOT_MODIFIED)
        } else {
            answer::of(StatusCode::OK, HAL, hal::row(body, row.history.as_deref(), &self.collection.href(id)))
        };
        response.headers_mut().insert(ETAG, tag(row.change));
        waited.tell(&mut response);
        response
    }
}
