//! The port to the files of the pages.
use bytes::Bytes;
use std::sync::Arc;

/// Where the files of the pages are found by their path, such as `index.html` or `pages/assets/main-1f2e3d.js`.
pub type PageFiles = Arc<dyn Fn(&str) -> Option<PageFile> + Send + Sync>;

#[derive(Clone, Debug)]
pub struct PageFile {
    pub bytes: Bytes,
    /// The same, compressed with brotli.
    pub brotli: Option<Bytes>,
    pub media_type: String,
    /// Another one for other bytes.
    pub digest: String,
}
