//! A caller's tickets in doubt are voided after its crash, and the fence keeps what is still under way out.
use crate::machine::outbox::Departure;
use crate::machine::subscriptions::Parking;
use crate::machine::workspace::Scope;
use crate::message::PeerMessage;
use crate::port::store::Result;
use kernel::{Id, IdRanges};

pub fn void_range(
    scope: &mut Scope<'_>,
    parking: &mut Parking,
    caller: String,
    (from, to): (Id, Id),
    kept: &IdRanges,
) -> Result<()> {
    let remembered = scope.work.current.calls(scope.store, &caller, from, to)?;
    for key in remembered.into_iter().filter(|key| !kept.contains(key.ticket)) {
        scope.void(parking, key)?;
    }
    scope.raise_fence(&caller, to);
    let by = scope.work.context().name.to_string();
    scope.work.outbox.send(caller, PeerMessage::RangeVoided { by, to }, Departure::WhenDurable);
    Ok(())
}
