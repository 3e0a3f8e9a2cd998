//! The rules of this repository, as checks that can fail: which crate may name which, what a file looks like, what a page promises.
//!
//! Each check takes data and returns what is wrong, in words; `tests/rules.rs` runs them on this repository.
pub mod arrows;
pub mod files;
pub mod manifests;
pub mod pages;
pub mod texts;
pub mod type_names;

use std::path::{Path, PathBuf};

/// The repository's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the repository").to_path_buf()
}
