//! The writer's side.
use crate::disk::Disk;
use crate::fence::Fence;
use crate::reader::{Readers, parked_events};
use kernel::{CallKey, CallRecord, Group, Head, Id, Row, StoredAnswer};
use runtime::port::store::{ParkedEvent, Reader, Result, Store};
use std::sync::Arc;

/// A store on a [`Disk`].
pub struct Memory {
    pub(crate) disk: Disk,
    /// `None`: it was opened without a claim.
    pub(crate) fence: Option<Fence>,
}

impl Memory {
    pub(crate) fn new(disk: Disk, fence: Option<Fence>) -> Memory {
        Memory { disk, fence }
    }
}

impl Store for Memory {
    fn head(&self) -> Result<Head> {
        Ok(self.disk.read().head.clone())
    }

    fn apply(&mut self, group: &Group) -> Result<()> {
        self.append(group)
    }

    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
        Ok(self.disk.read().states.get(kind).and_then(|states| states.get(&id)).cloned())
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        Ok(self.disk.read().table(table)?.get(id).map(|row| Row::clone(row)))
    }

    fn call(&self, key: &CallKey) -> Result<Option<CallRecord>> {
        Ok(self.disk.read().calls.get(key).cloned())
    }

    fn calls(&self, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
        if from >= to {
            return Ok(vec![]);
        }
        let contents = self.disk.read();
        Ok(contents.calls.range(ticket(caller, from)..ticket(caller, to)).map(|(key, _)| key.clone()).collect())
    }

    fn answer(&self, route: &str, key: &str) -> Result<Option<StoredAnswer>> {
        Ok(self.disk.read().answers.get(&(route.to_string(), key.to_string())).cloned())
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        Ok(parked_events(&self.disk.read()))
    }

    fn reader(&self) -> Arc<dyn Reader> {
        Arc::new(Readers::new(self.disk.clone()))
    }
}

/// Before the first call of a ticket.
pub(crate) fn ticket(caller: &str, ticket: Id) -> CallKey {
    CallKey { caller: caller.to_string().into(), ticket, step: 0 }
}
