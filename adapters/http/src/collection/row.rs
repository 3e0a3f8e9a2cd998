//! One row, read by its id: as it is now, not again if the client has it, or live.
use crate::collection::collection_ref::CollectionRef;
use crate::collection::filter::Filters;
use crate::collection::live::{self, watched::WatchedRows};
use crate::collection::sight::{SeenRow, Sight};
use crate::collection::wait::{self, Wait};
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::media_type::HAL;
use crate::pass_on::needs::Needs;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::request::permitted::PermittedRequest;
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
    fn audience(&self) -> Audience<'_> {
        self.collection.readers()
    }

    fn wanted_wait<'a>(&'a self, request: &'a PermittedRequest) -> Option<Wait<'a>> {
        let has_id = request.id(self.id_at).is_ok();
        wait::wanted(&self.collection, &request.headers).filter(|_| has_id)
    }

    fn needs<'a>(&'a self, _: &PermittedRequest) -> Option<Needs<'a>> {
        Some(self.collection.needs())
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let id = request.id(self.id_at)?;
        let collection = &self.collection;
        let (table, reader) = collection.open()?;
        let sight = self.sight(&request)?;
        let row = collection.mount.server.reads.run(move || reader.row(&table, id)).await?;
        let row = row.filter(|row| sight.includes(row));
        let life = collection.life_mark();
        let last_event_id = live::last_event_id(&request.headers, &life);
        if request.wants_stream() && (row.is_some() || last_event_id.is_some()) {
            let (collection, filters) = (collection.clone(), Filters::default());
            let watched = WatchedRows { life, collection, only: Some(id), filters, sight };
            return live::response(watched, last_event_id);
        }
        let seen = row.as_ref().and_then(|row| Some((row, sight.show(row)?)));
        let Some((row, seen)) = seen else { return Err(Problem::new(&reasons::UNKNOWN_ID)) };
        Ok(self.response(&request, id, row, &seen))
    }
}

impl ReadRow {
    fn sight(&self, request: &PermittedRequest) -> HttpResult<Sight> {
        let CollectionRef { mount, context, name, .. } = &self.collection;
        let declared = mount.collection(context, name).ok_or_else(|| Problem::new(&reasons::UNKNOWN_PATH))?;
        Ok(Sight::new(declared, &request.permission.sees, request.caller.as_ref()))
    }

    fn response(&self, request: &HttpRequest, id: Id, row: &Row, seen: &SeenRow<'_>) -> Response {
        let life = self.collection.life_mark();
        let mut response = if client_has(&request.headers, &life, row.change) {
            response::without_body(StatusCode::NOT_MODIFIED)
        } else {
            let json = hal::row_json(&seen.body, seen.history.as_deref(), &self.collection.href(id));
            response::with_body(StatusCode::OK, HAL, json)
        };
        response.headers_mut().insert(ETAG, entity_tag(&life, row.change));
        request.waited.add_header(&mut response);
        response
    }
}
