//! A collection as a whole, however many pages it has.
use crate::server::ServerProcess;
use serde_json::Value;

impl ServerProcess<'_> {
    /// Every row of a collection, in the order of the collection, without the links.
    #[track_caller]
    pub fn rows(&self, collection: &str) -> Vec<Value> {
        self.rows_found(&format!("/{collection}"), "")
    }

    /// The same of those that a query finds.
    #[track_caller]
    pub fn rows_found(&self, path: &str, query: &str) -> Vec<Value> {
        let page = |number: u64| self.get(&format!("{path}?size=200&page={number}{query}"));
        let pages = page(0).expect_status(200)["page"]["totalPages"].as_u64().expect("pages are counted");
        (0..pages).flat_map(|number| page(number).rows()).map(without_links).collect()
    }
}

/// A row's own fields.
pub fn without_links(mut row: Value) -> Value {
    if let Some(fields) = row.as_object_mut() {
        fields.remove("_links");
    }
    row
}
