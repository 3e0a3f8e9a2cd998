//! SQLite passes the suite every store passes, with all rows of a table in one run of its indexes and in many.
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

mod in_one_run {
    testkit::conformance!(|| super::fresh(super::Options::default()));
}

mod in_many_runs {
    testkit::conformance!(|| super::fresh(super::Options { run_rows: 5, ..super::Options::default() }));
}
