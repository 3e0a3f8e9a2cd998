//! A context's driver as others hold it: its mailbox, its status, and whether it is idle.
use super::mailbox::Mailbox;
use crate::port::store::StoreError;
use crate::port::work::{Answering, Status};
use kernel::{Context, Head, KnownStore, Life, Name};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub struct ContextHandle {
    pub name: Name,
    pub mailbox: Mailbox,
    status: Mutex<Status>,
    idle: AtomicBool,
    /// Clients' requests are under way in the driver.
    answering: AtomicBool,
    /// Why the driver has ended by itself: what is stored is not what it has written.
    lost: Mutex<Option<StoreError>>,
    /// What the context is still to be told of the other stores.
    known_stores: Mutex<Option<BTreeMap<String, KnownStore>>>,
    /// What the context is still to be told of its relay; 0: nothing.
    relayed: AtomicU64,
}

impl ContextHandle {
    pub fn new(name: Name, mailbox: Mailbox) -> ContextHandle {
        ContextHandle {
            name,
            mailbox,
            status: Mutex::default(),
            idle: AtomicBool::new(true),
            answering: AtomicBool::new(false),
            lost: Mutex::default(),
            known_stores: Mutex::default(),
            relayed: AtomicU64::new(0),
        }
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

    /// What answers for a collection of this context.
    pub fn answering(&self, declared: &Context, collection: &str) -> Answering {
        Answering::of(declared, collection, &self.lock().head)
    }

    pub fn life(&self) -> Life {
        self.lock().head.life
    }

    /// What its broker has is durably marked up to this position; 0: there is no mark.
    pub fn relayed(&self) -> u64 {
        self.lock().head.relayed.unwrap_or(0)
    }

    /// Of the newest published event that is durable.
    pub fn newest_published(&self) -> u64 {
        self.lock().head.published()
    }

    /// How far this context's store has come, as the others are told; `None`: it has not begun to work.
    pub fn known_store(&self) -> Option<KnownStore> {
        let status = self.lock();
        let (life, group) = (status.head.life, status.head.group);
        life.has_begun().then_some(KnownStore { life, group })
    }

    /// The context is told how far the other stores of the system have come; it keeps that with its next group, or with its last one.
    pub fn tell_known_stores(&self, stores: BTreeMap<String, KnownStore>) {
        *self.known_stores.lock().unwrap_or_else(PoisonError::into_inner) = Some(stores);
        self.mailbox.ring();
    }

    pub(super) fn take_known_stores(&self) -> Option<BTreeMap<String, KnownStore>> {
        self.known_stores.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The context is told that a broker has its published events up to this position; it keeps that with its next group, or with its last one.
    pub fn tell_relayed(&self, position: u64) {
        self.relayed.store(position, Ordering::Release);
        self.mailbox.ring();
    }

    pub(super) fn take_relayed(&self) -> u64 {
        self.relayed.swap(0, Ordering::AcqRel)
    }

    pub(super) fn update(&self, change: impl FnOnce(&mut Status)) {
        change(&mut self.lock());
    }

    /// What is durable of a context whose driver works in another process.
    pub fn follow(&self, head: Head) {
        self.update(|status| *status = Status { head, ..Status::default() });
    }

    pub(super) fn set_lost(&self, error: Option<StoreError>) {
        *self.lost.lock().unwrap_or_else(PoisonError::into_inner) = error;
    }

    /// Why the newest driver has ended by itself: another owner's store, or one that went back in time.
    pub fn lost(&self) -> Option<StoreError> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_idle(&self, idle: bool) {
        self.idle.store(idle, Ordering::Release);
    }

    pub(super) fn set_answering(&self, answering: bool) {
        self.answering.store(answering, Ordering::Release);
    }

    /// Whether a client waits for an answer of this context.
    pub fn is_answering(&self) -> bool {
        self.answering.load(Ordering::Acquire) || self.mailbox.requests() > 0
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
