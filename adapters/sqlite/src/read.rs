//! Opens a store only to read it: beside the process that writes it, or at rest without changing a byte of it.
use crate::catalog::Catalog;
use crate::connection;
use crate::fault::{Done, failed};
use crate::identity::Whose;
use crate::options::Options;
use crate::pool::Pool;
use crate::reader::Readers;
use runtime::port::store::{Reader, Result};
use std::path::Path;
use std::sync::Arc;

/// The store of a context as it is, and as it becomes while another process writes it.
pub fn read(path: &Path, context: &str, system: &str) -> Result<Arc<dyn Reader>> {
    let whose = Whose { path, context, system };
    opened(&whose, connection::reader).map_err(|fault| fault.at(path))
}

/// The store of a context that nobody writes meanwhile, which the caller has to see to. Nothing on disk is changed or made.
pub fn read_still(path: &Path, context: &str, system: &str) -> Result<Arc<dyn Reader>> {
    let whose = Whose { path, context, system };
    opened(&whose, connection::still).map_err(|fault| fault.at(path))
}

fn opened(whose: &Whose<'_>, connect: connection::Connect) -> Done<Arc<dyn Reader>> {
    let path = whose.path;
    if !path.exists() {
        return failed(format!("There is no store {}.", path.display()));
    }
    whose.file()?;
    let pool = Pool::connecting(path, &Options::default(), connect);
    let connection = pool.connect(Options::default().reader_cache_kb)?;
    if !whose.check(&connection)? {
        return failed(format!("{} is empty.", path.display()));
    }
    let catalog = Catalog::default();
    catalog.load(&connection)?;
    Ok(Arc::new(Readers::new(Arc::new(pool), catalog)))
}
