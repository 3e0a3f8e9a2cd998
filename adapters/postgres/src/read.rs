//! Opens a store only to read it: beside the process that owns it, or while nobody does.
use crate::catalog::Catalog;
use crate::connection::Kind;
use crate::fault::{Done, Place, failed};
use crate::identity::{Whose, check_server};
use crate::options::PostgresOptions;
use crate::pool::Pool;
use crate::reader::Readers;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::{claim, creation};
use runtime::port::store::{Reader, Result, StoreError};
use std::sync::Arc;

/// The store of a context as it is, and as it becomes while its owner writes it. Nothing is changed or made.
pub fn read(
    address: &crate::ServerAddress,
    context: &str,
    system: &str,
    options: PostgresOptions,
) -> Result<Arc<dyn Reader>> {
    let place = place(address, context, system)?;
    opened(&place, context, system, &options, false).map_err(|fault| fault.at(&place))
}

/// The store of a context that nobody owns. Whoever owns it later is for the caller to see to.
///
/// # Errors
/// `Busy` names the owner.
pub fn read_still(
    address: &crate::ServerAddress,
    context: &str,
    system: &str,
    options: PostgresOptions,
) -> Result<Arc<dyn Reader>> {
    let place = place(address, context, system)?;
    opened(&place, context, system, &options, true).map_err(|fault| fault.at(&place))
}

/// Whether the context has a store there.
pub fn has(address: &crate::ServerAddress, context: &str, system: &str, options: &PostgresOptions) -> Result<bool> {
    let place = place(address, context, system)?;
    let whose = Whose { schema: &place.schema, context, system };
    let found =
        Session::connect(&place.address, options, Kind::Reader).and_then(|session| creation::exists(&session, &whose));
    found.map_err(|fault| fault.at(&place))
}

pub(crate) fn place(address: &crate::ServerAddress, context: &str, system: &str) -> Result<Place> {
    let said = |fault| match fault {
        crate::fault::Fault::Said(error) => error,
        other => StoreError::Failed(format!("{other:?}")),
    };
    let schema = SchemaName::of(system, context).map_err(said)?;
    Ok(Place { address: address.clone(), schema })
}

/// Whether there is a store that this release can read.
pub(crate) fn expect_readable(session: &Session, whose: &Whose<'_>, place: &Place) -> Done<()> {
    check_server(session)?;
    if !creation::exists(session, whose)? {
        return failed(format!("There is no schema {} at {}.", place.schema.name(), place.address));
    }
    whose.check(session).map(|_| ())
}

fn opened(
    place: &Place,
    context: &str,
    system: &str,
    options: &PostgresOptions,
    is_still: bool,
) -> Done<Arc<dyn Reader>> {
    let whose = Whose { schema: &place.schema, context, system };
    let session = Session::connect(&place.address, options, Kind::Reader)?;
    expect_readable(&session, &whose, place)?;
    if is_still {
        claim::expect_free(&session, &whose, options)?;
    }
    let catalog = Catalog::default();
    catalog.load(&session, &place.schema)?;
    Ok(Arc::new(Readers::new(Arc::new(Pool::new(place.clone(), options)), catalog)))
}
