//! Opens a store: whose is it, who else has it, what does it hold.
use crate::cache::Cache;
use crate::catalog::Catalog;
use crate::checkpoint::Checkpoint;
use crate::fault::{Done, failed};
use crate::identity::Whose;
use crate::options::Options;
use crate::pool::Pool;
use crate::store::{Sqlite, Working};
use crate::{connection, lock, place, upgrade};
use runtime::port::store::{Result, Table};
use std::path::Path;
use std::sync::Arc;

/// Opens the store of a context in its file, or makes it, folder and all, and a table for each collection that is new.
///
/// # Errors
/// `Foreign`, `Newer` and `Busy` change nothing on disk; nor does `Corrupt`.
pub fn open(path: &Path, context: &str, system: &str, tables: &[Table], options: Options) -> Result<Sqlite> {
    opened(&Whose { path, context, system }, tables, options).map_err(|fault| fault.at(path))
}

fn opened(whose: &Whose<'_>, tables: &[Table], options: Options) -> Done<Sqlite> {
    let path = whose.path;
    make_folder(path)?;
    let lock = lock::lock(path)?;
    whose.file()?;
    let mut writer = connection::writer(path)?;
    let ours = whose.check(&writer)?;
    connection::tune_writer(&writer, &options)?;
    if ours {
        upgrade::upgrade(&writer)?;
    } else {
        whose.claim(&writer)?;
    }
    let catalog = Catalog::default();
    catalog.load(&writer)?;
    catalog.declare(&writer, tables)?;
    let cache = Cache::load(&writer)?;
    let lies = place::of_file(path)?;
    let origin = place::origin(&writer, &lies)?;
    let checkpoint = Checkpoint::start(&mut writer, path, options.checkpoint_pages)?;
    let pool = Pool::new(path, &options);
    let working = Working { writer, catalog, cache: Some(cache), checkpoint, pool: Arc::new(pool), options };
    Ok(Sqlite::new(working, (origin, lies), lock))
}

fn make_folder(path: &Path) -> Done<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    match std::fs::create_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) => failed(format!(
            "The folder {} can't be made ({error}). Make it, or let this user write where it belongs.",
            folder.display()
        )),
    }
}
