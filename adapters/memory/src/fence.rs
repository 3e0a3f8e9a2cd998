//! The fence of a disk that several processes may own one after the other: each group stands behind the one that its owner knows to be the
//! newest, and whoever stands behind an older one is the owner no more.
use crate::disk::{Contents, Disk};
use crate::store::Memory;
use kernel::Group;
use runtime::port::store::{Result, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Names of groups: no two are alike, not even on a disk that went back in time.
static NEXT_NAME: AtomicU64 = AtomicU64::new(1);

fn new_name() -> u64 {
    NEXT_NAME.fetch_add(1, Ordering::Relaxed)
}

/// The newest group that an owner knows to be durable: how many there are before it, and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fence {
    version: usize,
    name: u64,
}

/// The names of all groups since the first claim; nothing where nobody has claimed.
#[derive(Clone, Default)]
pub(crate) struct Groups(Vec<u64>);

impl Groups {
    /// A group without effects behind the newest one: whatever the owner before still writes comes too late.
    pub fn claim(&mut self) -> Fence {
        self.0.push(new_name());
        Fence { version: self.0.len() - 1, name: self.0[self.0.len() - 1] }
    }

    /// The fence of the group of this name behind `fence`, once it is there.
    pub fn append(&mut self, fence: Fence, name: u64) -> Result<Fence> {
        self.check(fence)?;
        self.0.push(name);
        Ok(Fence { version: fence.version + 1, name })
    }

    /// Whether the fence is the newest group's.
    pub fn check(&self, Fence { version, name }: Fence) -> Result<()> {
        match self.0.get(version) {
            Some(there) if *there != name => Err(went_back()),
            None => Err(went_back()),
            Some(_) if self.0.len() == version + 1 => Ok(()),
            Some(_) => Err(StoreError::Conflict),
        }
    }

    pub fn is_claimed(&self) -> bool {
        !self.0.is_empty()
    }

    fn name_behind(&self, fence: Fence) -> Option<u64> {
        self.0.get(fence.version + 1).copied()
    }
}

fn went_back() -> StoreError {
    StoreError::Mismatched(
        "The disk has gone back in time: the newest group that this context has written is not there. Restore all stores of the system together, from one backup."
            .into(),
    )
}

/// A group on its way to the disk. It may arrive once, at any time, or never.
pub struct SentGroup {
    disk: Disk,
    fence: Fence,
    name: u64,
    group: Arc<Group>,
}

impl SentGroup {
    /// # Errors
    /// `Conflict`: its place is taken. Nothing of it was written, and never will be.
    pub fn arrive(&self) -> Result<()> {
        self.disk.write().append(self.fence, self.name, &self.group)
    }
}

impl Contents {
    fn append(&mut self, fence: Fence, name: u64, group: &Group) -> Result<()> {
        self.groups.check(fence)?;
        self.check(group)?;
        self.apply(group);
        self.groups.append(fence, name).map(drop)
    }
}

impl Memory {
    /// Sends a group without waiting for what becomes of it. An owner that does not hear of it has to [`Memory::resolve`] it first.
    pub fn send(&self, group: &Group) -> Result<SentGroup> {
        let fence = self.fence.ok_or_else(|| StoreError::Failed("Only an owner of the disk sends groups.".into()))?;
        Ok(SentGroup { disk: self.disk.clone(), fence, name: new_name(), group: Arc::new(group.clone()) })
    }

    /// Finds out what became of a group, by an empty one in its place: whether it is there. If not, it never will be.
    ///
    /// # Errors
    /// `Conflict`: another owner has claimed the disk, and the group is not there.
    pub fn resolve(&mut self, sent: &SentGroup) -> Result<bool> {
        let mut contents = self.disk.write();
        let is_there = contents.groups.name_behind(sent.fence) == Some(sent.name);
        let fence = if is_there {
            Fence { version: sent.fence.version + 1, name: sent.name }
        } else {
            contents.groups.append(sent.fence, new_name())?
        };
        drop(contents);
        self.fence = Some(fence);
        Ok(is_there)
    }

    /// Whether a group is there now. One that is not may still arrive.
    pub fn has(&self, sent: &SentGroup) -> bool {
        self.disk.read().groups.name_behind(sent.fence) == Some(sent.name)
    }

    pub(crate) fn append(&mut self, group: &Group) -> Result<()> {
        let mut contents = self.disk.write();
        match self.fence {
            None if contents.groups.is_claimed() => Err(StoreError::Conflict),
            None => {
                contents.check(group)?;
                contents.apply(group);
                Ok(())
            }
            Some(fence) => {
                let name = new_name();
                contents.append(fence, name, group)?;
                drop(contents);
                self.fence = Some(Fence { version: fence.version + 1, name });
                Ok(())
            }
        }
    }
}
