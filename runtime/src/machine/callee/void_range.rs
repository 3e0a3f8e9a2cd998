//! A caller's tickets in doubt are voided after its crash, and the fence keeps what is still under way out. The answer names the highest ticket
//! of the caller that is known here, so that a caller whose store went back in time finds it out.
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
    let remembered = scope.work.current.calls(scope.store, &caller, from, Id(u64::MAX))?;
    let last = remembered.last().map(|key| key.ticket);
    let highest = last.max(scope.work.head.fenced(&caller)).unwrap_or(Id(0));
    // A caller that has never given the highest one has lost what it wrote, and stops: nothing more of it is undone. Or this is a late copy.
    if highest < to {
        for key in remembered.into_iter().filter(|key| !kept.contains(key.ticket)) {
            scope.void(parking, key)?;
        }
        if from < to {
            scope.raise_fence(&caller, to);
        }
    }
    let by = scope.work.context().name.to_string();
    scope.work.outbox.send(caller, PeerMessage::RangeVoided { by, to, highest }, Departure::WhenDurable);
    Ok(())
}
