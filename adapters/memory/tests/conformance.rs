//! Memory passes the suite every store passes.
use memory::Disk;
use runtime::port::store::{Store, Table};
use testkit::conformance::Place;

struct Here(Disk);

impl Place for Here {
    fn open(&self, tables: &[Table]) -> Box<dyn Store> {
        Box::new(self.0.open(tables))
    }
}

testkit::conformance!(|| -> Box<dyn Place> { Box::new(Here(Disk::new())) });
