//! Reads of the stores: they block for a moment, so they run beside the async threads, a limited number at once.
use crate::problem::{HttpResult, Problem, reasons};
use runtime::error::UnavailableReason;
use runtime::port::store::StoreError;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::task;

pub(crate) struct ReadPool {
    permits: Semaphore,
    retry_after_ms: u64,
    /// Only for its threads, as many as may read at once. The edge's own runtime starts one whenever none is idle at that moment: they become
    /// many more than can read, and each keeps the memory that it has used. `None`: the machine gives none, and the edge's own are used.
    threads: Option<Runtime>,
}

impl ReadPool {
    pub fn new(reads_max: usize, retry_after_ms: u64) -> ReadPool {
        let threads = Builder::new_current_thread().max_blocking_threads(reads_max).thread_name("read").build();
        ReadPool { permits: Semaphore::new(reads_max), retry_after_ms, threads: threads.ok() }
    }

    pub async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> HttpResult<T> {
        let unavailable =
            |reason: UnavailableReason| Problem::retry_later(&reasons::UNAVAILABLE, reason.code(), self.retry_after_ms);
        let Ok(_permit) = self.permits.acquire().await else { return Err(unavailable(UnavailableReason::Fault)) };
        let reading = match &self.threads {
            Some(threads) => threads.spawn_blocking(read),
            None => task::spawn_blocking(read),
        };
        match reading.await {
            Ok(Ok(found)) => Ok(found),
            Ok(Err(StoreError::Busy(why))) => {
                tracing::warn!(why, "a store can't be read at the moment");
                Err(unavailable(UnavailableReason::Store))
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "a store could not be read");
                Err(unavailable(UnavailableReason::Store))
            }
            Err(error) => {
                tracing::error!(%error, "a read did not finish");
                Err(unavailable(UnavailableReason::Fault))
            }
        }
    }
}

impl Drop for ReadPool {
    /// Also on a thread that runs async code, where a runtime can't be waited for.
    fn drop(&mut self) {
        if let Some(threads) = self.threads.take() {
            threads.shutdown_background();
        }
    }
}
