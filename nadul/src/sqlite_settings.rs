//! What can be set about stores on SQLite, as `[sqlite]` settings.
use kernel::{Setting, Settings};
use sqlite::Options;

pub const SETTINGS: &[Setting] = &[
    Setting::whole("writer_cache_kib", "8192", 64, 4_194_304, "Pages each context's writer keeps in memory."),
    Setting::whole("reader_cache_kib", "1024", 64, 4_194_304, "Pages each reader keeps in memory."),
    Setting::whole("readers_max", "4", 1, 1_000, "Readers' connections of one context; further readers wait."),
    Setting::whole(
        "checkpoint_pages",
        "4000",
        16,
        1_000_000,
        "The write-ahead log may grow so long before it is moved into the file.",
    ),
];

pub fn options(settings: &Settings) -> Options {
    let number = |name| settings.whole(name) as u32;
    Options {
        writer_cache_kb: number("writer_cache_kib"),
        reader_cache_kb: number("reader_cache_kib"),
        readers_max: settings.whole("readers_max") as usize,
        checkpoint_pages: number("checkpoint_pages"),
        ..Options::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_the_stores_own() {
        assert_eq!(options(&Settings::defaults(SETTINGS)), Options::default());
    }
}
