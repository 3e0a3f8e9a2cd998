//! Where this machine has a Postgres server's programs.
use std::path::{Path, PathBuf};

/// Debian keeps each version in a folder of its own, none of them in `PATH`.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder with `initdb` and `postgres`, of the newest version.
pub(crate) fn folder() -> Option<PathBuf> {
    let versions = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|entry| entry.path());
    let number = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let mut numbered: Vec<(u32, PathBuf)> =
        versions.filter_map(|folder| Some((number(&folder)?, folder.join("bin")))).collect();
    numbered.sort();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&paths).collect::<Vec<_>>();
    numbered.into_iter().rev().map(|(_, folder)| folder).chain(in_path).find(|folder| has_server(folder))
}

fn has_server(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_isready"].iter().all(|program| folder.join(program).is_file())
}
