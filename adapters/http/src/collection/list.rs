//! A collection, listed page by page, or live.
use crate::collection::collection_ref::CollectionRef;
use crate::collection::list_query::ListQuery;
use crate::collection::live::{self, watched::WatchedRows};
use crate::collection::{scan, wait};
use crate::endpoint::Handler;
use crate::negotiate::media_type::HAL;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::{HttpRequest, query};
use crate::response::{self, hal, hal::PageJson};
use axum::http::StatusCode;
use kernel::{Collection, Id, Row};
use runtime::port::store::RowPage;
use std::time::Duration;

/// Most bytes of a usual row's JSON with its links.
const ROW_BYTES: usize = 384;

pub(crate) struct ListRows {
    pub collection: CollectionRef,
}

impl Handler for ListRows {
    fn extra_time(&self, request: &HttpRequest) -> Duration {
        wait::requested_time(&request.headers, &self.collection.mount.server.settings)
    }

    async fn handle(&self, request: HttpRequest) -> HttpResult {
        let collection = &self.collection;
        let declared = collection.mount.collection(collection.context, collection.name);
        let declared = declared.ok_or_else(|| Problem::new(&reasons::UNKNOWN_PATH))?;
        let server = &collection.mount.server;
        let query = ListQuery::read(declared, query::parse(request.uri.query())?, &server.settings)?;
        if request.wants_stream() {
            let watched = WatchedRows { collection: collection.clone(), only: None, filters: query.filters };
            return live::response(watched, live::last_event_id(&request.headers));
        }
        let waited = wait::until_consumed(collection, &request.headers).await;
        let (table, reader) = collection.open()?;
        let wanted = query.clone();
        let page = server.reads.run(move || scan::page(reader.as_ref(), &table, &wanted)).await?;
        let mut response = response::with_body(StatusCode::OK, HAL, self.page_json(declared, &query, &page));
        waited.add_header(&mut response);
        Ok(response)
    }
}

impl ListRows {
    fn page_json(&self, declared: &Collection, query: &ListQuery, page: &RowPage) -> String {
        let CollectionRef { mount, name, .. } = &self.collection;
        let path = format!("{}/{name}", mount.prefix);
        let (size, number) = (query.size, query.number);
        let more = number.saturating_add(1).saturating_mul(size) < page.total;
        let last = page.rows.last().filter(|_| more);
        let newest_page = page.total.div_ceil(size);
        PageJson {
            collection: name,
            rows: &self.rows_json(page),
            size,
            total: page.total,
            number,
            this: query.link(&path, number),
            next: last.map(|last| query.next(&path, &mark(declared, query, last))),
            prev: (number > 0).then(|| query.link(&path, number.min(newest_page).saturating_sub(1))),
        }
        .json()
    }

    /// The rows with commas between them.
    fn rows_json(&self, page: &RowPage) -> String {
        let mut rows = String::with_capacity(page.rows.len() * ROW_BYTES);
        for (id, row) in &page.rows {
            let Some(body) = &row.body else { continue };
            if !rows.is_empty() {
                rows.push(',');
            }
            hal::push_row(&mut rows, body, row.history.as_deref(), &self.collection.href(*id));
        }
        rows
    }
}

/// Where the next page begins: behind this row, in the order of the query.
fn mark(declared: &Collection, query: &ListQuery, (id, row): &(Id, Row)) -> (i64, Id) {
    let at = match query.sort {
        Some(sort) => Some(declared.finds.len() + sort),
        None if declared.ordered => row.keys.len().checked_sub(1),
        None => None,
    };
    (at.and_then(|at| row.keys.get(at)).copied().unwrap_or(0), *id)
}
