//! The pages of this binary, as the edge asks for them.
use http_edge::{PageFile, PageFiles};
use std::sync::Arc;

/// `None`: this binary was built without them.
pub fn of_binary() -> Option<PageFiles> {
    pages::are_there().then(|| Arc::new(file) as PageFiles)
}

fn file(path: &str) -> Option<PageFile> {
    let pages::File { bytes, brotli, media_type, digest } = pages::file(path)?;
    Some(PageFile { bytes, brotli, media_type, digest })
}
