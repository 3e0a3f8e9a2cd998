//! A collection as its readers reach it: its context, its name, and the table that answers for it.
use crate::cause;
use crate::hal::Href;
use crate::house::Place;
use crate::problem::{Outcome, Problem};
use kernel::{Id, Name};
use runtime::store::Reader;
use std::sync::Arc;

/// A collection of one context, under one spelling of its path.
#[derive(Clone)]
pub(crate) struct CollectionRef {
    pub place: Place,
    pub context: usize,
    pub name: Name,
    pub singular: Name,
}

impl CollectionRef {
    /// The table that answers now, and its reader. Unavailable while the context is stopped.
    pub fn open(&self) -> Outcome<(String, Arc<dyn Reader>)> {
        let host = &self.place.site.host;
        let open = host.table(self.context, self.name).zip(host.reader(self.context));
        open.ok_or_else(|| Problem::later(&cause::UNAVAILABLE, self.place.house.bounds.retry_after_ms))
    }

    /// The address of one row.
    pub fn href(&self, id: Id) -> Href<'_> {
        Href { prefix: &self.place.prefix, collection: self.name, singular: self.singular, id }
    }
}
