//! What can be set about stores on SQLite, as `[sqlite]` settings.
use kernel::{Setting, Settings};
use sqlite::Options;

pub const SETTINGS: &[Setting] = &[
    Setting::whole(
        "writers_cache_kib",
        "16000",
        64,
        4_194_304,
        "Pages the writers of all contexts keep in memory, an even share each.",
    ),
    Setting::whole(
        "readers_cache_kib",
        "20480",
        64,
        4_194_304,
        "Pages the readers of all contexts keep in memory, an even share each.",
    ),
    Setting::whole("readers_max", "4", 1, 1_000, "Readers' connections of one context; further readers wait."),
    Setting::whole(
        "checkpoint_pages",
        "4000",
        16,
        1_000_000,
        "The write-ahead log may grow so long before it is moved into the file.",
    ),
];

/// A share smaller than this keeps not even the upper pages of its trees.
const SHARE_KIB_MIN: u64 = 64;

/// For each of so many stores: with more of them memory does not grow.
pub fn options(settings: &Settings, stores: usize) -> Options {
    let number = |name| settings.whole(name) as u32;
    let share = |name, among: u64| (settings.whole(name) / among.max(1)).max(SHARE_KIB_MIN) as u32;
    let (stores, readers) = (stores as u64, settings.whole("readers_max"));
    Options {
        writer_cache_kb: share("writers_cache_kib", stores),
        reader_cache_kb: share("readers_cache_kib", stores * readers),
        readers_max: settings.whole("readers_max") as usize,
        checkpoint_pages: number("checkpoint_pages"),
        ..Options::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_the_stores_own_where_there_are_five() {
        assert_eq!(options(&Settings::defaults(SETTINGS), 5), Options::default());
    }

    #[test]
    fn more_stores_have_smaller_shares() {
        let of = |stores| options(&Settings::defaults(SETTINGS), stores);
        assert_eq!((of(10).writer_cache_kb, of(10).reader_cache_kb), (1600, 512));
        assert_eq!(of(100_000).reader_cache_kb, 64);
    }
}
