//! SQLite passes the suite every store passes: with all rows of a table in its pending list, with none there, and in many runs of
//! its indexes.
use runtime::port::store::{Store, Table};
use sqlite::Options;
use tempfile::TempDir;
use testkit::conformance::StoreUnderTest;

struct Folder {
    folder: TempDir,
    options: Options,
}

impl StoreUnderTest for Folder {
    fn open(&self, tables: &[Table]) -> Box<dyn Store> {
        let file = self.folder.path().join("catch.db");
        Box::new(sqlite::open(&file, "catch", "taxi", tables, self.options.clone()).expect("a store"))
    }
}

fn fresh(options: Options) -> Box<dyn StoreUnderTest> {
    Box::new(Folder { folder: TempDir::new().expect("a folder"), options })
}

mod with_all_rows_pending {
    testkit::conformance!(|| super::fresh(super::Options::default()));
}

mod in_one_run {
    testkit::conformance!(|| super::fresh(super::Options { pending_rows: 1, ..super::Options::default() }));
}

mod in_many_runs {
    testkit::conformance!(|| super::fresh(super::Options {
        run_rows: 5,
        pending_rows: 3,
        ..super::Options::default()
    }));
}
