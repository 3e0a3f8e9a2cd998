//! What can be set about stores on SQLite, as `[sqlite]` settings.
use sqlite::Options;

kernel::settings! {
    /// The `[sqlite]` settings.
    pub struct SqliteSettings {
        /// Pages the writers of all contexts keep in memory, an even share each.
        writers_cache_kib: u64 = 16000, 64..=4_194_304;
        /// Pages the readers of all contexts keep in memory, an even share each.
        readers_cache_kib: u64 = 20480, 64..=4_194_304;
        /// Readers' connections of one context; further readers wait.
        readers_max: usize = 4, 1..=1_000;
        /// The write-ahead log may grow so long, or to a quarter of its file, before it is moved into the file.
        checkpoint_pages: u32 = 4000, 16..=1_000_000;
    }
}

/// A share smaller than this keeps not even the upper pages of its trees.
const SHARE_KIB_MIN: u64 = 64;

/// A connection has the file and its log open.
const CONNECTION_FILES: usize = 2;
/// Beside the readers of a store: its writer, a backup of it, and the files that all of them share.
const MORE_CONNECTIONS: usize = 4;

impl SqliteSettings {
    /// Files that so many stores have open at most.
    pub fn open_files(&self, stores: usize) -> usize {
        stores * CONNECTION_FILES * (self.readers_max + MORE_CONNECTIONS)
    }

    /// The options of each of `stores` stores: they share the memory, so more of them need no more.
    pub fn options(&self, stores: usize) -> Options {
        let share = |cache_kib: u64, among: usize| (cache_kib / among.max(1) as u64).max(SHARE_KIB_MIN) as u32;
        Options {
            writer_cache_kb: share(self.writers_cache_kib, stores),
            reader_cache_kb: share(self.readers_cache_kib, stores * self.readers_max),
            readers_max: self.readers_max,
            checkpoint_pages: self.checkpoint_pages,
            ..Options::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_the_stores_own_where_there_are_five() {
        assert_eq!(SqliteSettings::default().options(5), Options::default());
    }

    #[test]
    fn more_stores_have_smaller_shares() {
        let options = |stores| SqliteSettings::default().options(stores);
        assert_eq!((options(10).writer_cache_kb, options(10).reader_cache_kb), (1600, 512));
        assert_eq!(options(100_000).reader_cache_kb, 64);
    }
}
