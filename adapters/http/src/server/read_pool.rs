//! Reads of the stores: they block for a moment, so they run beside the async threads, a limited number at once.
use crate::problem::{HttpResult, Problem, reasons};
use runtime::error::UnavailableReason;
use runtime::port::store::StoreError;
use tokio::sync::Semaphore;
use tokio::task;

pub(crate) struct ReadPool {
    permits: Semaphore,
    retry_after_ms: u64,
}

impl ReadPool {
    pub fn new(reads_max: usize, retry_after_ms: u64) -> ReadPool {
        ReadPool { permits: Semaphore::new(reads_max), retry_after_ms }
    }

    pub async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> HttpResult<T> {
        let unavailable =
            |reason: UnavailableReason| Problem::retry_later(&reasons::UNAVAILABLE, reason.code(), self.retry_after_ms);
        let Ok(_permit) = self.permits.acquire().await else { return Err(unavailable(UnavailableReason::Fault)) };
        match task::spawn_blocking(read).await {
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
