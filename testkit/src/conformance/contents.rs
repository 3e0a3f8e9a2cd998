//! All that a store says it holds, as text to compare.
use kernel::Id;
use runtime::port::store::{Query, ReadLimit, Store, Table};
use std::fmt::Write;

/// Two stores with the same contents answer everything alike.
pub fn contents(store: &dyn Store, tables: &[Table]) -> String {
    let reader = store.reader();
    let mut all = String::new();
    let mut add =
        |name: &str, what: &dyn std::fmt::Debug| writeln!(all, "{name}: {what:?}").expect("a string takes all");
    add("writer's head", &store.head());
    add("head", &reader.head());
    add("log", &reader.log(0, usize::MAX));
    add("trips", &reader.states("trip", Id(0), usize::MAX));
    add("calls", &reader.calls());
    add("parked", &reader.parked());
    add("writer's parked", &store.parked());
    for table in tables {
        add(&table.name, &reader.rows(&table.name, Id(0), usize::MAX));
        add("page", &reader.page(&table.name, &Query { limit: ReadLimit::rows(usize::MAX), ..Query::default() }));
        add("changes", &reader.changes(&table.name, 0, &[], ReadLimit::rows(usize::MAX)));
        add("newer changes", &reader.changes(&table.name, 1, &[], ReadLimit::rows(usize::MAX)));
    }
    add("findings", &reader.verify());
    all
}
