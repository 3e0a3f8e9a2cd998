//! A collection, listed page by page, or live.
use crate::collection::collection_ref::CollectionRef;
use crate::collection::list_query::ListQuery;
use crate::collection::live::{self, watched::WatchedRows};
use crate::collection::{scan, wait};
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::media_type::HAL;
use crate::pass_on::needs::Needs;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::permitted::PermittedRequest;
use crate::request::query;
use crate::response::{self, hal, hal::PageJson};
use axum::http::StatusCode;
use runtime::follow::{FollowedRows, Sight};
use runtime::port::store::RowPage;

/// Most bytes of a usual row's JSON with its links.
const ROW_BYTES: usize = 384;

pub(crate) struct ListRows {
    pub collection: CollectionRef,
}

impl Handler for ListRows {
    fn audience(&self) -> Audience<'_> {
        self.collection.readers()
    }

    /// A query that can't be read is refused at once.
    fn wanted_wait<'a>(&'a self, request: &'a PermittedRequest) -> Option<wait::Wait<'a>> {
        let is_sound = || self.query(request).is_ok();
        wait::wanted(&self.collection, &request.headers).filter(|_| !request.wants_stream() && is_sound())
    }

    fn needs<'a>(&'a self, _: &PermittedRequest) -> Option<Needs<'a>> {
        Some(self.collection.needs())
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let collection = &self.collection;
        let server = &collection.mount.server;
        let query = self.query(&request)?;
        collection.check_keys()?;
        if request.wants_stream() {
            let life = collection.life_mark();
            let last_event_id = live::last_event_id(&request.headers, &life);
            let ListQuery { filters, sight, .. } = query;
            let rows = FollowedRows { only: None, filters, sight };
            let watched = WatchedRows { life, collection: collection.clone(), rows };
            return live::response(watched, last_event_id, request.is_watch);
        }
        let (table, reader) = collection.open()?;
        let (wanted, bytes_max) = (query.clone(), server.settings.page_bytes_max);
        let page = server.reads.run(move || scan::page(reader.as_ref(), &table, &wanted, bytes_max)).await?;
        let mut response = response::with_body(StatusCode::OK, HAL, self.page_json(&query, &page));
        request.waited.add_header(&mut response);
        Ok(response)
    }
}

impl ListRows {
    fn query(&self, request: &PermittedRequest) -> HttpResult<ListQuery> {
        let CollectionRef { mount, context, name, .. } = &self.collection;
        let declared = mount.collection(context, name).ok_or_else(|| Problem::new(&reasons::UNKNOWN_PATH))?;
        let sight = Sight::new(declared, &request.permission.sees, request.caller.as_ref());
        ListQuery::read(declared, query::parse(request.uri.query())?, &mount.server.settings, sight)
    }

    fn page_json(&self, query: &ListQuery, page: &RowPage) -> String {
        let CollectionRef { mount, name, .. } = &self.collection;
        let path = format!("{}/{name}", mount.prefix);
        let (size, number) = (query.size, query.number);
        PageJson {
            collection: name,
            rows: &self.rows_json(page, &query.sight),
            size,
            total: page.total,
            number,
            this: query.this(&path),
            next: next(query, page, &path),
            prev: previous(query, page, &path),
        }
        .json()
    }

    /// The rows with commas between them.
    fn rows_json(&self, page: &RowPage, sight: &Sight) -> String {
        let mut rows = String::with_capacity(page.rows.len() * ROW_BYTES);
        for (id, row) in &page.rows {
            let Some(seen) = sight.show(row) else { continue };
            if !rows.is_empty() {
                rows.push(',');
            }
            hal::push_row(&mut rows, &seen.body, seen.history.as_deref(), &self.collection.href(*id));
        }
        rows
    }
}

/// Where rows follow. Whoever came here backwards has seen some that do.
fn next(query: &ListQuery, page: &RowPage, path: &str) -> Option<String> {
    match page.rows.last() {
        Some((id, row)) if query.is_backwards() || page.more => Some(query.next(path, query.mark(*id, row))),
        None if query.is_backwards() && page.total > 0 => Some(query.link(path, 0)),
        _ => None,
    }
}

/// Where rows come before. Whoever came here by a link of the page before has seen some that do.
fn previous(query: &ListQuery, page: &RowPage, path: &str) -> Option<String> {
    let comes_from_before = query.number > 0 || query.cursor.is_some();
    let precedes = if query.is_backwards() { page.more } else { comes_from_before };
    match page.rows.first() {
        Some((id, row)) if precedes => Some(query.previous(path, query.mark(*id, row))),
        None if precedes => Some(query.link(path, query.number.min(page.total.div_ceil(query.size)).saturating_sub(1))),
        _ => None,
    }
}
