//! A collection as a whole, however many pages it has.
use crate::served::Served;
use serde_json::Value;

impl Served<'_> {
    /// Every row of a collection, in order of id, without the links.
    #[track_caller]
    pub fn rows(&self, collection: &str) -> Vec<Value> {
        let page = |number: u64| self.get(&format!("/{collection}?size=200&page={number}"));
        let pages = page(0).with(200)["page"]["totalPages"].as_u64().expect("pages are counted");
        (0..pages).flat_map(|number| page(number).rows()).map(bare).collect()
    }
}

/// A row's own fields.
pub fn bare(mut row: Value) -> Value {
    if let Some(fields) = row.as_object_mut() {
        fields.remove("_links");
    }
    row
}
