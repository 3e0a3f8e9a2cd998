//! A context's driver as others hold it: its mailbox, its status, and whether it is idle.
use super::mailbox::Mailbox;
use crate::port::work::Status;
use kernel::Name;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub struct ContextHandle {
    pub name: Name,
    pub mailbox: Mailbox,
    status: Mutex<Status>,
    idle: AtomicBool,
}

impl ContextHandle {
    pub fn new(name: Name, mailbox: Mailbox) -> ContextHandle {
        ContextHandle { name, mailbox, status: Mutex::default(), idle: AtomicBool::new(true) }
    }

    fn lock(&self) -> MutexGuard<'_, Status> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn status(&self) -> Status {
        let mut status = self.lock().clone();
        status.queue = self.mailbox.len();
        status
    }

    /// The version of a view that answers.
    pub fn version(&self, view: &str) -> Option<u32> {
        self.lock().head.versions.get(view).copied()
    }

    pub(super) fn update(&self, change: impl FnOnce(&mut Status)) {
        change(&mut self.lock());
    }

    pub(super) fn set_idle(&self, idle: bool) {
        self.idle.store(idle, Ordering::Release);
    }

    /// Nothing waits for the context, and nothing is under way in it.
    pub fn is_idle(&self) -> bool {
        self.idle.load(Ordering::Acquire) && self.mailbox.is_empty()
    }

    /// Whether a driver works for the context.
    pub fn is_running(&self) -> bool {
        self.mailbox.is_open()
    }
}
