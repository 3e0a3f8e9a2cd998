//! SQLite passes the suite every store passes.
use runtime::port::store::{Store, Table};
use sqlite::Options;
use tempfile::TempDir;
use testkit::conformance::StoreUnderTest;

struct Folder(TempDir);

impl StoreUnderTest for Folder {
    fn open(&self, tables: &[Table]) -> Box<dyn Store> {
        let file = self.0.path().join("catch.db");
        Box::new(sqlite::open(&file, "catch", "taxi", tables, Options::default()).expect("a store"))
    }
}

testkit::conformance!(|| -> Box<dyn StoreUnderTest> { Box::new(Folder(TempDir::new().expect("a folder"))) });
