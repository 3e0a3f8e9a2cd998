//! One row, read by its id: as it is now, not again if it is known, or live.
use crate::accept::HAL;
use crate::answer;
use crate::call::Call;
use crate::cause;
use crate::door::Handle;
use crate::filter::Filters;
use crate::hal::{self, Href};
use crate::house::Place;
use crate::live::{self, Watched};
use crate::precondition::{is_known, tag};
use crate::problem::{Outcome, Problem};
use crate::wait::{self, Waited};
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::Response;
use kernel::{Name, Row};
use std::time::Duration;

/// A collection as a reader reaches it.
#[derive(Clone)]
pub(crate) struct Shelf {
    pub place: Place,
    pub context: usize,
    pub name: Name,
    pub singular: Name,
}

pub(crate) struct OneRow {
    pub shelf: Shelf,
    pub id_at: usize,
}

impl Shelf {
    /// The table that answers now, and who reads it. Neither while the context is stopped.
    pub fn open(&self) -> Outcome<(String, std::sync::Arc<dyn runtime::store::Reader>)> {
        let host = &self.place.site.host;
        let open = host.table(self.context, self.name).zip(host.reader(self.context));
        open.ok_or_else(|| Problem::later(&cause::UNAVAILABLE, self.place.house.bounds.retry_after_ms))
    }

    pub fn href(&self, id: kernel::Id) -> Href<'_> {
        Href { prefix: &self.place.prefix, collection: self.name, singular: self.singular, id }
    }
}

impl Handle for OneRow {
    fn patience(&self, call: &Call) -> Duration {
        wait::asked(&call.headers, &self.shelf.place.house.bounds)
    }

    async fn handle(&self, call: Call) -> Outcome<Response> {
        let id = call.id(self.id_at)?;
        let shelf = &self.shelf;
        let waited = wait::until(shelf, &call.headers).await;
        let (table, reader) = shelf.open()?;
        let row = shelf.place.house.reads.run(move || reader.row(&table, id)).await?;
        let stream = call.wants_stream();
        if stream && (row.is_some() || live::resumed(&call.headers).is_some()) {
            let watched = Watched { shelf: shelf.clone(), only: Some(id), filters: Filters::default() };
            return live::response(watched, live::resumed(&call.headers));
        }
        let Some((row, body)) = row.and_then(|row| row.body.clone().map(|body| (row, body))) else {
            return Err(Problem::of(&cause::UNKNOWN_ID));
        };
        Ok(self.told(&call, id, &row, &body, waited))
    }
}

impl OneRow {
    fn told(&self, call: &Call, id: kernel::Id, row: &Row, body: &str, waited: Waited) -> Response {
        let mut response = if is_known(&call.headers, row.change) {
            answer::empty(StatusCode::NOT_MODIFIED)
        } else {
            answer::of(StatusCode::OK, HAL, hal::row(body, row.history.as_deref(), &self.shelf.href(id)))
        };
        response.headers_mut().insert(ETAG, tag(row.change));
        waited.tell(&mut response);
        response
    }
}
