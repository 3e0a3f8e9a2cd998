//! One row, read by its id: as it is now, not again if the client has it, or live.
use crate::collection::collection_ref::CollectionRef;
use crate::collection::filter::Filters;
use crate::collection::live::{self, watched::WatchedRows};
use crate::collection::wait::{self, Wait};
use crate::endpoint::Handler;
use crate::negotiate::media_type::HAL;
use crate::pass_on::needs::Needs;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::request::precondition::{client_has, entity_tag};
use crate::response::{self, hal};
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::Response;
use kernel::{Id, Row};

pub(crate) struct ReadRow {
    pub collection: CollectionRef,
    /// Which segment of the path is the id.
    pub id_at: usize,
}

impl Handler for ReadRow {
    fn wanted_wait<'a>(&'a self, request: &'a HttpRequest) -> Option<Wait<'a>> {
        let has_id = request.id(self.id_at).is_ok();
        wait::wanted(&self.collection, &request.headers).filter(|_| has_id)
    }

    fn needs<'a>(&'a self, _: &HttpRequest) -> Option<Needs<'a>> {
        Some(self.collection.needs())
    }

    async fn handle(&self, request: HttpRequest) -> HttpResult {
        let id = request.id(self.id_at)?;
        let collection = &self.collection;
        let (table, reader) = collection.open()?;
        let row = collection.mount.server.reads.run(move || reader.row(&table, id)).await?;
        let life = collection.life_mark();
        let last_event_id = live::last_event_id(&request.headers, &life);
        if request.wants_stream() && (row.is_some() || last_event_id.is_some()) {
            let watched =
                WatchedRows { life, collection: collection.clone(), only: Some(id), filters: Filters::default() };
            return live::response(watched, last_event_id);
        }
        let Some((row, body)) = row.and_then(|row| row.body.clone().map(|body| (row, body))) else {
            return Err(Problem::new(&reasons::UNKNOWN_ID));
        };
        Ok(self.response(&request, id, &row, &body))
    }
}

impl ReadRow {
    fn response(&self, request: &HttpRequest, id: Id, row: &Row, body: &str) -> Response {
        let life = self.collection.life_mark();
        let mut response = if client_has(&request.headers, &life, row.change) {
            response::without_body(StatusCode::NOT_MODIFIED)
        } else {
            let json = hal::row_json(body, row.history.as_deref(), &self.collection.href(id));
            response::with_body(StatusCode::OK, HAL, json)
        };
        response.headers_mut().insert(ETAG, entity_tag(&life, row.change));
        request.waited.add_header(&mut response);
        response
    }
}
