//! The messages that wait for one receiver. Order does not matter, so several lists of them are under way at once.
use super::PeersOpening;
use super::pause::Pause;
use super::waiting::{Waiting, bytes};
use crate::client::ProcessClient;
use crate::wire::MESSAGES_MAX;
use kernel::Name;
use runtime::port::directory::Directory;
use runtime::port::peers::{Envelope, NotSent};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::{Notify, Semaphore};

/// Lists that are under way to one receiver.
const LISTS_MAX: usize = 8;
/// Bytes of the messages of one list, about, and of one message: escapes of JSON may double it.
const LIST_BYTES_MAX: usize = 1 << 20;

pub(super) struct Line {
    pub receiver: Name,
    pub client: ProcessClient,
    pub directory: Arc<dyn Directory>,
    waiting_max: usize,
    waiting: Arc<AtomicUsize>,
    queue: Mutex<Queue>,
    filled: Notify,
}

#[derive(Default)]
struct Queue {
    messages: VecDeque<Waiting>,
    pause: Pause,
}

impl Line {
    pub fn new(receiver: Name, opening: &PeersOpening) -> Line {
        let PeersOpening { client, directory, waiting_max, .. } = opening;
        Line {
            receiver,
            client: client.clone(),
            directory: directory.clone(),
            waiting_max: *waiting_max,
            waiting: Arc::default(),
            queue: Mutex::default(),
            filled: Notify::new(),
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    pub fn put(&self, envelope: Envelope) -> Result<(), NotSent> {
        if bytes(&envelope) > LIST_BYTES_MAX {
            tracing::error!(to = self.receiver, message = %envelope.message, "a message is too large to be sent");
            return Err(NotSent);
        }
        let waiting = Waiting::new(envelope, &self.waiting, self.waiting_max).ok_or(NotSent)?;
        self.queue().messages.push_back(waiting);
        self.filled.notify_one();
        Ok(())
    }

    /// Sends what waits, for ever.
    pub async fn work(self: Arc<Line>) {
        let lists = Arc::new(Semaphore::new(LISTS_MAX));
        loop {
            self.filled.notified().await;
            while let Some(list) = self.next_list(&lists).await {
                tokio::spawn(list);
            }
        }
    }

    /// The task that sends the next list; `None`: nothing waits.
    async fn next_list(self: &Arc<Line>, lists: &Arc<Semaphore>) -> Option<impl Future<Output = ()> + use<>> {
        let permit = lists.clone().acquire_owned().await.ok()?;
        self.stand_still().await;
        let (line, list) = (self.clone(), self.take());
        (!list.is_empty()).then_some(async move {
            line.send(list).await;
            drop(permit);
        })
    }

    async fn stand_still(&self) {
        loop {
            let left = self.queue().pause.left(Instant::now());
            match left {
                Some(left) => tokio::time::sleep(left).await,
                None => return,
            }
        }
    }

    /// As many as one request holds. Those whose time is over are gone.
    fn take(&self) -> Vec<Waiting> {
        let (mut list, mut size, now) = (vec![], 0, Instant::now());
        let mut queue = self.queue();
        queue.messages.retain(|waiting| !waiting.is_over(now));
        while let Some(next) = queue.messages.front()
            && list.len() < MESSAGES_MAX
            && (list.is_empty() || size + bytes(next.envelope()) <= LIST_BYTES_MAX)
        {
            size += bytes(next.envelope());
            list.extend(queue.messages.pop_front());
        }
        list
    }

    pub(super) fn succeeded(&self) {
        self.queue().pause.succeeded();
    }

    /// Nobody took these: they wait again, and with them the whole line for a moment.
    pub(super) fn put_back(&self, list: Vec<Waiting>, reason: &str) {
        let mut queue = self.queue();
        let is_first = queue.pause.failed(Instant::now());
        list.into_iter().rev().for_each(|waiting| queue.messages.push_front(waiting));
        drop(queue);
        if is_first {
            tracing::info!(to = self.receiver, reason, "messages wait for their receiver");
        }
        self.filled.notify_one();
    }
}
