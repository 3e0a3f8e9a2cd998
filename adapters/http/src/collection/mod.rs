//! A collection, listed page by page, or live.
mod listing;
mod scan;

pub(crate) use listing::{Listing, sort_names};

use crate::accept::HAL;
use crate::answer;
use crate::call::Call;
use crate::collection_ref::CollectionRef;
use crate::door::Handle;
use crate::hal::{self, PageOf};
use crate::live::{self, Watched};
use crate::problem::Outcome;
use crate::query;
use crate::wait;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{Collection, Id, Row};
use runtime::store::Page;
use std::time::Duration;

pub(crate) struct Listed {
    pub collection: CollectionRef,
}

impl Handle for Listed {
    fn patience(&self, call: &Call) -> Duration {
        wait::asked(&call.headers, &self.collection.place.house.bounds)
    }

    async fn handle(&self, call: Call) -> Outcome<Response> {
        let collection = &self.collection;
        let Some(declared) = collection.place.collection(collection.context, collection.name) else {
            return Err(crate::problem::Problem::of(&crate::cause::UNKNOWN_PATH));
        };
        let bounds = &collection.place.house.bounds;
        let listing = Listing::read(declared, query::pairs(call.uri.query())?, bounds)?;
        if call.wants_stream() {
            let watched = Watched { collection: collection.clone(), only: None, filters: listing.filters };
            return live::response(watched, live::resumed(&call.headers));
        }
        let waited = wait::until(collection, &call.headers).await;
        let (table, reader) = collection.open()?;
        let (asked, reads) = (listing.clone(), &collection.place.house.reads);
        let page = reads.run(move || scan::page(reader.as_ref(), &table, &asked)).await?;
        let mut response = answer::of(StatusCode::OK, HAL, self.page(declared, &listing, &page));
        waited.tell(&mut response);
        Ok(response)
    }
}

impl Listed {
    fn page(&self, declared: &Collection, listing: &Listing, page: &Page) -> String {
        let CollectionRef { place, name, .. } = &self.collection;
        let mut rows = String::with_capacity(page.rows.len() * 384);
        for (id, row) in &page.rows {
            let Some(body) = &row.body else { continue };
            if !rows.is_empty() {
                rows.push(',');
            }
            hal::push_row(&mut rows, body, row.history.as_deref(), &self.collection.href(*id));
        }
        let path = format!("{}/{name}", place.prefix);
        let (size, number) = (listing.size, listing.number);
        let more = number.saturating_add(1).saturating_mul(size) < page.total;
        let next = page.rows.last().filter(|_| more).map(|last| listing.next(&path, &mark(declared, listing, last)));
        let prev = (number > 0).then(|| listing.link(&path, number.min(page.total.div_ceil(size)).saturating_sub(1)));
        let this = listing.link(&path, number);
        PageOf { collection: name, rows: &rows, size, total: page.total, number, this, next, prev }.json()
    }
}

/// Where the next page begins: behind this row, in the order asked for.
fn mark(collection: &Collection, listing: &Listing, (id, row): &(Id, Row)) -> (i64, Id) {
    let at = match listing.sort {
        Some(sort) => Some(collection.finds.len() + sort),
        None if collection.ordered => row.keys.len().checked_sub(1),
        None => None,
    };
    (at.and_then(|at| row.keys.get(at)).copied().unwrap_or(0), *id)
}
