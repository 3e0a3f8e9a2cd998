//! Whether a seat is ready: it owns its context and has recovered it, or it reads the context and could own it.
use super::host::ReplicatedHost;
use super::seat::{Role, Seat};
use std::time::Duration;

/// How long a store may be silent before this process says that it is not ready.
pub(super) const SILENCE: Duration = Duration::from_secs(5);

impl ReplicatedHost {
    /// Why a seat keeps this process from being ready.
    pub(super) fn unready_seat(&self, seat: &Seat) -> Option<String> {
        let (name, status) = (seat.name(), seat.slot.handle.status());
        let why = seat.fault().map(|fault| format!(": {fault}")).unwrap_or_default();
        match seat.role() {
            Role::Stopped(why) => Some(format!("{name} has stopped: {why}")),
            Role::Owns if status.in_doubt > 0 => {
                Some(format!("{name} recovers: {} contexts have still to answer", status.in_doubt))
            }
            Role::Owns => status.stalled_consumer.map(|why| format!("{name} stands still: {why}")),
            Role::Follows if !seat.was_heard_of(SILENCE) => Some(format!("{name}: its store can't be asked{why}")),
            Role::Follows if seat.slot.log.reader().is_none() => Some(format!("{name} can't be read yet{why}")),
            Role::Follows if !seat.is_known_to_be_ready() => {
                Some(format!("{name}: the others do not know yet that it is ready{why}"))
            }
            Role::Follows if seat.is_ownerless_for(self.times.ownerless) => {
                Some(format!("{name} has no owner, and this replica can't own it{why}"))
            }
            Role::Follows | Role::Takes | Role::Gives => None,
        }
    }
}
