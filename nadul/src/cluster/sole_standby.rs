//! A store that only one process can have, a file or its memory, as the only replica of its context stands by it.
use runtime::port::replica::{Ownership, Replica, ReplicaState, Standby};
use runtime::port::store::{Reader, Result, Store, StoreError};
use std::sync::Arc;

pub type OpenSole = Box<dyn Fn() -> Result<Box<dyn Store>> + Send>;

pub struct SoleStandby {
    pub me: Replica,
    pub open: OpenSole,
    pub epoch: u64,
    pub is_owned: bool,
}

impl Standby for SoleStandby {
    fn look(&mut self, state: ReplicaState) -> Result<Ownership> {
        let me = Replica { state, ..self.me.clone() };
        Ok(Ownership {
            epoch: self.epoch,
            owner: self.is_owned.then(|| me.clone()),
            is_free: !self.is_owned,
            replicas: vec![me],
            ..Ownership::default()
        })
    }

    fn reader(&self) -> Result<Arc<dyn Reader>> {
        Err(StoreError::Busy("A store that is a file, or in memory, has one process.".into()))
    }

    fn claim(&mut self) -> Result<Box<dyn Store>> {
        let store = (self.open)()?;
        (self.epoch, self.is_owned) = (self.epoch + 1, true);
        Ok(store)
    }

    fn release(&mut self, _heir: Option<&str>) -> Result<()> {
        self.is_owned = false;
        Ok(())
    }

    fn leave(&mut self) -> Result<()> {
        Ok(())
    }
}
