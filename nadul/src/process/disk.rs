//! Room left on the disk that holds the data folder.
use std::path::Path;

/// In MB; where the machine does not say, as if there were plenty.
pub fn free_mb(folder: &Path) -> u64 {
    match rustix::fs::statvfs(folder) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize) / 1_000_000,
        Err(_) => u64::MAX,
    }
}
