//! A small shop that is declared for these tests: orders calls till and shelf, till follows orders, pages shows both.
pub mod orders;
pub mod pages;
pub mod shelf;
pub mod till;

use kernel::{COMMON_SETTINGS, Name, System};
use std::sync::Arc;

pub fn shop() -> Arc<System> {
    shop_with_pages(1)
}

/// The shop of a release that knows what this event of orders meant.
pub fn shop_that_retired(event: Name) -> Arc<System> {
    let system = System::new("shop", "shop", "A shop that lets people order things.")
        .context(orders::context().retired(event))
        .context(till::context());
    Arc::new(System { settings: COMMON_SETTINGS, ..system })
}

/// The shop of a release whose view has this version.
pub fn shop_with_pages(version: u32) -> Arc<System> {
    let system = System::new("shop", "shop", "A shop that lets people order things.")
        .context(orders::context())
        .context(till::context())
        .context(shelf::context())
        .context(pages::context(version));
    Arc::new(System { settings: COMMON_SETTINGS, ..system })
}
