//! One consistent look at all contexts: every writer stands between two groups while the snapshots open.
use crate::slot::Slot;
use kernel::Name;
use runtime::driver::HoldRequest;
use runtime::port::store::{Result, StoreError};
use runtime::port::work::Snapshot;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// A context that holds, or is about to; it goes on when this is dropped.
struct Held<'a> {
    slot: &'a Slot,
    released: Arc<AtomicBool>,
    reached: Receiver<()>,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.released.store(true, Ordering::Release);
        self.slot.handle.mailbox.ring();
    }
}

/// Each context may take so long to come to a hold.
pub fn take(slots: &[Slot], within: Duration) -> Result<Vec<(Name, Snapshot)>> {
    let held = slots.iter().map(hold).collect::<Result<Vec<_>>>()?;
    for Held { slot, reached, .. } in &held {
        let late = |_| StoreError::Failed(format!("{} did not come to a hold in time", slot.handle.name));
        reached.recv_timeout(within).map_err(late)?;
    }
    held.iter().map(|held| snapshot(held.slot)).collect()
}

fn hold(slot: &Slot) -> Result<Held<'_>> {
    let (sender, reached) = mpsc::sync_channel(1);
    let released = Arc::new(AtomicBool::new(false));
    let tell = Box::new(move || {
        let _nobody_waits_any_more = sender.send(());
    });
    if !slot.handle.mailbox.hold(HoldRequest { reached: tell, released: released.clone() }) {
        return Err(StoreError::Failed(format!("{} is stopped: start it, then back up", slot.handle.name)));
    }
    Ok(Held { slot, released, reached })
}

fn snapshot(slot: &Slot) -> Result<(Name, Snapshot)> {
    let stopped = || StoreError::Failed(format!("{} stopped meanwhile", slot.handle.name));
    Ok((slot.handle.name, slot.log.reader().ok_or_else(stopped)?.snapshot()?))
}
