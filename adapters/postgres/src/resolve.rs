//! Finds out what became of a group whose connection broke before the server had said so.
use crate::connection::Kind;
use crate::fault::{Done, Fault, Place};
use crate::fence::{Fence, random};
use crate::options::PostgresOptions;
use crate::session::Session;
use kernel::uuid::Uuid;
use runtime::port::store::StoreError;
use std::time::{Duration, Instant};

/// A server that is not there is asked again after this.
const PAUSE: Duration = Duration::from_millis(50);

#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    /// The group is there.
    Durable,
    /// It is not, and can never be: its version is taken by this empty group of ours.
    Never(Uuid),
    /// It is not, and another owner is.
    Conflict,
}

/// Appends an empty group in the place of the one in doubt. To look whether that one is there would prove nothing: its
/// transaction may still end. The empty one waits for it, and then only one of the two is there.
///
/// # Errors
/// `Unconfirmed` where the server does not say in time.
pub(crate) fn resolve(place: &Place, options: &PostgresOptions, fence: Fence, id: Uuid) -> Done<Outcome> {
    let (until, empty) = (Instant::now() + Duration::from_millis(options.resolve_ms), random());
    loop {
        match once(place, options, fence, (id, empty)) {
            Ok(outcome) => return Ok(outcome),
            Err(Fault::Said(error @ StoreError::Mismatched(_))) => return Err(Fault::Said(error)),
            // Whatever else keeps the outcome from being known is no word on it.
            Err(fault) if Instant::now() >= until => {
                let why = fault.at(place);
                return Err(Fault::Said(StoreError::Unconfirmed(format!(
                    "{} did not confirm the last group. {why} The context starts again from what is stored.",
                    place.address
                ))));
            }
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
}

fn once(place: &Place, options: &PostgresOptions, fence: Fence, (id, empty): (Uuid, Uuid)) -> Done<Outcome> {
    let schema = &place.schema;
    let session = Session::connect(&place.address, options, Kind::Resolver)?;
    match session.query(&fence.append_empty(schema, empty)) {
        Ok(_) => Ok(Outcome::Never(empty)),
        Err(fault) if Fence::is_taken(&fault) => Ok(match fence.next(&session, schema)? {
            Some(next) if next == id => Outcome::Durable,
            // an earlier try of ours of which nothing was heard
            Some(next) if next == empty => Outcome::Never(empty),
            Some(_) | None => Outcome::Conflict,
        }),
        Err(fault) if Fence::is_gone(&fault) => match fence.gone(&session, schema)? {
            StoreError::Conflict => Ok(Outcome::Conflict),
            error => Err(Fault::Said(error)),
        },
        Err(fault) => Err(fault),
    }
}
