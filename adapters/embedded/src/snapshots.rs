//! One consistent look at all contexts: every writer stands between two groups while the snapshots open.
use crate::slot::Slot;
use kernel::Name;
use runtime::driver::PauseRequest;
use runtime::port::store::{Result, StoreError};
use runtime::port::work::Snapshot;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// A context that has paused, or is about to; it goes on when this is dropped.
struct Paused<'a> {
    slot: &'a Slot,
    released: Arc<AtomicBool>,
    reached: Receiver<()>,
}

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        self.released.store(true, Ordering::Release);
        self.slot.handle.mailbox.ring();
    }
}

/// Each context may take so long to pause.
pub fn take(slots: &[Slot], within: Duration) -> Result<Vec<(Name, Snapshot)>> {
    let paused = slots.iter().map(pause).collect::<Result<Vec<_>>>()?;
    for Paused { slot, reached, .. } in &paused {
        let late = |_| StoreError::Failed(format!("{} did not pause in time", slot.handle.name));
        reached.recv_timeout(within).map_err(late)?;
    }
    paused.iter().map(|paused| snapshot(paused.slot)).collect()
}

fn pause(slot: &Slot) -> Result<Paused<'_>> {
    let (sender, reached) = mpsc::sync_channel(1);
    let released = Arc::new(AtomicBool::new(false));
    let tell = Box::new(move || {
        let _nobody_waits_any_more = sender.send(());
    });
    if !slot.handle.mailbox.pause(PauseRequest { reached: tell, released: released.clone() }) {
        return Err(StoreError::Failed(format!("{} is stopped: start it, then back up", slot.handle.name)));
    }
    Ok(Paused { slot, released, reached })
}

fn snapshot(slot: &Slot) -> Result<(Name, Snapshot)> {
    let stopped = || StoreError::Failed(format!("{} stopped meanwhile", slot.handle.name));
    Ok((slot.handle.name, slot.log.reader().ok_or_else(stopped)?.snapshot()?))
}
