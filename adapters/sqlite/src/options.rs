//! What can be set about a store on SQLite.

/// Memory and limits of one store. Five contexts together stay under 100 MB with the defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Pages the writer keeps in memory, in KiB.
    pub writer_cache_kb: u32,
    /// Pages each reader keeps in memory, in KiB.
    pub reader_cache_kb: u32,
    /// Connections for readers; further ones wait. Opened when first needed.
    pub readers_max: usize,
    /// Pages the write-ahead log may hold before they are moved into the file.
    pub checkpoint_pages: u32,
    /// Stored answers that go with one group when they are old enough.
    pub answers_batch: u32,
    /// Listed rows of a table that share a part of its indexes; the next ones get a part of their own.
    pub run_rows: u64,
    /// Rows of a table that are listed without being in its indexes: so many go in at a time, and every reader of the table
    /// looks through those that wait.
    pub pending_rows: u64,
    /// Pages the file may have, of 4 KiB each; `None`: as many as the disk has room for.
    pub pages_max: Option<u32>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            writer_cache_kb: 3200,
            reader_cache_kb: 1024,
            readers_max: 4,
            checkpoint_pages: 4000,
            answers_batch: 256,
            run_rows: 32_768,
            pending_rows: 1024,
            pages_max: None,
        }
    }
}
