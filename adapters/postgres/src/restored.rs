//! Tells a store that it was put back to an earlier moment, where neither server nor schema show anything of it.
use crate::claim;
use crate::connection::Kind;
use crate::fault::{Done, Place};
use crate::identity::Whose;
use crate::lease::Lease;
use crate::options::PostgresOptions;
use crate::read::{expect_readable, place};
use crate::session::{Session, WRITING};
use runtime::port::store::Result;

/// From its next group on it lives another life. Nothing else is changed.
///
/// # Errors
/// `Busy` names the owner; there is no store, or it is not this context's.
pub fn restored(address: &crate::ServerAddress, context: &str, system: &str, options: &PostgresOptions) -> Result<()> {
    let place = place(address, context, system)?;
    tell(&place, &Whose { schema: &place.schema, context, system }, options).map_err(|fault| fault.at(&place))
}

fn tell(place: &Place, whose: &Whose<'_>, options: &PostgresOptions) -> Done<()> {
    let session = Session::connect(&place.address, options, Kind::Writer)?;
    expect_readable(&session, whose, place)?;
    claim::expect_free(&session, whose, options)?;
    session.transaction(WRITING, || {
        let lease = Lease::lock(&session, whose)?;
        if !lease.has_ended() {
            return Err(lease.busy(whose));
        }
        session.query(&crate::place::settle(&place.schema, crate::place::RESTORED)).map(|_| ())
    })
}
