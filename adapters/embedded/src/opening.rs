//! What a host needs to start a system.
use kernel::{Context, Name, RowChange, Settings, System, TableName};
use runtime::limits::Limits;
use runtime::port::broker::Broker;
use runtime::port::store::{Result, Store};
use std::sync::Arc;

/// Told of the rows that each durable group of a context has changed, from the context's own thread; it must not block. `None`: rows may be
/// others now, and whoever shows them reads them again, as when the context can be read after a stop, or another process writes it.
pub type OnCommit = Arc<dyn Fn(Name, Option<&Arc<Vec<RowChange>>>) + Send + Sync>;
pub type HasStore = Box<dyn Fn(&Context) -> bool + Send + Sync>;
pub type OpenStore = Box<dyn Fn(&Context) -> Result<Box<dyn Store>> + Send + Sync>;

/// The table that answers for a collection of a context; `version` is that of a view which answers now.
pub(crate) fn table(context: &Context, collection: &str, version: impl Fn(&str) -> Option<u32>) -> Option<TableName> {
    if context.collections.iter().any(|declared| declared.name == collection) {
        return Some(collection.into());
    }
    let view = context.views.iter().find(|view| view.collection.name == collection)?;
    Some(TableName::of_view(view.collection.name, version(collection).unwrap_or(view.version)))
}

/// Everything a system needs to start.
pub struct SystemOpening {
    pub system: Arc<System>,
    /// The system's own.
    pub settings: Settings,
    pub limits: Limits,
    /// Whether a context's store is there already; an empty file is none. Nothing is made by asking.
    pub has_store: HasStore,
    pub open: OpenStore,
    pub on_commit: OnCommit,
    /// Where published events go to subscribers elsewhere; `None`: nowhere.
    pub broker: Option<Arc<dyn Broker>>,
    /// Room left where the stores are, in MB.
    pub free_disk_mb: Arc<dyn Fn() -> u64 + Send + Sync>,
}
