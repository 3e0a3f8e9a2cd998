//! Memory passes the suite every store passes.
use memory::Disk;
use runtime::port::store::{Store, Table};
use testkit::conformance::StoreUnderTest;

struct Here(Disk);

impl StoreUnderTest for Here {
    fn open(&self, tables: &[Table]) -> Box<dyn Store> {
        Box::new(self.0.open(tables))
    }
}

testkit::conformance!(|| -> Box<dyn StoreUnderTest> { Box::new(Here(Disk::new())) });
